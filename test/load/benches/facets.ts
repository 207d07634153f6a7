import { graphqlRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timeInTurns } from '../frame/rounds.js'
import { connectTwice, directFacets, type FacetCase } from './direct-facets.js'

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

const cases: FacetCase[] = [
  { name: 'default view', filter: {}, where: 'true' },
  { name: 'one agent', filter: { agents: ['coder'] }, where: "s.agent = 'coder'" },
  {
    name: 'one agent, one origin',
    filter: { agents: ['coder'], origins: ['USER'] },
    where: "s.agent = 'coder' and s.origin = 'user'",
  },
  {
    name: 'a rare label',
    filter: { labels: [{ key: 'ticket', values: ['T-7'] }] },
    where: "s.labels && array['ticket:T-7']",
  },
  {
    name: 'a common label',
    filter: { labels: [{ key: 'team', values: ['data'] }] },
    where: "s.labels && array['team:data']",
  },
  {
    name: 'a search',
    filter: { search: 'webhook of the importer' },
    where: `session_search_text(s.title, s.preview_text, s.agent, s.model, s.labels) ilike '%webhook of the importer%'`,
  },
]

/** Facets through both faces beside the best direct SQL, by filter and by size. */
export async function measureFacets(load: Load): Promise<Findings> {
  const { datasets, quick } = load
  const byCase = new Map<string, Times>()
  const largest = datasets.at(-1) as Dataset
  for (const one of cases) byCase.set(one.name, await timeCase(largest, one, quick ? 3 : 5))
  const [defaultView] = cases as [FacetCase]
  const bySize = new Map<number, Times>([[largest.size, byCase.get(defaultView.name) as Times]])
  for (const dataset of datasets.slice(0, -1))
    bySize.set(dataset.size, await timeCase(dataset, defaultView, 15))

  const most = byCase.get(defaultView.name) as Times
  const least = bySize.get(datasets[0]?.size ?? 0) as Times
  const gain = (names: string[], face: 'graphql' | 'rest' = 'graphql') =>
    Math.min(
      ...names.map((name) => direct(byCase.get(name) as Times, face) / (byCase.get(name) as Times)[face]),
    )
  const growth = Math.max(most.graphql / least.graphql, most.rest / least.rest)
  const gains = [gain(['default view']), gain(['default view'], 'rest')] as const
  const columns = gain(['one agent', 'one agent, one origin'])
  const searched = gain(['a rare label', 'a common label', 'a search'])
  const rows = (times: [string, Times][]) =>
    times.map(([name, time]) => [
      name,
      ...[direct(time, 'graphql'), time.graphql, direct(time, 'rest'), time.rest].map(showMs),
      showTimes(direct(time, 'graphql') / time.graphql),
      showTimes(direct(time, 'rest') / time.rest),
    ])
  const header = ['direct SQL, 8 columns and labels', 'GraphQL', 'direct SQL, 4 columns and labels', 'REST']
  const ratios = ['GraphQL ahead of SQL', 'REST ahead of SQL']
  const bySizeRows = [...bySize]
    .sort(([a], [b]) => a - b)
    .map(([size, time]): [string, Times] => [showSize(size), time])
  return {
    bars: [
      {
        job: 'facets of the default view, all dimensions and labels',
        bar: 'at least 20 times faster than the best direct SQL',
        measured: `GraphQL ${showTimes(gains[0])}, REST ${showTimes(gains[1])}`,
        holds: Math.min(...gains) >= 20,
      },
      {
        job: 'the same, at the largest size and at the smallest',
        bar: 'at most 5 times the time',
        measured: showTimes(growth),
        holds: growth <= 5,
      },
      {
        job: 'facets with one or two filters on first-class dimensions',
        bar: 'at least 5 times faster than direct SQL',
        measured: showTimes(columns),
        holds: columns >= 5,
      },
      {
        job: 'facets with a label filter or a search',
        bar: 'never slower than direct SQL',
        measured: `${showTimes(searched)} at least`,
        holds: searched >= 1,
      },
    ],
    tables: {
      facets: table(['filter', ...header, ...ratios], rows([...byCase])),
      'facets-growth': table(['sessions', ...header, ...ratios], rows(bySizeRows)),
    },
  }
}

type Times = Record<'graphql' | 'rest' | `${'graphql' | 'rest'}${'InTurn' | 'AtOnce'}`, number>

/** Of the two ways to run the scans, the faster one. */
function direct(times: Times, face: 'graphql' | 'rest'): number {
  return Math.min(times[`${face}InTurn`], times[`${face}AtOnce`])
}

async function timeCase(dataset: Dataset, one: FacetCase, rounds: number): Promise<Times> {
  const { url, key, place } = dataset
  const { origin } = new URL((await dataset.gateway()).url)
  const asked = graphqlRequest(`${origin}/graphql`, key, facetsQuery, { ...place, filter: one.filter })
  const path = `/api/v1/org/${place.organization}/ws/${place.workspace}/sessions/facets?${restQuery(one.filter)}`
  const rest = { url: origin + path, headers: { authorization: `Bearer ${key}` } }
  const [first, second] = await connectTwice(url)
  const scans = { graphql: directFacets(place, one, 'graphql'), rest: directFacets(place, one, 'rest') }
  const inTurn = async ([columns, labels]: [string, string]) => {
    await first.query(columns)
    await first.query(labels)
  }
  const atOnce = ([columns, labels]: [string, string]) =>
    Promise.all([first.query(columns), second.query(labels)])
  try {
    await requireSameCounts(asked, first, scans.graphql[0])
    return await timeInTurns(rounds, {
      graphql: () => send(asked),
      rest: () => send(rest),
      graphqlInTurn: () => inTurn(scans.graphql),
      graphqlAtOnce: () => atOnce(scans.graphql),
      restInTurn: () => inTurn(scans.rest),
      restAtOnce: () => atOnce(scans.rest),
    })
  } finally {
    await Promise.all([first.end(), second.end()])
  }
}

/** A filter as the query of the REST face. */
function restQuery(filter: Record<string, any>): string {
  const query = new URLSearchParams()
  for (const agent of filter.agents ?? []) query.append('agent', agent)
  for (const origin of filter.origins ?? []) query.append('origin', origin.toLowerCase())
  for (const { key, values } of filter.labels ?? []) query.append('label', `${key}:${values[0]}`)
  if (filter.search) query.append('search', filter.search)
  return query.toString()
}

/** Nothing is timed before it is right: the agents' counts must be those of the scan. */
async function requireSameCounts(
  asked: ReturnType<typeof graphqlRequest>,
  client: { query(text: string): Promise<{ rows: any[] }> },
  scan: string,
): Promise<void> {
  const { rows } = await client.query(scan)
  const counted = rows.filter(({ agent }) => agent !== null).map(({ agent, count }) => [agent, Number(count)])
  const { agents } = (await send(asked)).data.workspace.sessionFacets
  const answered = agents.edges.map(({ node, count }: any) => [node.value, count])
  if (JSON.stringify(answered.sort()) !== JSON.stringify(counted.sort()))
    throw new Error(`The facets are not those of the scan: ${JSON.stringify({ answered, counted })}`)
}
