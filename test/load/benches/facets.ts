import pg from 'pg'
import { type HttpRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Bar, type Findings, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timeInTurns } from '../frame/rounds.js'
import { directFacets, type FacetCase } from './facet-cases.js'
import { casesOf, changeOne, questionsOf, startDuckdb, warmColumns } from './questions.js'

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

/** Facets through both faces beside direct SQL and DuckDB, by filter, by shape and by size. */
export async function measureFacets(load: Load): Promise<Findings> {
  const { datasets, worst } = load
  const typical = await measureShape(load, datasets.at(-1) as Dataset)
  const hardest = worst === null ? [] : await measureShape(load, worst)
  const smaller = datasets.at(-2)
  const bySize = smaller === undefined ? [] : await measureSmaller(load, smaller, typical)
  const smallerWorst = load.smallerWorst
  const worstBySize = smallerWorst === null ? [] : await measureSmaller(load, smallerWorst, hardest)
  const named = hardest.map(([one, times]): [FacetCase, Times] => [inWorst(one), times])
  return {
    bars: toBars([...typical, ...named], [...bySize, ...worstBySize]),
    tables: {
      facets: toTable(typical),
      'facets-worst': worst === null ? 'Not measured in this run.' : toTable(hardest),
      'facets-growth': toGrowth(load, bySize),
    },
  }
}

const inWorst = (one: FacetCase): FacetCase => ({ ...one, name: `${one.name}, worst shape` })

async function measureShape(load: Load, dataset: Dataset): Promise<[FacetCase, Times][]> {
  const cases = await casesOf(dataset)
  const duckdb = await startDuckdb(load, dataset, cases)
  await warmColumns(dataset, cases)
  const byCase: [FacetCase, Times][] = []
  for (const [at, one] of cases.entries()) {
    load.say(`  ${one.name}`)
    byCase.push([one, await timeCase(load, dataset, one, `${duckdb.url}${at}`)])
  }
  await duckdb.stop()
  return byCase
}

async function measureSmaller(
  load: Load,
  dataset: Dataset,
  byCase: readonly [FacetCase, Times][],
): Promise<[FacetCase, number, number][]> {
  await warmColumns(dataset, await casesOf(dataset))
  const bySize: [FacetCase, number, number][] = []
  for (const [one, { graphql }] of byCase) bySize.push([one, await timeGateway(load, dataset, one), graphql])
  return bySize
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
