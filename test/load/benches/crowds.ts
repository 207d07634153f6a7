import { setTimeout as sleep } from 'node:timers/promises'
import { graphqlRequest, type HttpRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showMs, showTimes } from '../frame/report.js'
import { mediansOf, takeTurns, timed } from '../frame/rounds.js'
import { casesOf, facetsQuery, startDuckdb, warmColumns } from './questions.js'

const save = `mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }`

/** Many clients at once: different filters beside writers, and a small question beside them. */
export async function measureCrowds(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { key, place, gateway } = dataset
  const cases = await casesOf(dataset)
  const duckdb = await startDuckdb(load, dataset, cases)
  const bare = await load.start(['test/load/peers/empty.js'], {})
  await warmColumns(dataset, cases)
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
  const askDuckdb = (at: number) => send({ url: `${duckdb.url}${at % cases.length}` })
  const { ours, theirs } = mediansOf(
    await takeTurns(3, {
      ours: async () => {
        const stopWriting = loop(8, write)
        const rate = await rateOf(16, seconds, ask)
        await stopWriting()
        return rate
      },
      theirs: () => rateOf(16, seconds, askDuckdb),
    }),
  )
  // With the key: requests without one are limited by address.
  const small = graphqlRequest(url, key, '{ __typename }')
  const stopAsking = loop(8, ask)
  const waits: number[] = []
  const bareWaits: number[] = []
  for (const end = performance.now() + 3 * seconds * 1000; performance.now() < end; await sleep(5)) {
    waits.push(await timed(() => send(small)))
    bareWaits.push(await timed(() => send({ url: bare.url })))
  }
  await stopAsking()
  await Promise.all([duckdb.stop(), bare.stop()])
  const [p99, bareP99] = [waits, bareWaits].map(p99Of) as [number, number]
  return {
    bars: [
      {
        job: '16 clients that ask for facets under different filters, beside 8 writers that save',
        bar: 'at least 3 times the answers a second of DuckDB, asked the same by 16 clients',
        measured: `${show(ours)} a second, ${showTimes(ours / theirs)}`,
        holds: ours >= 3 * theirs,
      },
      {
        job: '`{ __typename }` while 8 clients ask for facets, p99',
        bar: 'at most 25 ms',
        measured: `${showMs(p99)}; an empty answer of a bare server beside it ${showMs(bareP99)}`,
        holds: p99 <= 25,
      },
    ],
    tables: {},
  }
}

const p99Of = (waits: number[]) => waits.sort((a, b) => a - b)[Math.floor(waits.length * 0.99)] ?? Number.NaN

/** Has clients work until it is stopped, which throws what ended one of them: until then another error comes first. */
function loop(count: number, work: (at: number) => Promise<unknown>): () => Promise<void> {
  let over = false
  const clients = Promise.all(
    Array.from({ length: count }, async (_, client) => {
      for (let at = client; !over; at++) await work(at)
    }),
  )
  clients.catch(() => {})
  return async () => {
    over = true
    await clients
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
