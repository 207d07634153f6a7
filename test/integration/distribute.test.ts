import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/connect.js'
import { listPlacements } from '../../src/db/sharding/placement.js'
import { raw, sql } from '../../src/db/sql.js'
import { createClusterDatabase, createNodeDatabase } from '../support/citus.js'
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

  const [code, found] = postgresql?.isPooled ? [1, 'A pooler stands between.*'] : [0, 'Nothing is lacking']
  expect(await cli(['doctor'], settings)).toMatchObject({
    code,
    stdout: expect.stringMatching(new RegExp(`^(PGlite|PostgreSQL) .* is not sharded\\n${found}\\n$`)),
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
      '_prisma_migrations stays local',
      'least_gateway becomes reference',
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

  test('the doctor names what a cluster lacks, and each thing it says mends it', async () => {
    if (postgresql === null || cluster === null) return
    const { coordinator } = cluster
    const [first, second] = cluster.nodes as [string, string]
    const url = await createClusterDatabase({ coordinator, nodes: [first] }, postgresql.prefix)
    const settings = { DATABASE_URL: url }
    const examine = async () => (await cli(['doctor'], settings)).stdout.trim().split('\n').slice(1)
    await cli(['distribute'], settings)
    expect(await examine()).toEqual(['Nothing is lacking'])

    await administer(
      url,
      'create table by_hand (organization_id uuid, id uuid, primary key (organization_id, id))',
    )
    expect(await examine()).toEqual([
      'The table by_hand is local and has to be distributed; run session-gateway distribute.',
    ])
    await cli(['distribute'], settings)
    expect(await examine()).toEqual(['Nothing is lacking'])

    const { hostname, port, host } = new URL(second)
    const added = await createNodeDatabase(second, url)
    await administer(url, `select citus_add_node('${hostname}', ${port})`)
    expect(await examine()).toEqual([
      `The node ${host} lacks tables that are on every node; SELECT replicate_reference_tables() on the coordinator.`,
    ])
    await administer(url, 'select replicate_reference_tables()')
    expect(await examine()).toEqual(['Nothing is lacking'])

    await administer(added, 'drop extension citus cascade')
    expect(await examine()).toEqual([
      `The node ${host} has no extension citus in this database; CREATE EXTENSION citus there.`,
    ])
    await administer(url, `update pg_dist_node set nodeport = 1 where nodeport = ${port}`)
    expect(await examine()).toEqual([
      expect.stringMatching(new RegExp(`^The node ${hostname}:1 cannot be reached: .*`)),
    ])
  }, 300_000)
})
