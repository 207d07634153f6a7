import { setTimeout as sleep } from 'node:timers/promises'
import { graphqlRequest, send } from '../frame/driver.js'
import { type Dataset, gatewayEnv, gatewayPath, type Load } from '../frame/load.js'
import { type Findings, showSize } from '../frame/report.js'
import { casesOf, facetsQuery, warmColumns } from './questions.js'

const save = `mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }`
const writers = 4

/**
 * Two gateways on one PostgreSQL, each with its own columns: whatever one of them, or SQL, has written must be in the next
 * answer of both, to the last session.
 */
export async function measureExactness(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { url, key, place, sql } = dataset
  await warmColumns(dataset, await casesOf(dataset))
  const another = await load.start([gatewayPath, 'start', '--port', '0'], gatewayEnv(url))
  await warmColumns({ ...dataset, gateway: async () => another }, await casesOf(dataset))
  const origins = [await dataset.gateway(), another].map((server) => new URL(server.url).origin)
  const agent = `exact-${crypto.randomUUID()}`
  const ids: string[] = []
  let [asked, wrong] = [0, 0]
  const { organization, workspace } = place
  const write = async (round: number) => {
    const id = crypto.randomUUID()
    const input = { organization, workspace, id, agent, model: 'm' }
    await send(graphqlRequest(`${origins[round % 2]}/graphql`, key, save, { input }))
    ids.push(id)
  }
  const rename = () =>
    sql.query('update sessions set agent = null where organization_id = $1 and id = $2', [
      place.organizationId,
      ids.shift(),
    ])
  for (
    const end = performance.now() + (load.quick ? 5 : 20) * 1000, round = { at: 0 };
    performance.now() < end;
  ) {
    await Promise.all(Array.from({ length: writers }, (_, writer) => write(round.at + writer)))
    if (round.at++ % 2 === 1) await rename()
    const counts = await Promise.all(origins.map((origin) => countOf(origin, key, place, agent)))
    asked += counts.length
    wrong += counts.filter((count) => count !== ids.length).length
    await sleep(5)
  }
  await another.stop()
  return {
    bars: [
      {
        job: 'two gateways on one PostgreSQL, each with its own columns, written to in turn and by SQL',
        bar: 'exact on both',
        measured: `${showSize(wrong)} of ${showSize(asked)} answers differ`,
        holds: asked > 0 && wrong === 0,
      },
    ],
    tables: {},
  }
}

async function countOf(origin: string, key: string, place: object, agent: string): Promise<number> {
  const asked = graphqlRequest(`${origin}/graphql`, key, facetsQuery, {
    ...place,
    filter: { agents: [agent] },
  })
  const { agents } = (await send(asked)).data.workspace.sessionFacets
  return agents.edges[0]?.count ?? 0
}
