import { graphqlRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, table } from '../frame/report.js'
import { median } from '../frame/rounds.js'
import { readMemoryMb } from '../frame/server.js'
import { gatewayPage } from './contestants.js'
import { facetsQuery } from './questions.js'

const sampleEverySeconds = 5

/** Memory of the process under lists and facets in turn, over time. */
export async function measureMemory({ datasets, driver, soakSeconds }: Load): Promise<Findings> {
  const { gateway, key, place } = datasets.at(-1) as Dataset
  const server = await gateway()
  const url = `${new URL(server.url).origin}/graphql`
  const requests = [gatewayPage, facetsQuery].map((query) => graphqlRequest(url, key, query, { ...place }))
  const samples: number[] = []
  const rounds = Math.max(4, Math.floor(soakSeconds / sampleEverySeconds))
  for (let round = 0; round < rounds; round++) {
    const request = requests[round % 2] as (typeof requests)[number]
    await driver.drive(request, { connections: 16, seconds: sampleEverySeconds })
    samples.push(readMemoryMb(server.pids()))
  }
  const quarters = [0, 1, 2, 3].map((quarter) =>
    median(samples.slice((quarter * rounds) / 4, ((quarter + 1) * rounds) / 4)),
  )
  const most = Math.max(...samples)
  const growth = (quarters[3] ?? Number.NaN) - (quarters[1] ?? Number.NaN)
  return {
    bars: [
      {
        job: 'memory of the process under that load, on PostgreSQL',
        bar: 'under 300 MB',
        measured: `${show(most)} MB at most`,
        holds: most < 300,
      },
      {
        job: `the same over ${show(soakSeconds / 60)} minutes, second quarter to last`,
        bar: 'no growth',
        measured: `${growth >= 0 ? '+' : '−'}${show(Math.abs(growth))} MB`,
        // A tenth is what garbage collection alone moves it by.
        holds: growth <= 0.1 * (quarters[1] ?? 0),
      },
    ],
    tables: {
      memory: table(
        ['quarter of the time', 'first', 'second', 'third', 'last'],
        [['median memory', ...quarters.map((quarter) => `${show(quarter)} MB`)]],
      ),
    },
  }
}
