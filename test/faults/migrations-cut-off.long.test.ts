import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/connect.js'
import { sql } from '../../src/db/sql.js'
import { createDatabase } from '../support/databases.js'
import type { Place } from '../support/migrate-and-die.js'
import { makeMigrations } from '../support/migration-folder.js'

/** Twenty for a thorough look. */
const ROUNDS = Number(process.env.FAULT_ROUNDS ?? 3)

const scripts = {
  '20990101000000_first': `create table things (id int primary key, name text not null);
    insert into things select n, 'thing ' || n from generate_series(1, 20000) n;
    create index things_name on things (name);
    create function count_things() returns bigint language sql return (select count(*) from things);`,
  '20990102000000_second': `alter table things add column length int;
    update things set length = char_length(name);
    alter table things add column twice int generated always as (length * 2) stored;`,
  '20990103000000_third': `insert into things (id, name, length) values (0, 'nothing', 7);`,
}

/** An embedded store without any table: making one takes seconds, a copy does not. */
let pristine: string
beforeAll(async () => {
  pristine = await mkdtemp(join(tmpdir(), 'session-gateway-pristine-'))
  if (inject('postgresql') === null) await (await open(null, pristine)).close()
})
afterAll(() => rm(pristine, { recursive: true, force: true }))

function open(url: string | null, folder: string | null) {
  return openStore({ url, folder, poolSize: 2, statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 })
}

/** Migrates a fresh store in a process that is killed, then looks whether the next one finds everything in order. */
async function cutOff(place: Place, afterMs: () => number = () => 0): Promise<void> {
  const postgresql = inject('postgresql')
  const migrations = await makeMigrations(scripts)
  const url = postgresql && (await createDatabase(postgresql.serverUrl, postgresql.prefix))
  const folder = url === null ? await mkdtemp(join(tmpdir(), 'session-gateway-cut-off-')) : null
  if (folder !== null) {
    onTestFinished(() => rm(folder, { recursive: true, force: true }))
    await cp(pristine, folder, { recursive: true })
  }
  const script = 'test/support/migrate-and-die.ts'
  const settings = JSON.stringify([url, folder, migrations, place])
  const child = spawn(process.execPath, ['--import', 'tsx', script, settings], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const ended = once(child, 'exit')
  if (place === 'none') {
    await once(child.stdout, 'data')
    setTimeout(() => child.kill('SIGKILL'), afterMs())
  }
  const [code, signal] = await ended
  if (place !== 'none') expect([code, signal]).toEqual([null, 'SIGKILL'])

  const store = await open(url, folder)
  try {
    await store.migrate(migrations)
    expect(await store.migrate(migrations)).toEqual([])
    const rows = await store.store.$queryRaw<{ name: string; finished: boolean }[]>(sql`
      select migration_name as name, finished_at is not null as finished from _prisma_migrations order by 1`)
    expect(rows).toEqual(Object.keys(scripts).map((name) => ({ name, finished: true })))
    const [things] = await store.store.$queryRaw<unknown[]>(sql`
      select count_things()::int as count, sum(twice)::int as twice, min(id) as least from things`)
    expect(things).toEqual({ count: 20_001, twice: 417_802, least: 0 })
  } finally {
    await store.close()
  }
}

test.each<Place>([
  'before the script',
  // The embedded store runs a script in one go, which only another process can break into: see the random moments.
  ...(inject('postgresql') === null ? [] : (['within the script'] as const)),
  'after the script',
  'before the end',
  'after the end',
])('a gateway killed %s of a migration is followed by one that finishes it', (place) => cutOff(place))

test.each(Array.from({ length: ROUNDS }, (_, round) => round))(
  'a gateway killed at a random moment of migrating comes back by itself (%i)',
  () => cutOff('none', () => Math.random() * 400),
)

test.skipIf(inject('postgresql') === null)(
  'a migration whose connection is ended goes on by itself',
  async () => {
    const postgresql = inject('postgresql')
    const migrations = await makeMigrations(scripts)
    const url = await createDatabase(postgresql?.serverUrl ?? '', postgresql?.prefix ?? '')
    const [store, killer] = [await open(url, null), await open(url, null)]
    const end = setInterval(() => {
      killer.store
        .$queryRaw(sql`select pg_terminate_backend(pid) from pg_stat_activity
          where application_name = 'session-gateway migrate' and datname = current_database()`)
        .then(
          () => clearInterval(end),
          () => {},
        )
    }, 60)
    onTestFinished(() => clearInterval(end))
    try {
      await store.migrate(migrations)
      const [things] = await store.store.$queryRaw<unknown[]>(sql`select count_things()::int as count`)
      expect(things).toEqual({ count: 20_001 })
    } finally {
      await store.close()
      await killer.close()
    }
  },
)
