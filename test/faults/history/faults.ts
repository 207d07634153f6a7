import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { Draws } from '../../../src/cli/seed/draws.js'
import type { World } from './world.js'

type Fault = (world: World, draws: Draws) => Promise<void>

/** What can break, by name. Each gives back what it took before it ends. */
const anywhere: { [name: string]: Fault } = {
  'kill a gateway': (world, draws) => draws.pick(world.gateways).end('SIGKILL'),
  'drain a gateway': (world, draws) => draws.pick(world.gateways).end('SIGTERM'),
  'cut clients': async (world, draws) => draws.pick(world.gateways).front.cut(),
}

const ofPostgresql: { [name: string]: Fault } = {
  'terminate backends': async ({ database }, draws) => {
    const client = new pg.Client({ connectionString: database?.cluster.url ?? '' })
    client.on('error', () => {})
    await client.connect()
    for (let round = draws.integer(1, 8); round > 0; round--) {
      await client.query(
        "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'session-gateway'",
      )
      await sleep(draws.integer(5, 200))
    }
    await client.end()
  },
  'kill PostgreSQL': async ({ database }, draws) => {
    await database?.cluster.kill()
    await sleep(draws.integer(0, 1500))
    await database?.cluster.start()
  },
  'cut the database': async ({ database }) => database?.proxy.cut(),
  'silence the database': async ({ database }, draws) => {
    database?.proxy.fallSilent()
    await sleep(draws.integer(200, 5000))
    database?.proxy.heal()
  },
}

const ofDisk: { [name: string]: Fault } = {
  'fill the disk': async ({ database }, draws) => {
    await database?.disk?.fill()
    await sleep(draws.integer(300, 2500))
    await database?.disk?.empty()
  },
}

/** The faults that can be made in a world. */
export function faultsOf({ database }: World): { [name: string]: Fault } {
  if (database === null) return anywhere
  return { ...anywhere, ...ofPostgresql, ...(database.disk === null ? {} : ofDisk) }
}
