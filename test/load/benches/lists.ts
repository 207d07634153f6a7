import { isDeepStrictEqual } from 'node:util'
import { type Amount, type Driven, type HttpRequest, send } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import { type Findings, show, showMs, showSize, showTimes, table } from '../frame/report.js'
import { mediansOf, takeTurns } from '../frame/rounds.js'
import { readCpuSeconds, readMemoryMb, type Server } from '../frame/server.js'
import { type Contestant, startContestants } from './contestants.js'

const connections = 16
const limit = 'Fastify + `pg`'
const us = 'Session Gateway'
const mustBeat = ['PostGraphile 5', 'Apollo 5 + Prisma 7', 'Yoga + Drizzle']

/** The list of 20 under 16 clients, beside the peers, at the largest size. */
export async function measureLists(load: Load): Promise<Findings> {
  const dataset = load.datasets.at(-1) as Dataset
  const contestants = await startContestants(load, dataset)
  await requireSameRows(contestants)
  const measured = await driveInTurns(load, contestants)
  const { [us]: _, ...peers } = contestants
  for (const { server } of Object.values(peers)) await server.stop()
  const names = Object.keys(contestants)
  const rate = (name: string) => measured.rates[name] as number
  const ofLimit = rate(us) / rate(limit)
  const behind = mustBeat.filter((name) => rate(name) >= rate(us))
  const rows = names
    .sort((a, b) => rate(b) - rate(a))
    .map((name) => [
      name,
      ...[show(rate(name)), showTimes(rate(name) / rate(limit)), showTimes(rate(us) / rate(name))],
      ...measured.costs(name),
    ])
  const jit = rate(us) / rate('Mercurius + `pg` + JIT')
  return {
    bars: [
      {
        job: 'list of 20, requests a second, one process, 16 clients',
        bar: 'at least 0.9 of Fastify + `pg` on the same rows and fields',
        measured: showTimes(ofLimit),
        holds: ofLimit >= 0.9,
      },
      {
        job: 'the same beside PostGraphile 5, Apollo 5 + Prisma 7, Yoga + Drizzle',
        bar: 'ahead of each',
        measured: mustBeat.map((name) => `${name} ${showTimes(rate(us) / rate(name))}`).join(', '),
        holds: behind.length === 0,
      },
      {
        job: 'the same beside Mercurius + `pg` + JIT',
        bar: 'ahead of it',
        measured: showTimes(jit),
        holds: jit >= 1,
      },
    ],
    tables: {
      lists: table(
        [
          '',
          'requests a second',
          `of ${limit}`,
          'gateway ahead',
          'CPU a request',
          "PostgreSQL's CPU",
          'memory',
        ],
        rows,
      ),
      'lists-size': showSize(dataset.size),
    },
  }
}

/** A server and what it is asked. */
export interface Drivable {
  server: Server
  request: HttpRequest
  /** How it is driven, if not by the driver of all benches. */
  drive?(request: HttpRequest, amount: Amount): Promise<Pick<Driven, 'perSecond' | 'requests'>>
}

/** Drives each in turn; gives medians of requests a second, and what a request costs in processor time and memory. */
export async function driveInTurns(load: Load, contestants: Record<string, Drivable>) {
  const { driver, quick, postgresPids } = load
  const spent = new Map<string, { own: number; postgres: number; requests: number; memoryMb: number }>()
  const drive = async (name: string, { server, request, drive = driver.drive }: Drivable) => {
    const before = [readCpuSeconds(server.pids()), readCpuSeconds(postgresPids())] as const
    const { perSecond, requests } = await drive(request, { connections, seconds: quick ? 2 : 4 })
    const sum = spent.get(name) ?? { own: 0, postgres: 0, requests: 0 }
    spent.set(name, {
      own: sum.own + readCpuSeconds(server.pids()) - before[0],
      postgres: sum.postgres + readCpuSeconds(postgresPids()) - before[1],
      requests: sum.requests + requests,
      memoryMb: readMemoryMb(server.pids()),
    })
    return perSecond
  }
  const turns = Object.entries(contestants).map(([name, one]) => [name, () => drive(name, one)])
  const rates = mediansOf(await takeTurns(quick ? 3 : 5, Object.fromEntries(turns))) as Record<string, number>
  const costs = (name: string) => {
    const { own, postgres, requests, memoryMb } = spent.get(name) as NonNullable<ReturnType<typeof spent.get>>
    return [showMs((own / requests) * 1000), showMs((postgres / requests) * 1000), `${show(memoryMb)} MB`]
  }
  return { rates, costs }
}

/** Nothing is timed before everyone answers the same. */
async function requireSameRows(contestants: Record<string, Contestant>): Promise<void> {
  let expected: unknown
  for (const [name, { request, read }] of Object.entries(contestants)) {
    const rows = read(await send(request))
    expected ??= rows
    if (rows.length !== 20 || !isDeepStrictEqual(rows, expected))
      throw new Error(
        `${name} answers other rows: ${JSON.stringify([rows[0], (expected as unknown[])[0]], null, 2)}`,
      )
  }
}
