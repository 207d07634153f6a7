import { setTimeout as sleep } from 'node:timers/promises'
import { findLastingPort } from '../../support/free-port.js'
import { graphqlRequest, send } from '../frame/driver.js'
import { type Dataset, gatewayEnv, gatewayPath, type Load } from '../frame/load.js'
import { type Findings, show, showMs, showSize, showTimes, table } from '../frame/report.js'
import { timed } from '../frame/rounds.js'
import { readMemoryMb } from '../frame/server.js'
import { directFacets, type FacetCase } from './facet-cases.js'
import { casesOf, facetsQuery } from './questions.js'

/** What a gateway that has just been started takes: its first answer, until it has columns, and what they take up. */
export async function measureStart(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const [one] = (await casesOf(dataset)) as [FacetCase]
  const { url, key, place, sql, size } = dataset
  const scans = directFacets(place, one, 'graphql')
  const metricsPort = await findLastingPort()
  const server = await load.start([gatewayPath, 'start', '--port', '0'], {
    ...gatewayEnv(url),
    METRICS_PORT: `${metricsPort}`,
  })
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
      await sleep(100)
      if (await holdsColumns(metricsPort)) readyAt = performance.now()
    }
    await send(asked)
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
      tables: {
        'facets-start': table(
          ['sessions', 'direct SQL', 'first answer', 'columns ready', 'bytes a session'],
          [[showSize(size), showMs(direct), showMs(first), `${show(ready)} s`, show(bytes)]],
        ),
      },
    }
  } finally {
    await server.stop()
  }
}

/** Whether a gateway says that it holds the columns of a workspace. */
async function holdsColumns(metricsPort: number): Promise<boolean> {
  const metrics = await (await fetch(`http://127.0.0.1:${metricsPort}/metrics`)).text()
  return /^\S*columns_workspaces\S* 1$/m.test(metrics)
}

async function inTurn<T>(times: number, work: () => Promise<T>): Promise<T[]> {
  const found: T[] = []
  for (let time = 0; time < times; time++) found.push(await work())
  return found
}
