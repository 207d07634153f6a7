import { graphqlRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { gatewayPage } from './contestants.js'
import { driveInTurns } from './lists.js'

const inWorkspace = (selection: string) => `query Layer($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) { ${selection} }
}`

/** What each layer of an answer costs: from ready-made JSON to the whole page. */
export async function measureLayers(load: Load): Promise<Findings> {
  const { gateway, key, place, url } = load.datasets.at(-1) as Dataset
  const env = { DATABASE_URL: url, PLACE: JSON.stringify(place) }
  const peer = (LAYER: string) => load.start(['test/load/peers/layers.js'], { ...env, LAYER })
  const [node, hono, yoga] = [await peer('node'), await peer('hono'), await peer('yoga')]
  const server = await gateway()
  const ask = (query: string) => ({
    server,
    request: graphqlRequest(`${new URL(server.url).origin}/graphql`, key, query, { ...place }),
  })
  const yogaPage =
    '{ sessions { uuid title agent model origin messageCount createdAt updatedAt labels { key values } createdBy { login fullName } } }'
  const { rates, costs } = await driveInTurns(load, {
    "node's server, 20 ready-made rows": { server: node, request: { url: node.url } },
    'Hono, the same': { server: hono, request: { url: hono.url } },
    'Yoga with a small schema, the same': { server: yoga, request: graphqlRequest(yoga.url, null, yogaPage) },
    'the gateway: `__typename`, no statement': ask('{ __typename }'),
    'with the key and the workspace looked up': ask(inWorkspace('slug')),
    'with a page of 20 uuids': ask(inWorkspace('sessions(first: 20) { edges { node { uuid } } }')),
    'with all fields, labels and creators': ask(gatewayPage),
  })
  for (const peer of [node, hono, yoga]) await peer.stop()
  const [fastest] = Object.values(rates)
  return {
    bars: [],
    tables: {
      layers: table(
        ['', 'requests a second', 'of the first', 'CPU a request', "PostgreSQL's CPU", 'memory'],
        Object.entries(rates).map(([name, rate]) => [
          name,
          show(rate),
          showTimes(rate / (fastest ?? rate)),
          ...costs(name),
        ]),
      ),
    },
  }
}
