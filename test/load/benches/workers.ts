import { cpus } from 'node:os'
import { graphqlRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { gatewayEnv, gatewayPath } from '../frame/load.js'
import { type Findings, show, showTimes, table } from '../frame/report.js'
import { gatewayPage } from './contestants.js'
import { driveInTurns } from './lists.js'

/** Processors that two workers, the clients and PostgreSQL can use without taking turns. */
const neededProcessors = 4

/** Two worker processes beside one, on the list of 20. */
export async function measureWorkers(load: Load): Promise<Findings> {
  const { url, key, place } = load.datasets.at(-1) as Dataset
  const start = async (workers: number) => {
    const server = await load.start(
      [gatewayPath, 'start', '--port', '0', '--workers', `${workers}`],
      gatewayEnv(url),
    )
    const ask = (query: string) => ({
      server,
      request: graphqlRequest(`${new URL(server.url).origin}/graphql`, key, query, { ...place }),
    })
    return { ask, stop: server.stop }
  }
  const [one, two] = [await start(1), await start(2)]
  const { rates, costs } = await driveInTurns(load, {
    'list of 20, one process': one.ask(gatewayPage),
    'list of 20, two': two.ask(gatewayPage),
    'no statement, one process': one.ask('{ __typename }'),
    'no statement, two': two.ask('{ __typename }'),
  })
  await Promise.all([one.stop(), two.stop()])
  const ratio = (job: string) => (rates[`${job}, two`] as number) / (rates[`${job}, one process`] as number)
  const [list, none] = [ratio('list of 20'), ratio('no statement')]
  return {
    bars: [
      {
        job: 'two processes',
        bar: 'at least 1.6 times one, where two cores are free',
        measured: `list ${showTimes(list)}, no statement ${showTimes(none)}, on ${cpus().length} processors for all`,
        holds: list >= 1.6 ? true : cpus().length >= neededProcessors ? false : null,
      },
    ],
    tables: {
      workers: table(
        ['', 'requests a second', 'CPU a request', "PostgreSQL's CPU", 'memory'],
        Object.entries(rates).map(([name, rate]) => [name, show(rate), ...costs(name)]),
      ),
    },
  }
}
