import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { openStore } from '../../src/db/connect.js'
import { cli, emptyStoreSettings, spawnCli } from '../support/cli.js'
import { createDatabase } from '../support/databases.js'
import { makeMigrations } from '../support/migration-folder.js'
import { silentProxy } from '../support/silent-proxy.js'

// What start loads only when it serves; loading is not what is timed.
await import('../../src/cli/serve.js')

const postgresql = inject('postgresql')
const connectTimeoutMs = 1500
const CONNECT_TIMEOUT_MS = `${connectTimeoutMs}`

test.each([
  ['start', '--port', '0'],
  ['start', '--port', '0', '--workers', '2'],
  ['migrate'],
  ['keys', 'list'],
])(
  '%s before a database that accepts and never answers ends with a sentence within the connect timeout',
  async (...args) => {
    const server = createServer((socket) => socket.on('error', () => {}).resume())
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    onTestFinished(() => void server.close())
    const { port } = server.address() as AddressInfo
    const begunAt = performance.now()
    const result = await cli(
      args.filter((arg) => arg !== undefined),
      {
        CONNECT_TIMEOUT_MS,
        DATABASE_URL: `postgresql://gateway:secret@127.0.0.1:${port}/sessions`,
      },
    )
    expect(result).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: `The database of DATABASE_URL at 127.0.0.1:${port} cannot be reached.\n`,
    })
    expect(performance.now() - begunAt).toBeLessThan(connectTimeoutMs + 1500)
  },
)

test('what migrations have of their own is named beside it', async () => {
  const { stderr } = await cli(['migrate'], {
    DATABASE_URL: 'postgresql://gateway:secret@127.0.0.1:1/sessions',
    DIRECT_DATABASE_URL: 'postgresql://gateway:secret@[::1]:2/sessions',
  })
  expect(stderr).toBe(
    'The database of DATABASE_URL at 127.0.0.1:1, or of DIRECT_DATABASE_URL at [::1]:2, cannot be reached.\n',
  )
})

test.skipIf(postgresql === null)(
  'a database that falls silent while it is migrated ends the command too',
  async () => {
    const url = await createDatabase(postgresql?.serverUrl ?? '', postgresql?.prefix ?? '')
    const proxy = await silentProxy(Number(new URL(url).port))
    onTestFinished(() => proxy.close())
    const silent = proxy.fallSilentAt('_prisma_migrations')
    const migrating = cli(['migrate'], { DATABASE_URL: proxy.urlOf(url), CONNECT_TIMEOUT_MS })
    await silent
    expect(await migrating).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(
        /^The database of DATABASE_URL at 127\.0\.0\.1:\d+ cannot be reached\.\n$/,
      ),
    })
  },
)

test.skipIf(postgresql === null)(
  'a start behind a held migration lock says what it waits for',
  {
    timeout: 180_000,
  },
  async () => {
    const url = await createDatabase(postgresql?.serverUrl ?? '', postgresql?.prefix ?? '')
    const holder = new pg.Client({ connectionString: url, application_name: 'holder' })
    await holder.connect()
    await holder.query('begin')
    await holder.query('select pg_advisory_xact_lock(7206173001)')
    const { output, until } = spawnCli(['start', '--port', '0'], { DATABASE_URL: url, LOG_LEVEL: 'warn' })
    await expect
      .poll(() => output.stderr, { timeout: 120_000 })
      .toMatch(
        /Migrating waits for PostgreSQL process \d+ \(holder at 127\.0\.0\.1, idle in transaction, \d+ s in its transaction\)/,
      )
    await holder.end()
    await until('http://')
  },
)

/** Migrates a store as another release of the gateway would have. */
async function migrateAs(env: Record<string, string>, scripts: Record<string, string>): Promise<void> {
  const [url, folder] = [env.DATABASE_URL ?? null, env.DATA_FOLDER ?? null]
  const opened = await openStore({
    ...{ url, folder, poolSize: 1 },
    ...{ statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 },
  })
  await opened.migrate()
  await opened.migrate(await makeMigrations(scripts))
  await opened.close()
}

test.each([['start', '--port', '0'], ['migrate'], ['keys', 'list']])(
  '%s of a gateway below the least version that the store names is refused with a sentence',
  async (...args) => {
    const env = await emptyStoreSettings()
    await migrateAs(env, { '20990101000000_raise': `update least_gateway set version = '99.1.0'` })
    const { code, stderr } = await cli(
      args.filter((arg) => arg !== undefined),
      env,
    )
    expect({ code, stderr }).toEqual({
      code: 1,
      stderr: expect.stringMatching(
        /^The store works with session-gateway 99\.1\.0 and newer, and this is \d+\.\d+\.\d+\.\n$/,
      ),
    })
  },
)

test('a store that a newer release has migrated is served by this one, which changes nothing', async () => {
  const env = await emptyStoreSettings()
  await migrateAs(env, { '20990101000000_future': 'alter table sessions add column of_the_future text' })
  const { code, stdout } = await cli(['migrate'], env)
  expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Nothing to apply\n/) })
  const place = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']
  expect((await cli(['keys', 'create', ...place], env)).code).toBe(0)
})
