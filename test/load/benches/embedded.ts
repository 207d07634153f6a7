import { createGateway } from '../../../src/app.js'
import { seedSessions } from '../../../src/cli/seed/seed-sessions.js'
import { readConfig } from '../../../src/config.js'
import { openStore } from '../../../src/db/connect.js'
import { raw } from '../../../src/db/prisma.js'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { graphqlRequest } from '../frame/driver.js'
import type { Load } from '../frame/load.js'
import { type Findings, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timeInTurns } from '../frame/rounds.js'
import { directFacets } from './direct-facets.js'
import { facetsQuery } from './facets.js'

const silent = { start: () => {}, advance: () => {}, stop: () => {} }
const names = { organization: 'load', workspace: 'main' }

/** Facets of the default view on the embedded store, in memory, beside direct SQL on the same. */
export async function measureEmbedded({ quick }: Load): Promise<Findings> {
  const sessions = quick ? 20_000 : 100_000
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
    const { url, ...request } = graphqlRequest('http://load.test/graphql', key, facetsQuery, names)
    const scans = directFacets(
      { ...names, organizationId, workspaceId, userId },
      { where: 'true' },
      'graphql',
    )
    const times = await timeInTurns(7, {
      graphql: async () => {
        const answer = await (await yoga.fetch(url, request)).text()
        if (answer.includes('"errors"')) throw new Error(answer)
      },
      direct: async () => {
        for (const scan of scans) await store.$queryRaw(raw(scan))
      },
    })
    const gain = times.direct / times.graphql
    return {
      bars: [
        {
          job: `facets of the default view on the embedded store, ${showSize(sessions)} sessions`,
          bar: 'within 100 ms',
          measured: `${showMs(times.graphql)}, ${showTimes(gain)} ahead of direct SQL there`,
          holds: times.graphql <= 100,
        },
      ],
      tables: {
        embedded: table(
          ['sessions', 'seeded in', 'direct SQL', 'GraphQL', 'GraphQL ahead'],
          [[showSize(sessions), ...[seedMs, times.direct, times.graphql].map(showMs), showTimes(gain)]],
        ),
      },
    }
  } finally {
    await opened.close()
  }
}
