import { ListSessionsDocument } from '../../../src/rest/dialects/dreadnode/documents.generated.js'
import { postedDocument } from '../../support/posted-document.js'
import { graphqlRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { gatewayPage, peersFolder } from './contestants.js'
import { type Drivable, driveInTurns } from './lists.js'
import { untilReady } from './questions.js'

const length = 50
const orderBy = { field: 'UPDATED_AT', direction: 'DESC' }
const searchIn = ['TITLE', 'MODEL', 'AGENT', 'LABELS']
const filter = { archived: 'ACTIVE', includeWorkload: false, searchIn }

/** The list that clients of the REST face ask for, with usage and total, beside the bare list of as many sessions. */
export async function measureWholeLists(load: Load): Promise<Findings> {
  const { url, gateway, key, place } = load.datasets.at(-1) as Dataset
  const server = await gateway()
  const { origin } = new URL(server.url)
  const fastify = await load.start([`${peersFolder}/fastify.js`], {
    ...{ DATABASE_URL: url, PLACE: JSON.stringify(place), PAGES: JSON.stringify([{ length }]) },
  })
  const graphql = (query: string, variables = {}): Drivable => ({
    server,
    request: graphqlRequest(`${origin}/graphql`, key, query, { ...place, ...variables }),
  })
  const path = `${origin}/api/v1/org/${place.organization}/ws/${place.workspace}/sessions?limit=${length}`
  const whole = graphql(postedDocument(ListSessionsDocument), { filter, orderBy, page: 1, limit: length })
  // Until columns give totals the database counts them: half a second each at a million.
  await untilReady(() => send(whole.request))
  const { rates, costs } = await driveInTurns(load, {
    'bare list': graphql(gatewayPage.replace('first: 20', `first: ${length}`)),
    'bare list, Fastify + `pg`': {
      server: fastify,
      request: { url: `${new URL(fastify.url).origin}/pages/0` },
    },
    'with usage and total, REST': {
      server,
      request: { url: path, headers: { authorization: `Bearer ${key}` } },
    },
    'with usage and total, GraphQL': whole,
  })
  await fastify.stop()
  const bare = rates['bare list'] as number
  const [rest, twin] = ['REST', 'GraphQL'].map(
    (face) => (rates[`with usage and total, ${face}`] as number) / bare,
  )
  return {
    bars: [
      {
        job: `the list that clients ask for: ${length} sessions with usage and total`,
        bar: 'at least 0.5 of the bare list a second',
        measured: `REST ${showTimes(rest as number)}, GraphQL ${showTimes(twin as number)}`,
        holds: Math.min(rest as number, twin as number) >= 0.5,
      },
    ],
    tables: {
      'whole-lists': table(
        [
          `${length} sessions`,
          'requests a second',
          'of the first',
          'CPU a request',
          "PostgreSQL's CPU",
          'memory',
        ],
        Object.entries(rates).map(([name, rate]) => [
          name,
          show(rate),
          showTimes(rate / bare),
          ...costs(name),
        ]),
      ),
    },
  }
}
