import { execFileSync } from 'node:child_process'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import pg from 'pg'
import { beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { openStore } from '../../src/db/connect.js'
import { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { makeTenant } from '../support/breakable-store.js'
import { countSessions } from '../support/columns.js'
import { databaseName } from '../support/databases.js'
import { type Cluster, makeCluster, whyNoCluster } from '../support/postgresql.js'

const everything = { archived: 'ANY', includeWorkload: true } as const
const KEPT = 3

interface World {
  cluster: Cluster
  url: string
  columns: HeldColumns
  /** Saves sessions in so many transactions, in each of them one, or two. */
  save(transactions: number, sessions?: 1 | 2): Promise<void>
  /** How many there are, as columns count and as the database does. */
  totals(): Promise<[number, number]>
}

describe.skipIf(whyNoCluster() !== null)('columns that are held while the database goes back', () => {
  let template: { cluster: Cluster; url: string }
  beforeAll(async () => {
    const cluster = await makeCluster({ synchronous_commit: 'off' })
    await cluster.start()
    template = { cluster, url: (await makeTenant(cluster.url)).url }
    return () => cluster.stop()
  })

  /** A database of a tenant with a few sessions. */
  async function makeWorld(): Promise<World> {
    const { cluster } = template
    const name = `restored_${Math.random().toString(36).slice(2)}`
    await administer(cluster, `create database ${name} template ${databaseName(template.url)}`)
    const url = Object.assign(new URL(template.url), { pathname: name }).href
    const { store, close } = await openStore({
      ...{ url, folder: null, poolSize: 3, statementTimeoutMs: 5000, connectTimeoutMs: 5000 },
    })
    // Without the clock that keeps up what nobody asks for, however long a restore takes.
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
    const columns = new HeldColumns({ store, memoryMb: 64, onError: () => {} })
    vi.useRealTimers()
    onTestFinished(async () => {
      columns.stop()
      await close()
    })
    const { scope, workspaceKey, insert } = await placeOf(url)
    const totals = async (): Promise<[number, number]> => {
      const counting = (held: HeldColumns | null) =>
        again(() => countSessions({ db: store, columns: held }, scope, everything))
      // Behind a break the first question is answered by the database, and has the columns read.
      await counting(columns)
      await again(() => columns.ready(workspaceKey))
      return [await counting(columns), await counting(null)]
    }
    const save = async (transactions: number, sessions = 1) => {
      const client = new pg.Client({ connectionString: url })
      await client.connect()
      for (let number = 0; number < transactions; number++) await client.query(insert, [sessions])
      await client.end()
    }
    await save(KEPT)
    return { cluster, url, columns, save, totals }
  }

  /** Goes back to the copy that was made before `lost` were saved. */
  async function loseSome(world: World, copy: (world: World) => Promise<() => Promise<void>>): Promise<void> {
    const restore = await copy(world)
    expect(await world.totals()).toEqual([KEPT, KEPT])
    await world.save(5, 2)
    expect(await world.totals()).toEqual([KEPT + 10, KEPT + 10])
    await restore()
    // More than were lost, so that the numbers of transactions are beyond those that were seen.
    await world.save(40)
  }

  test.each(Object.entries(copies))('%s: they count what is there', async (_, copy) => {
    const world = await makeWorld()
    await loseSome(world, copy)

    expect(await world.totals()).toEqual([KEPT + 40, KEPT + 40])
  })

  test.each(Object.entries(copies))('%s: without the name of the log they would not', async (_, copy) => {
    const world = await makeWorld()
    await administer(
      world,
      "create or replace function session_log() returns text language sql stable as 'select ''one''::text'",
    )
    await loseSome(world, copy)

    const [held, plain] = await world.totals()
    expect(plain).toBe(KEPT + 40)
    expect(held).not.toBe(plain)
  })
})

/** Ways to keep a copy, and to go back to it. */
const copies: Record<string, (world: World) => Promise<() => Promise<void>>> = {
  'a copy of the cluster’s files, whose next transactions have numbers that were given out before': async ({
    cluster,
  }) => {
    const [data, kept] = [join(cluster.folder, 'data'), join(cluster.folder, 'kept')]
    await cluster.end('fast')
    execFileSync('cp', ['-a', data, kept])
    await cluster.start()
    return async () => {
      await cluster.end('fast')
      await rm(data, { recursive: true })
      execFileSync('mv', [kept, data])
      await cluster.start()
    }
  },
  'a copy of the database on the same server, with its tables, files and triggers': async ({
    cluster,
    url,
  }) => {
    const name = databaseName(url)
    const kept = `${name}_kept`
    await administer(cluster, ...endOthers(name), `create database ${kept} template ${name}`)
    return () =>
      administer(
        cluster,
        ...[`drop database ${name} with (force)`, `create database ${name} template ${kept}`],
      )
  },
}

const endOthers = (name: string) => [
  `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and pid <> pg_backend_pid()`,
]

async function administer({ url }: { url: string }, ...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const statement of statements) await client.query(statement)
  } finally {
    await client.end()
  }
}

async function placeOf(url: string) {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  const { rows } = await client.query(
    'select organization_id as "organizationId", default_workspace_id as "workspaceId", user_id as "userId" from api_keys',
  )
  await client.end()
  const { organizationId, workspaceId, userId } = rows[0]
  return {
    workspaceKey: { organizationId, workspaceId },
    scope: { organizationId, workspaceIds: [workspaceId], userId },
    insert: `insert into sessions (organization_id, workspace_id, id, owner_id)
      select '${organizationId}', '${workspaceId}', gen_random_uuid(), '${userId}' from generate_series(1, $1::int)`,
  }
}

/** Connections that broke with the server are found out by whoever asks next. */
function again<Result>(work: () => Promise<Result>): Promise<Result> {
  return vi.waitFor(work, { timeout: 20_000, interval: 100 })
}
