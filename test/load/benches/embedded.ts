import { createGateway } from '../../../src/app.js'
import { seedSessions } from '../../../src/cli/seed/seed-sessions.js'
import { readConfig } from '../../../src/config/read.js'
import { openStore } from '../../../src/db/connect.js'
import { raw } from '../../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { graphqlRequest } from '../frame/driver.js'
import type { Load } from '../frame/load.js'
import { type Findings, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timeInTurns } from '../frame/rounds.js'
import { directFacets, facetCases } from './facet-cases.js'
import { changeOne, facetsQuery, untilReady } from './questions.js'

const silent = { start: () => {}, advance: () => {}, stop: () => {} }
const names = { organization: 'load', workspace: 'main' }

/** Facets under each filter on the embedded store, in memory, beside direct SQL on the same. */
export async function measureEmbedded({ quick }: Load): Promise<Findings> {
  const sessions = 100_000
  const timeouts = { statementTimeoutMs: 60_000, connectTimeoutMs: 5000 }
  const opened = await openStore({ url: null, folder: null, poolSize: 1, ...timeouts })
  try {
    await opened.migrate()
    const { store } = opened
    const startedAt = performance.now()
    const until = new Date('2026-06-30')
    const plan = { ...names, sessions, seed: 1, shape: 'typical' as const, until, batchSize: 5000 }
    const { tenant, firstOwner } = await seedSessions(store, plan, silent)
    const seedMs = performance.now() - startedAt
    const { organizationId, workspaceId, userIds } = tenant
    const userId = userIds.get(firstOwner) as string
    const key = generateSecret()
    await createApiKey(store, { organizationId, userId, name: 'load' }, key)
    const { yoga } = createGateway(readConfig({ REQUEST_TIMEOUT_MS: '60000' }), opened, null)
    const place = { ...names, organizationId, workspaceId, userId }
    const ask = async (filter: Record<string, unknown>) => {
      const { url, ...request } = graphqlRequest('http://load.test/graphql', key, facetsQuery, {
        ...names,
        filter,
      })
      const answer = await (await yoga.fetch(url, request)).text()
      if (answer.includes('"errors"')) throw new Error(answer)
    }
    const cases = facetCases(until.getTime())
    await untilReady(() => ask({}))
    await untilReady(() => ask(cases.find(({ filter }) => 'search' in filter)?.filter ?? {}))
    const rows: [string, number, number][] = []
    for (const one of cases) {
      const scans = directFacets(place, one, 'graphql')
      const times = await timeInTurns(quick ? 3 : 5, {
        changed: () => store.$executeRaw(raw(changeOne)),
        graphql: () => ask(one.filter),
        direct: async () => {
          for (const scan of scans) await store.$queryRaw(raw(scan))
        },
      })
      rows.push([one.name, times.direct, times.graphql])
    }
    const gains = rows.map(([name, direct, graphql]) => ({ name, gain: direct / graphql }))
    const [least] = gains.sort((x, y) => x.gain - y.gain)
    return {
      bars: [
        {
          job: `facets under each filter on the embedded store, ${showSize(sessions)} sessions`,
          bar: 'at least 5 times faster than direct SQL there',
          measured: `${showTimes(least?.gain ?? 0)} (${least?.name})`,
          holds: (least?.gain ?? 0) >= 5,
        },
      ],
      tables: {
        embedded: `${showSize(sessions)} sessions, seeded in ${showMs(seedMs)}:\n\n${table(
          ['filter', 'direct SQL', 'GraphQL', 'GraphQL ahead'],
          rows.map(([name, direct, graphql]) => [
            name,
            ...[direct, graphql].map(showMs),
            showTimes(direct / graphql),
          ]),
        )}`,
      },
    }
  } finally {
    await opened.close()
  }
}
