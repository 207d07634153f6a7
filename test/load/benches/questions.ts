import { setTimeout as sleep } from 'node:timers/promises'
import { graphqlRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { timed } from '../frame/rounds.js'
import type { Server } from '../frame/server.js'
import { duckdbFacets, type FacetCase, facetCases } from './facet-cases.js'

// The limit of an operation's cost multiplies by literal lengths, so the length is a variable.
export const facetsQuery = `query Facets($organization: String!, $workspace: String!, $filter: SessionFilter, $many: Int = 1000) {
  workspace(organization: $organization, slug: $workspace) {
    sessionFacets(filter: $filter) {
      agents(first: $many) { edges { node { value } count } }
      models(first: $many) { edges { node { value } count } }
      users(first: $many) { edges { node { login } count } }
      projects(first: $many) { edges { node { slug } count } }
      labels(first: $many) { key edges { node { value } count } }
      origins { value count } visibility { value count } archived { value count } frozen { value count }
    }
  }
}`

/** Changes a session, as any writer may between two questions; what changes nothing would be no event. */
export const changeOne = `update sessions set updated_at = updated_at + interval '1 millisecond'
  where (organization_id, id) in (select organization_id, id from sessions limit 1)`

/** The same question for both faces. */
export async function questionsOf({ key, place, gateway }: Dataset, { filter, rest }: FacetCase) {
  const { origin } = new URL((await gateway()).url)
  const path = `/api/v1/org/${place.organization}/ws/${place.workspace}/sessions/facets?${restQuery(filter)}`
  const graphql = graphqlRequest(`${origin}/graphql`, key, facetsQuery, { ...place, filter })
  return { graphql, rest: rest ? { url: origin + path, headers: { authorization: `Bearer ${key}` } } : null }
}

/** A filter as the query of the REST face. */
function restQuery(filter: Record<string, any>): string {
  const query = new URLSearchParams()
  for (const agent of filter.agents ?? []) query.append('agent', agent)
  for (const { key, values } of filter.labels ?? []) query.append('label', `${key}:${values[0]}`)
  if (filter.search) query.append('search', filter.search)
  return query.toString()
}

/** The filters that are measured, as of the newest session. */
export async function casesOf({ sql }: Dataset): Promise<FacetCase[]> {
  const { rows } = await sql.query('select max(created_at) as newest from sessions')
  return facetCases(rows[0].newest.getTime())
}

/** DuckDB over the sessions of a dataset; it answers each case under its number. */
export function startDuckdb(
  load: Load,
  { url, place }: Dataset,
  cases: readonly FacetCase[],
): Promise<Server> {
  return load.start(['test/load/peers/duckdb.js'], {
    ...{ DATABASE_URL: url, PLACE: JSON.stringify(place) },
    SCANS: JSON.stringify(Object.fromEntries(cases.map((one, at) => [at, duckdbFacets(place, one)]))),
  })
}

/** Asks until columns answer, which nobody is told: until two answers in a row take a third of the first one, or for 30 s. */
export async function untilReady(ask: () => Promise<unknown>): Promise<void> {
  const first = await timed(ask)
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; await sleep(250)) {
    const next = [await timed(ask), await timed(ask)]
    if (Math.max(...next) < Math.max(first / 3, 5)) return
  }
}

/** Has a dataset's gateway hold its columns, and its texts as well. */
export async function warmColumns(dataset: Dataset, cases: readonly FacetCase[]): Promise<void> {
  for (const one of [cases[0], cases.find(({ filter }) => 'search' in filter)]) {
    if (one === undefined) continue
    const { graphql } = await questionsOf(dataset, one)
    await untilReady(() => send(graphql))
  }
}
