import { isDeepStrictEqual } from 'node:util'
import { graphqlRequest, type HttpRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Bar, type Findings, show, showTimes, table } from '../frame/report.js'
import { fields, peersFolder, type Row, toRow } from './contestants.js'
import type { FacetCase } from './facet-cases.js'
import { type Drivable, driveInTurns } from './lists.js'
import { casesOf } from './questions.js'

const filteredPage = `query Filtered($organization: String!, $workspace: String!, $filter: SessionFilter) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 20, filter: $filter) { edges { node { ${fields} } } }
  }
}`

/** The list of 20 under each filter that facets are measured under, beside Fastify and Mercurius, who prepare each statement. */
export async function measureFilteredLists(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { url, key, place } = dataset
  const cases = await casesOf(dataset)
  const env = {
    ...{ DATABASE_URL: url, PLACE: JSON.stringify(place) },
    PAGES: JSON.stringify(cases.map(({ prepared, everything }) => ({ ...prepared, everything }))),
  }
  const gateway = await dataset.gateway()
  const fastify = await load.start([`${peersFolder}/fastify.js`], env)
  const mercurius = await load.start([`${peersFolder}/mercurius.js`], env)
  const rows: { name: string; gateway: number; fastify: number; mercurius: number }[] = []
  for (const [number, one] of cases.entries()) {
    load.say(`  ${one.name}`)
    const contestants = {
      gateway: ours(gateway, key, place, one),
      fastify: { server: fastify, request: { url: `${new URL(fastify.url).origin}/pages/${number}` } },
      mercurius: {
        server: mercurius,
        request: graphqlRequest(mercurius.url, null, `{ page(number: ${number}) { ${fields} } }`),
      },
    }
    await requireSameRows(one, contestants)
    const { rates } = await driveInTurns(load, contestants)
    rows.push({ name: one.name, ...(rates as Record<keyof typeof contestants, number>) })
  }
  await Promise.all([fastify.stop(), mercurius.stop()])
  return {
    bars: [
      barOf(rows, 'fastify', 'at least 0.9 of Fastify + `pg`', 0.9),
      barOf(rows, 'mercurius', 'ahead of Mercurius + `pg` + JIT', 1),
    ],
    tables: {
      'filtered-lists': table(
        [
          'filter',
          'Session Gateway',
          'Fastify + `pg`',
          'Mercurius + `pg` + JIT',
          'of Fastify',
          'of Mercurius',
        ],
        rows.map((row) => [
          row.name,
          ...[row.gateway, row.fastify, row.mercurius].map(show),
          ...[row.gateway / row.fastify, row.gateway / row.mercurius].map(showTimes),
        ]),
      ),
    },
  }
}

const ours = (server: Drivable['server'], key: string, place: object, { filter }: FacetCase): Drivable => ({
  server,
  request: graphqlRequest(`${new URL(server.url).origin}/graphql`, key, filteredPage, { ...place, filter }),
})

function barOf(
  rows: readonly { name: string; gateway: number; fastify: number; mercurius: number }[],
  peer: 'fastify' | 'mercurius',
  bar: string,
  bound: number,
): Bar {
  const [least] = rows
    .map((row) => ({ name: row.name, ratio: row.gateway / row[peer] }))
    .sort((a, b) => a.ratio - b.ratio)
  return {
    job: 'list of 20 with any filter of the table',
    bar,
    measured: `${showTimes(least?.ratio ?? Number.NaN)} (${least?.name})`,
    holds: (least?.ratio ?? 0) >= bound,
  }
}

/** Nothing is timed before everyone answers the same. */
async function requireSameRows(
  { name }: FacetCase,
  contestants: Record<'gateway' | 'fastify' | 'mercurius', { request: HttpRequest }>,
): Promise<void> {
  const [gateway, fastify, mercurius] = await Promise.all(
    Object.values(contestants).map(({ request }) => send(request)),
  )
  const expected: Row[] = fastify.map(toRow)
  const found: Row[] = gateway.data.workspace.sessions.edges.map(({ node }: any) => toRow(node))
  const others: Row[] = mercurius.data.page.map(toRow)
  if (!isDeepStrictEqual(found, expected) || !isDeepStrictEqual(others, expected))
    throw new Error(`Other rows under ${name}: ${JSON.stringify([found[0], expected[0]], null, 2)}`)
}
