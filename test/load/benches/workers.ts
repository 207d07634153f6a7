import { type Driver, graphqlRequest, startDriver } from '../frame/driver.js'
import { canLimit, withShare } from '../frame/limiter.js'
import type { Dataset, Load } from '../frame/load.js'
import { gatewayEnv, gatewayPath } from '../frame/load.js'
import { type Bar, type Findings, show, showTimes, table } from '../frame/report.js'
import { gatewayPage } from './contestants.js'
import { type Drivable, driveInTurns } from './lists.js'
import { savingRequest } from './saves.js'

/** Of a processor, for each process: two of them leave most of a small machine to PostgreSQL and the clients. */
const share = 0.2
/** As many for each of two processes as one has elsewhere. */
const connections = 32
/** Connections are made and handed out before processes are held. */
const settlingSeconds = 2

/** Two processes beside one: each held to the same share of a processor, and as the machine has them. */
export async function measureWorkers(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const { url, key, place } = dataset
  const start = (workers: number) =>
    load.start([gatewayPath, 'start', '--port', '0', '--workers', `${workers}`], gatewayEnv(url))
  const startControl = (workers: number) =>
    load.start(['test/load/peers/control.js'], { WORKERS: `${workers}` })
  const [one, another, two] = [await start(1), await start(1), await start(2)]
  const controls = [await startControl(1), await startControl(2)] as const
  const secondDriver = startDriver()

  const ask = (server: Drivable['server'], query: string): Drivable => ({
    server,
    request: graphqlRequest(`${new URL(server.url).origin}/graphql`, key, query, { ...place }),
  })
  const askControl = (server: Drivable['server']): Drivable => ({ server, request: { url: server.url } })
  const askBoth = (query: string) =>
    atOnce([ask(one, query), ask(another, query)], [load.driver, secondDriver])
  const save = (server: Drivable['server']): Drivable => ({
    server,
    request: savingRequest(new URL(server.url).origin, dataset),
  })
  // What has answered less is compiled less far, and took half as much again a request.
  for (const server of [one, another, two])
    for (const { request } of [ask(server, gatewayPage), save(server)])
      await load.driver.drive(request, { connections, seconds: load.quick ? 5 : 15 })
  // A quick look takes what is judged alone.
  const free = load.quick
    ? null
    : await driveInTurns(load, {
        [jobs.list.one]: ask(one, gatewayPage),
        [jobs.list.workers]: ask(two, gatewayPage),
        [jobs.list.starts]: askBoth(gatewayPage),
      })
  const limited = (drivable: Drivable): Drivable => ({
    ...drivable,
    drive: (request, { seconds }) =>
      withShare(drivable.server.pids(), share, settlingSeconds / 2, () =>
        (drivable.drive ?? load.driver.drive)(request, { connections, seconds, settlingSeconds }),
      ),
  })
  const none = '{ __typename }'
  const held = canLimit
    ? await driveInTurns(load, {
        [jobs.list.one]: limited(ask(one, gatewayPage)),
        [jobs.list.workers]: limited(ask(two, gatewayPage)),
        [jobs.list.starts]: limited(askBoth(gatewayPage)),
        [jobs.save.one]: limited(save(one)),
        [jobs.save.workers]: limited(save(two)),
        [jobs.save.starts]: limited(atOnce([save(one), save(another)], [load.driver, secondDriver])),
        ...(load.quick
          ? {}
          : {
              [jobs.none.one]: limited(ask(one, none)),
              [jobs.none.workers]: limited(ask(two, none)),
            }),
        [jobs.control.one]: limited(askControl(controls[0])),
        [jobs.control.workers]: limited(askControl(controls[1])),
      })
    : null
  await Promise.all([one, another, two, ...controls].map((server) => server.stop()))
  await secondDriver.stop()

  return {
    bars: [
      {
        job: 'two processes',
        bar: 'at least 0.97 of what two of a bare server give, lists and saves, where two cores are free',
        ...judge(held),
      },
    ],
    tables: {
      workers: held === null ? '' : rowsOf(held),
      'workers-free': free === null ? '' : rowsOf(free),
      'workers-share': `${share}`,
    },
  }
}

/** Names of the rows. */
const jobs = {
  list: {
    one: 'list of 20, one process',
    workers: 'list of 20, two workers',
    starts: 'list of 20, two starts',
  },
  save: { one: 'save, one process', workers: 'save, two workers', starts: 'save, two starts' },
  none: { one: 'no statement, one process', workers: 'no statement, two workers' },
  control: { one: 'a bare server, one process', workers: 'a bare server, two workers' },
}

type Held = Awaited<ReturnType<typeof driveInTurns>>

function ratio({ rates }: Held, job: keyof typeof jobs, to: 'workers' | 'starts'): number {
  const names: Record<string, string> = jobs[job]
  return (rates[names[to] as string] as number) / (rates[jobs[job].one] as number)
}

/** Nothing is told unless two of the control did about twice what one did, as they would with a processor each. */
function judge(held: Held | null): Pick<Bar, 'measured' | 'holds'> {
  if (held === null) return { measured: 'no way to hold a process to a share of a processor', holds: null }
  const control = ratio(held, 'control', 'workers')
  const ratios = (['list', 'save'] as const).map((job) => {
    const [workers, starts] = [ratio(held, job, 'workers'), ratio(held, job, 'starts')]
    return {
      said: `${job} ${showTimes(workers)} by workers, ${showTimes(starts)} by two starts`,
      least: Math.min(workers, starts),
    }
  })
  return {
    measured: [...ratios.map(({ said }) => said), `a bare server ${showTimes(control)}`].join('; '),
    holds: control < 1.7 || control > 2.3 ? null : ratios.every(({ least }) => least >= 0.97 * control),
  }
}

function rowsOf({ rates, costs }: Held): string {
  const names = Object.keys(rates)
  const oneOf = (name: string) => names.find((one) => one.split(',')[0] === name.split(',')[0]) as string
  return table(
    ['', 'requests a second', 'of one process', 'CPU a request', "PostgreSQL's CPU", 'memory'],
    names.map((name) => [
      name,
      show(rates[name] as number),
      showTimes((rates[name] as number) / (rates[oneOf(name)] as number)),
      ...costs(name),
    ]),
  )
}

/** Two servers, each driven by half of the clients at the same time, as one. */
function atOnce(both: readonly [Drivable, Drivable], drivers: readonly [Driver, Driver]): Drivable {
  const [first, second] = both
  return {
    server: {
      ...first.server,
      pids: () => both.flatMap(({ server }) => server.pids()),
    },
    request: first.request,
    drive: async (_, { connections, ...amount }) => {
      const half = { ...amount, connections: connections / 2 }
      const driven = await Promise.all([
        drivers[0].drive(first.request, half),
        drivers[1].drive(second.request, half),
      ])
      const sum = (of: 'perSecond' | 'requests') => driven[0][of] + driven[1][of]
      return { perSecond: sum('perSecond'), requests: sum('requests') }
    },
  }
}
