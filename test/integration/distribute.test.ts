import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/connect.js'
import { raw, sql } from '../../src/db/prisma.js'
import { listPlacements } from '../../src/db/sharding/placement.js'
import { createClusterDatabase } from '../support/citus.js'
import { cli, emptyStoreSettings } from '../support/cli.js'
import { makeMigrations } from '../support/migration-folder.js'
import { administer } from '../support/replica-world.js'

const postgresql = inject('postgresql')
const cluster = postgresql?.citus ?? null

test('a store that is no cluster is not distributed, and the doctor says what it is', async () => {
  const settings = await emptyStoreSettings()
  const unmigrated = await cli(['doctor'], settings)
  if (postgresql !== null)
    expect([unmigrated.code, unmigrated.stdout]).toEqual([
      1,
      expect.stringMatching(/\d+ migrations are pending; run session-gateway migrate\./),
    ])
  await cli(['migrate'], settings)

  expect(await cli(['doctor'], settings)).toEqual({
    code: 0,
    stdout: expect.stringMatching(/^(PGlite|PostgreSQL) .* is not sharded\nNothing is lacking\n$/),
    stderr: '',
  })
  expect(await cli(['distribute'], settings)).toEqual({
    code: 1,
    stdout: '',
    stderr:
      postgresql === null
        ? 'The embedded store lies on one machine; DATABASE_URL names the coordinator of a cluster.\n'
        : 'The database has no extension citus; run session-gateway doctor for what it lacks.\n',
  })
})

describe.skipIf(cluster === null)('on a cluster', () => {
  test('a filled store is distributed as a whole, once, and later migrations keep it so', async () => {
    if (postgresql === null || cluster === null) return
    const url = await createClusterDatabase(cluster, postgresql.prefix)
    const settings = { DATABASE_URL: url }
    const run = async (...args: string[]) => {
      const { code, stdout } = await cli(args, settings)
      expect([args[0], code]).toEqual([args[0], 0])
      return stdout
    }
    await run('migrate')
    await run('seed', '--sessions', '30', '--workspace', 'acme/main')
    expect(await run('doctor')).toMatch(/ is on a cluster, and not sharded\nNothing is lacking\n$/)

    const planned = await run('distribute', '--dry-run')
    for (const line of [
      'sessions becomes distributed',
      'users becomes reference',
      'least_gateway stays local',
    ])
      expect(planned.split('\n')).toContain(line)
    expect(await run('doctor')).toMatch(/ not sharded\n/)

    await administer(url, 'create role reads_a_cluster')
    onTestFinished(async () => {
      await administer(url, 'drop owned by reads_a_cluster', 'drop role reads_a_cluster')
    })
    await run('readers', 'allow', 'reads_a_cluster')
    expect(await cli(['distribute'], settings)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'run session-gateway readers refuse for each role of readers list first.',
      ),
    })
    await run('readers', 'refuse', 'reads_a_cluster')
    expect(await run('distribute')).toMatch(/^Distributed \d+ tables$/m)
    expect(await run('distribute')).toMatch(/^Nothing to distribute\n.* is sharded by organization\n$/)
    expect(await run('doctor')).toMatch(/ is sharded by organization\nNothing is lacking\n$/)
    expect(await run('facets', 'verify')).toBe('acme/main: exact\n')
    expect(await cli(['readers', 'allow', 'reads_a_cluster'], settings)).toMatchObject({
      code: 1,
      stderr: 'A sharded store takes no policies that look into other tables, so no role reads it.\n',
    })

    const times = { statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 }
    const opened = await openStore({ url, folder: null, poolSize: 2, ...times })
    onTestFinished(() => opened.close())
    const [{ count } = { count: 0 }] = await opened.store.$queryRaw<{ count: number }[]>(
      sql`select count(*)::int as count from sessions`,
    )
    expect(count).toBe(30)
    await opened.migrate(
      await makeMigrations({
        '20990101000000_later': `create table later (organization_id uuid not null, session_id uuid not null, id uuid not null,
          primary key (organization_id, session_id, id),
          foreign key (organization_id, session_id) references sessions (organization_id, id) on delete cascade);
          create function twice(n int) returns int language sql immutable as $$ select n * 2 $$`,
      }),
    )
    const places = await listPlacements({ rows: (text) => opened.store.$queryRaw(raw(text)) })
    expect(places.find(({ name }) => name === 'later')).toMatchObject({ is: 'distributed' })
    expect(
      await opened.store.$queryRaw(
        sql`select distinct twice(s.sent_message_count) > 0 as known from sessions s`,
      ),
    ).toEqual([{ known: expect.any(Boolean) }])
  }, 300_000)
})
