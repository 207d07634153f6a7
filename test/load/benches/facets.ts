import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { graphqlRequest, type HttpRequest, send } from '../frame/driver.js'
import { type Dataset, gatewayEnv, gatewayPath, type Load } from '../frame/load.js'
import { type Bar, type Findings, show, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timeInTurns } from '../frame/rounds.js'
import { readMemoryMb, type Server } from '../frame/server.js'
import { directFacets, duckdbFacets, type FacetCase, facetCases } from './facet-cases.js'

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

/** Changes a session, as any writer may between two questions. */
export const changeOne = `update sessions set updated_at = updated_at
  where (organization_id, id) in (select organization_id, id from sessions limit 1)`

/** Milliseconds of a question, each asked anew after a change; null where a face cannot ask it. */
interface Times {
  /** Direct SQL, its rows read in this process: both scans in turn or at once, whichever is faster. */
  direct: number
  /** The same behind Fastify, asked over HTTP as the gateway is. */
  served: number
  /** DuckDB in memory behind Fastify. */
  duckdb: number
  graphql: number
  rest: number | null
}

/** Facets through both faces beside direct SQL and DuckDB, by filter and by size. */
export async function measureFacets(load: Load): Promise<Findings> {
  const { datasets } = load
  const largest = datasets.at(-1) as Dataset
  const cases = facetCases(await newestOf(largest))
  const duckdb = await load.start(['test/load/peers/duckdb.js'], {
    ...{ DATABASE_URL: largest.url, PLACE: JSON.stringify(largest.place) },
    SCANS: JSON.stringify(Object.fromEntries(cases.map((one, at) => [at, duckdbFacets(largest.place, one)]))),
  })
  const start = await timeStart(load, largest, cases[0] as FacetCase)
  const defaultView = (await questionsOf(largest, cases[0] as FacetCase)).graphql
  await untilReady(() => send(defaultView))
  const byCase: [FacetCase, Times][] = []
  for (const [at, one] of cases.entries()) {
    load.say(`  ${one.name}`)
    byCase.push([one, await timeCase(load, largest, one, `${duckdb.url}${at}`)])
  }
  const smaller = datasets.at(-2)
  const bySize: [FacetCase, number, number][] = []
  if (smaller !== undefined) {
    const asked = (await questionsOf(smaller, cases[0] as FacetCase)).graphql
    await untilReady(() => send(asked))
    for (const [one, { graphql }] of byCase)
      bySize.push([one, await timeGateway(load, smaller, one), graphql])
  }
  const crowd = await askInCrowds(load, largest, cases, duckdb)
  await duckdb.stop()
  return {
    bars: [...toBars(byCase, bySize), ...start.bars, ...crowd],
    tables: { facets: toTable(byCase), 'facets-growth': toGrowth(load, bySize), 'facets-start': start.table },
  }
}

async function newestOf({ sql }: Dataset): Promise<number> {
  const { rows } = await sql.query('select max(created_at) as newest from sessions')
  return rows[0].newest.getTime()
}

/** Direct SQL takes so long where a gateway must be well ahead; where it is quicker, an empty request is most of the time. */
const LONG_MS = 25

function toBars(byCase: [FacetCase, Times][], bySize: [FacetCase, number, number][]): Bar[] {
  const long = byCase.filter(([, { direct }]) => direct >= LONG_MS)
  const quick = byCase.filter(([, { direct }]) => direct < LONG_MS)
  const slowest = (times: Times) => Math.max(times.graphql, times.rest ?? 0)
  const least = (cases: [FacetCase, Times][], over: 'direct' | 'served' | 'duckdb') => {
    const [found] = cases
      .map(([{ name }, times]) => ({ name, gain: times[over] / slowest(times) }))
      .sort((a, b) => a.gain - b.gain)
    return found
  }
  const isSearch = ([{ filter }]: [FacetCase, Times]) => 'search' in filter
  const bar = (job: string, text: string, found: ReturnType<typeof least>, bound: number): Bar[] =>
    found === undefined
      ? []
      : [{ job, bar: text, measured: `${showTimes(found.gain)} (${found.name})`, holds: found.gain >= bound }]
  const most = byCase.toSorted(([, a], [, b]) => slowest(b) - slowest(a))[0]
  const growth = Math.max(...bySize.map(([, small, large]) => large / small))
  return [
    ...bar(
      `facets under each filter on which direct SQL takes ${LONG_MS} ms or more, searches aside`,
      'at least 5 times faster than it',
      least(
        long.filter((one) => !isSearch(one)),
        'direct',
      ),
      5,
    ),
    ...bar(
      'facets of a search',
      'at least 2 times faster than direct SQL',
      least(long.filter(isSearch), 'direct'),
      2,
    ),
    ...bar('facets under each of these filters', 'faster than DuckDB', least(long, 'duckdb'), 1),
    ...bar(
      'facets under the other filters',
      'no slower than direct SQL over HTTP',
      least(quick, 'served'),
      1,
    ),
    {
      job: 'facets under the slowest filter',
      bar: 'within 60 ms',
      measured: most === undefined ? '' : `${showMs(slowest(most[1]))} (${most[0].name})`,
      holds: most !== undefined && slowest(most[1]) <= 60,
    },
    {
      job: 'facets under any filter, at the largest size and at a tenth of it',
      bar: 'at most 12 times the time',
      measured: bySize.length === 0 ? 'one size only' : showTimes(growth),
      holds: bySize.length === 0 ? null : growth <= 12,
    },
  ]
}

function toTable(byCase: [FacetCase, Times][]): string {
  return table(
    ['filter', 'direct SQL', 'over HTTP', 'DuckDB', 'GraphQL', 'REST', 'ahead of SQL', 'of DuckDB'],
    byCase.map(([{ name }, times]) => [
      name,
      ...[times.direct, times.served, times.duckdb, times.graphql].map(showMs),
      times.rest === null ? '' : showMs(times.rest),
      showTimes(times.direct / times.graphql),
      showTimes(times.duckdb / times.graphql),
    ]),
  )
}

function toGrowth({ datasets }: Load, bySize: [FacetCase, number, number][]): string {
  const [small, large] = [datasets.at(-2), datasets.at(-1)].map((one) => showSize(one?.size ?? 0))
  return table(
    ['filter', `${small} sessions`, large as string, 'ratio'],
    bySize.map(([{ name }, a, b]) => [name, showMs(a), showMs(b), showTimes(b / a)]),
  )
}

/** The same question for both faces. */
async function questionsOf({ key, place, gateway }: Dataset, { filter, rest }: FacetCase) {
  const { origin } = new URL((await gateway()).url)
  const path = `/api/v1/org/${place.organization}/ws/${place.workspace}/sessions/facets?${restQuery(filter)}`
  const graphql = graphqlRequest(`${origin}/graphql`, key, facetsQuery, { ...place, filter })
  return { graphql, rest: rest ? { url: origin + path, headers: { authorization: `Bearer ${key}` } } : null }
}

async function timeCase(load: Load, dataset: Dataset, one: FacetCase, duckdbUrl: string): Promise<Times> {
  const { url, place } = dataset
  const asked = await questionsOf(dataset, one)
  const scans = directFacets(place, one, 'graphql')
  const peer = await load.start(['test/load/peers/direct-facets.js'], {
    ...{ DATABASE_URL: url, PGOPTIONS: '-c jit=off', SCANS: JSON.stringify({ graphql: scans }) },
  })
  // Without the compiler, which slows them down.
  const [first, second] = [0, 1].map(
    () => new pg.Client({ connectionString: url, options: '-c jit=off' }),
  ) as [pg.Client, pg.Client]
  await Promise.all([first.connect(), second.connect()])
  const change = () => first.query(changeOne)
  try {
    await requireSameCounts(asked.graphql, first, scans[0])
    const { inTurn, atOnce, served, duckdb, graphql, rest } = await timeInTurns(load.quick ? 5 : 9, {
      inTurn: async () => {
        await first.query(scans[0])
        await first.query(scans[1])
      },
      atOnce: () => Promise.all([first.query(scans[0]), second.query(scans[1])]),
      served: () => send({ url: `${peer.url}graphql` }),
      duckdb: () => send({ url: duckdbUrl }),
      changed: change,
      graphql: () => send(asked.graphql),
      changedAgain: change,
      rest: async () => asked.rest && send(asked.rest),
    })
    return {
      direct: Math.min(inTurn, atOnce),
      served,
      duckdb,
      graphql,
      rest: asked.rest === null ? null : rest,
    }
  } finally {
    await Promise.all([first.end(), second.end(), peer.stop()])
  }
}

/** The gateway alone, through GraphQL. */
async function timeGateway(load: Load, dataset: Dataset, one: FacetCase): Promise<number> {
  const { graphql } = await questionsOf(dataset, one)
  const times = await timeInTurns(load.quick ? 5 : 21, {
    changed: () => dataset.sql.query(changeOne),
    graphql: () => send(graphql),
  })
  return times.graphql
}

/** Asks until columns answer, which nobody is told: until two answers in a row take a third of the first one, or for 30 s. */
export async function untilReady(ask: () => Promise<unknown>): Promise<void> {
  const first = await timed(ask)
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; await sleep(250)) {
    const next = [await timed(ask), await timed(ask)]
    if (Math.max(...next) < Math.max(first / 3, 5)) return
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await work()
  return performance.now() - startedAt
}

/** What a gateway that has just been started takes: its first answer, until it has columns, and what they take up. */
async function timeStart(
  load: Load,
  dataset: Dataset,
  one: FacetCase,
): Promise<{ bars: Bar[]; table: string }> {
  const { url, key, place, sql, size } = dataset
  const scans = directFacets(place, one, 'graphql')
  const server = await load.start([gatewayPath, 'start', '--port', '0'], gatewayEnv(url))
  try {
    const { origin } = new URL(server.url)
    const asked = graphqlRequest(`${origin}/graphql`, key, facetsQuery, { ...place, filter: one.filter })
    await send(graphqlRequest(`${origin}/graphql`, key, '{ viewer { __typename } }'))
    const direct = Math.min(
      ...(await inTurn(3, () =>
        timed(async () => {
          await sql.query(scans[0])
          await sql.query(scans[1])
        }),
      )),
    )
    const base = readMemoryMb(server.pids())
    const startedAt = performance.now()
    const first = await timed(() => send(asked))
    let readyAt = Number.NaN
    while (Number.isNaN(readyAt) && performance.now() - startedAt < 60_000) {
      await sleep(200)
      if ((await timed(() => send(asked))) < direct / 3) readyAt = performance.now()
    }
    const ready = (readyAt - startedAt) / 1000
    await sleep(5000)
    const bytes = ((readMemoryMb(server.pids()) - base) * 2 ** 20) / size
    return {
      bars: [
        {
          job: 'first facets after a start',
          bar: 'at most 1.2 times direct SQL, and columns within 10 s',
          measured: `${showTimes(first / direct)}, ${show(ready)} s`,
          holds: first <= 1.2 * direct && ready <= 10,
        },
        {
          job: 'memory of the process for sessions in columns, above its base',
          bar: 'at most 128 bytes a session',
          measured: `${show(bytes)} bytes`,
          holds: Number.isNaN(bytes) ? null : bytes <= 128,
        },
      ],
      table: table(
        ['sessions', 'direct SQL', 'first answer', 'columns ready', 'bytes a session'],
        [[showSize(size), showMs(direct), showMs(first), `${show(ready)} s`, show(bytes)]],
      ),
    }
  } finally {
    await server.stop()
  }
}

async function inTurn<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (let time = 0; time < times; time++) found.push(await work())
  return found
}

const save = `mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }`

/** Many clients at once: different filters beside writers, and a small question beside them. */
async function askInCrowds(load: Load, dataset: Dataset, cases: FacetCase[], duckdb: Server): Promise<Bar[]> {
  const { key, place, gateway } = dataset
  const url = `${new URL((await gateway()).url).origin}/graphql`
  const questions = cases.map(({ filter }) => graphqlRequest(url, key, facetsQuery, { ...place, filter }))
  const { organization, workspace } = place
  const write = () => {
    const input = {
      organization,
      workspace,
      id: crypto.randomUUID(),
      title: 'Written meanwhile',
      model: 'm',
    }
    return send(graphqlRequest(url, key, save, { input }))
  }
  const seconds = load.quick ? 5 : 10
  const ask = (at: number) => send(questions[at % questions.length] as HttpRequest)
  const beside = loop(8, write)
  const ours = await rateOf(16, seconds, ask)
  await beside()
  const theirs = await rateOf(16, seconds, (at) => send({ url: `${duckdb.url}${at % cases.length}` }))
  const small = graphqlRequest(url, null, '{ __typename }')
  const facets = loop(8, ask)
  const waits: number[] = []
  for (const end = performance.now() + seconds * 1000; performance.now() < end; await sleep(5))
    waits.push(await timed(() => send(small)))
  await facets()
  const p99 = waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] as number
  return [
    {
      job: '16 clients that ask for facets under different filters, beside 8 writers that save',
      bar: 'at least 3 times the answers a second of DuckDB, asked the same by 16 clients',
      measured: `${show(ours)} a second, ${showTimes(ours / theirs)}`,
      holds: ours >= 3 * theirs,
    },
    {
      job: '`{ __typename }` while 8 clients ask for facets, p99',
      bar: 'at most 25 ms',
      measured: showMs(p99),
      holds: p99 <= 25,
    },
  ]
}

/** Has clients work until it is stopped. */
function loop(clients: number, work: (at: number) => Promise<unknown>): () => Promise<void> {
  let over = false
  const running = Array.from({ length: clients }, async (_, client) => {
    for (let at = client; !over; at++) await work(at)
  })
  return async () => {
    over = true
    await Promise.all(running)
  }
}

/** Answers a second that clients get. */
async function rateOf(
  clients: number,
  seconds: number,
  work: (at: number) => Promise<unknown>,
): Promise<number> {
  let answers = 0
  const stop = loop(clients, async (at) => {
    await work(at)
    answers++
  })
  const startedAt = performance.now()
  await sleep(seconds * 1000)
  const rate = answers / ((performance.now() - startedAt) / 1000)
  await stop()
  return rate
}

/** A filter as the query of the REST face. */
function restQuery(filter: Record<string, any>): string {
  const query = new URLSearchParams()
  for (const agent of filter.agents ?? []) query.append('agent', agent)
  for (const { key, values } of filter.labels ?? []) query.append('label', `${key}:${values[0]}`)
  if (filter.search) query.append('search', filter.search)
  return query.toString()
}

/** Nothing is timed before it is right: the agents' counts must be those of the scan. */
async function requireSameCounts(
  asked: HttpRequest,
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
