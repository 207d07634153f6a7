import { graphqlRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Bar, type Findings, showMs, showSize, showTimes, table } from '../frame/report.js'
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

const rare = 'a rare label'
const cases: FacetCase[] = [
  { name: 'default view', filter: {}, where: 'true' },
  { name: 'one agent', filter: { agents: ['coder'] }, where: "s.agent = 'coder'" },
  {
    name: 'one agent, one origin',
    filter: { agents: ['coder'], origins: ['USER'] },
    where: "s.agent = 'coder' and s.origin = 'user'",
  },
  {
    name: rare,
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

/** Changes a session, as any writer may between two questions. */
const changeOne = `update sessions set updated_at = updated_at
  where (organization_id, id) in (select organization_id, id from sessions limit 1)`

const faces = ['graphql', 'rest'] as const
type Face = (typeof faces)[number]

/** Milliseconds of a question. */
interface FaceTimes {
  /** Direct SQL, its rows read in this process. */
  direct: number
  /** The same behind Fastify, asked over HTTP as the gateway is. */
  served: number
  /** The gateway when a session has just changed, and when none has. */
  counted: number
  again: number
}

type Times = Record<Face, FaceTimes>

/** Medians of questions that take a few milliseconds need more rounds, and a plan kept by then. */
const quickRounds = 41

/** Facets through both faces beside the best direct SQL, by filter and by size. */
export async function measureFacets(load: Load): Promise<Findings> {
  const { datasets, quick } = load
  const byCase = new Map<string, Times>()
  const largest = datasets.at(-1) as Dataset
  for (const one of cases) {
    const rounds = one.name === rare ? quickRounds : quick ? 3 : 7
    byCase.set(one.name, await timeCase(load, largest, one, rounds))
  }
  const [defaultView] = cases as [FacetCase]
  const bySize: [string, Times][] = []
  for (const dataset of datasets.slice(0, -1))
    bySize.push([showSize(dataset.size), await timeCase(load, dataset, defaultView, 15)])
  bySize.push([showSize(largest.size), byCase.get(defaultView.name) as Times])
  return {
    bars: toBars(byCase, bySize),
    tables: { facets: toTable('filter', [...byCase]), 'facets-growth': toTable('sessions', bySize) },
  }
}

function toBars(byCase: Map<string, Times>, bySize: [string, Times][]): Bar[] {
  const gain = (how: How, names: string[], of: readonly Face[], over: Over = 'direct') =>
    Math.min(
      ...names.flatMap((name) => of.map((face) => gainOf((byCase.get(name) as Times)[face], how, over))),
    )
  const showGains = (how: How, names: string[]) =>
    `GraphQL ${showTimes(gain(how, names, ['graphql']))}, REST ${showTimes(gain(how, names, ['rest']))}`
  const both = (names: string[]) =>
    `${showGains('again', names)}; counted anew ${showGains('counted', names)}`
  const [least, most] = [bySize.at(0)?.[1], bySize.at(-1)?.[1]] as [Times, Times]
  const growth = Math.max(...faces.map((face) => most[face].counted / least[face].counted))
  const columns = ['one agent', 'one agent, one origin']
  const searched = [rare, 'a common label', 'a search']
  const showSearched = (over: Over) =>
    (['again', 'counted'] as const)
      .map((how) => searched.map((name) => `${name} ${showTimes(gain(how, [name], faces, over))}`).join(', '))
      .join('; counted anew ')
  return [
    {
      job: 'facets of the default view, all dimensions and labels',
      bar: 'at least 20 times faster than the best direct SQL',
      measured: both(['default view']),
      holds: gain('again', ['default view'], faces) >= 20,
    },
    {
      job: 'the same counted anew, at the largest size and at the smallest',
      bar: 'at most 5 times the time',
      measured: showTimes(growth),
      holds: growth <= 5,
    },
    {
      job: 'facets with one or two filters on first-class dimensions',
      bar: 'at least 5 times faster than direct SQL',
      measured: both(columns),
      holds: gain('again', columns, faces) >= 5,
    },
    {
      job: 'facets with a label filter or a search',
      bar: 'never slower than direct SQL',
      measured: `${showSearched('direct')}; beside the same SQL over HTTP ${showSearched('served')}`,
      holds: gain('counted', searched, faces) >= 1,
    },
  ]
}

type How = 'counted' | 'again'
type Over = 'direct' | 'served'

const gainOf = (times: FaceTimes, how: How, over: Over) => times[over] / times[how]

function toTable(first: string, rows: [string, Times][]): string {
  const header = ['over HTTP', 'counted', 'again', 'ahead', 'again', 'ahead of HTTP', 'again']
  const cells = (times: FaceTimes) => [
    ...[times.direct, times.served, times.counted, times.again].map(showMs),
    ...(['direct', 'served'] as const).flatMap((over) =>
      (['counted', 'again'] as const).map((how) => showTimes(gainOf(times, how, over))),
    ),
  ]
  const names = { graphql: 'GraphQL, 8 columns', rest: 'REST, 4 columns' }
  return table(
    [first, 'face', 'direct SQL', ...header],
    rows.flatMap(([name, times]) => faces.map((face) => [name, names[face], ...cells(times[face])])),
  )
}

async function timeCase(load: Load, dataset: Dataset, one: FacetCase, rounds: number): Promise<Times> {
  const { url, key, place } = dataset
  const { origin } = new URL((await dataset.gateway()).url)
  const path = `/api/v1/org/${place.organization}/ws/${place.workspace}/sessions/facets?${restQuery(one.filter)}`
  const asked = {
    graphql: graphqlRequest(`${origin}/graphql`, key, facetsQuery, { ...place, filter: one.filter }),
    rest: { url: origin + path, headers: { authorization: `Bearer ${key}` } },
  }
  const scans = Object.fromEntries(faces.map((face) => [face, directFacets(place, one, face)]))
  const peer = await load.start(['test/load/peers/direct-facets.js'], {
    DATABASE_URL: url,
    PGOPTIONS: '-c jit=off',
    SCANS: JSON.stringify(scans),
  })
  const [first, second] = await connectTwice(url)
  const times = async (face: Face): Promise<FaceTimes> => {
    const [columns, labels] = directFacets(place, one, face)
    const { inTurn, atOnce, served, counted, again } = await timeInTurns(rounds, {
      inTurn: async () => {
        await first.query(columns)
        await first.query(labels)
      },
      atOnce: () => Promise.all([first.query(columns), second.query(labels)]),
      served: () => send({ url: peer.url + face }),
      counted: () => send(asked[face]),
      again: () => send(asked[face]),
      // Not timed by itself: what the next round counts is new.
      forget: () => first.query(changeOne),
    })
    return { direct: Math.min(inTurn, atOnce), served, counted, again }
  }
  try {
    await requireSameCounts(asked.graphql, first, directFacets(place, one, 'graphql')[0])
    return { graphql: await times('graphql'), rest: await times('rest') }
  } finally {
    await Promise.all([first.end(), second.end(), peer.stop()])
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
