import { execFile } from 'node:child_process'
import { cp, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, inject, onTestFinished, test } from 'vitest'
import { ensureDemo } from '../../src/cli/demo/demo.js'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { type OpenStore, openStore } from '../../src/db/connect.js'
import { cli, emptyStoreSettings, migratedFolder, temporaryFolder } from '../support/cli.js'
import { createDatabase } from '../support/databases.js'
import { pathWithTools, readBackupCommands } from '../support/operating-page.js'

const postgresql = inject('postgresql')
const query = `{
  workspace(organization: "acme", slug: "main") {
    sessions(first: 5, filter: { archived: ANY, includeWorkload: true }) {
      totalCount
      edges { node { uuid title transcript(last: 3) { edges { node { seq content } } } } }
    }
    sessionFacets(filter: { archived: ANY, includeWorkload: true }) {
      agents { edges { node { value } count } }
      models { edges { node { value } count } }
      labels { key edges { node { value } count } }
    }
  }
}`

/** What a gateway over the store answers; the facets first by the database, then by columns read anew. */
async function ask(settings: Record<string, string>, key: string): Promise<unknown[]> {
  const running = await startGateway(readConfig({ ...settings, LOG_LEVEL: 'silent', PORT: '0' }), {
    migrate: true,
  })
  try {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` }
    const answers: unknown[] = []
    for (let round = 0; round < 3; round++) {
      const answer = await fetch(`${running.url}/graphql`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ query }),
      })
      const { data, errors } = (await answer.json()) as any
      expect(errors).toBeUndefined()
      answers.push(data)
    }
    return answers
  } finally {
    await running.close()
  }
}

async function fill(settings: Record<string, string>): Promise<string> {
  await cli(['seed', '--sessions', '300', '--workspace', 'acme/main'], settings)
  return makeKey(settings)
}

async function makeKey(settings: Record<string, string>): Promise<string> {
  const place = ['--org', 'acme', '--workspace', 'main', '--user', 'ada@acme.example', '--role', 'admin']
  return (await cli(['keys', 'create', ...place], settings)).stdout.trim()
}

async function expectWhole(settings: Record<string, string>, key: string, before: unknown[]): Promise<void> {
  expect(await cli(['facets', 'verify'], settings)).toMatchObject({ code: 0, stdout: 'acme/main: exact\n' })
  expect(await ask(settings, key)).toEqual(before)
  expect(totalOf(before)).toBeGreaterThan(100)
  expect(before[2]).toEqual(before[0])
}

/** Both addresses of a database: pg_dump and pg_restore are not for poolers. */
function direct(DATABASE_URL: string): Record<string, string> {
  const url = new URL(DATABASE_URL)
  const { hostname, port } = new URL(postgresql!.directUrl)
  return { DATABASE_URL, DIRECT_DATABASE_URL: Object.assign(url, { hostname, port }).href }
}

const totalOf = ([answer]: any[]): number => answer.workspace.sessions.totalCount

/** Runs commands of the page, with the sources in place of what is installed; gives what they print. */
async function type(commands: string, folder: string, env: Record<string, string>): Promise<string> {
  const main = fileURLToPath(new URL('../../src/main.ts', import.meta.url))
  const tsx = import.meta.resolve('tsx')
  const gateway = `session-gateway() { '${process.execPath}' --import '${tsx}' '${main}' "$@"; }`
  const { stdout } = await promisify(execFile)('bash', ['-e', '-c', `${gateway}\n${commands}`], {
    cwd: folder,
    env: { ...process.env, ...env, NODE_ENV: 'development', PATH: pathWithTools() },
  })
  return stdout
}

test.skipIf(postgresql === null)(
  'what pg_dump wrote while a gateway served, pg_restore brings back: keys, sessions, transcripts, facets, and it goes on',
  async () => {
    const { serverUrl, prefix } = postgresql!
    const settings = await emptyStoreSettings()
    const key = await fill(settings)
    const before = await ask(settings, key)
    const { backup, restore } = readBackupCommands()
    const folder = await temporaryFolder()
    const serving = await startGateway(readConfig({ ...settings, LOG_LEVEL: 'silent', PORT: '0' }), {
      migrate: true,
    })
    await type(backup, folder, direct(settings.DATABASE_URL!))
    await serving.close()
    // Lost after the dump: nothing of this is to be seen afterwards.
    await cli(['seed', '--sessions', '350', '--workspace', 'acme/main'], settings)

    const restored = { DATABASE_URL: await createDatabase(serverUrl, prefix) }
    expect(await type(restore, folder, direct(restored.DATABASE_URL))).toBe('acme/main: exact\n')

    await expectWhole(restored, key, before)
    expect((await cli(['migrate'], restored)).stdout).toContain('Nothing to apply')
    await cli(['seed', '--sessions', '400', '--workspace', 'acme/main'], restored)
    expect((await cli(['facets', 'verify'], restored)).stdout).toBe('acme/main: exact\n')
    const [more] = (await ask(restored, key)) as any[]
    expect(more.workspace.sessions.totalCount).toBeGreaterThan(totalOf(before))
  },
  240_000,
)

test.skipIf(postgresql !== null)('a copy of a stopped embedded store is a backup', async () => {
  const settings = await emptyStoreSettings()
  const key = await fill(settings)
  const before = await ask(settings, key)
  const copy = join(await temporaryFolder(), 'copy')
  await cp(settings.DATA_FOLDER!, copy, { recursive: true })
  await rm(settings.DATA_FOLDER!, { recursive: true })

  await expectWhole({ DATA_FOLDER: copy }, key, before)
  onTestFinished(() => rm(copy, { recursive: true, force: true }))
})

test.skipIf(postgresql === null)(
  'an embedded store is copied into PostgreSQL row for row, and its keys go on there',
  async () => {
    const folder = await migratedFolder()
    await onStore({ folder }, ({ store }) => ensureDemo(store))
    const key = await makeKey({ DATA_FOLDER: folder })
    const before = await onStore({ folder }, readTables)
    const { DATABASE_URL } = await emptyStoreSettings()
    const url = DATABASE_URL!

    expect(await cli(['copy', folder], { DATABASE_URL: url })).toEqual({
      ...{ code: 0, stderr: '' },
      stdout: expect.stringMatching(/^Copied \d+ rows into PostgreSQL at /),
    })
    expect(await onStore({ url }, readTables)).toEqual(before)
    expect(Object.values(before).filter(({ length }) => length > 0).length).toBeGreaterThan(10)
    const [copied] = (await ask({ DATABASE_URL: url }, key)) as any[]
    expect(copied.workspace.sessions.totalCount).toBeGreaterThan(10)
    expect(await cli(['copy', folder], { DATABASE_URL: url })).toEqual({
      ...{ code: 1, stdout: '' },
      stderr: expect.stringMatching(
        /^The database holds rows in \w+ already; a copy takes an empty one\.\n$/,
      ),
    })
  },
  240_000,
)

test('what cannot be copied is said in a sentence', async () => {
  const settings = await emptyStoreSettings()
  const none = join(await temporaryFolder(), 'none')
  expect(await cli(['copy', none], settings)).toMatchObject(
    postgresql === null
      ? { code: 2, stderr: 'DATABASE_URL names no database to copy into.\n' }
      : { code: 1, stderr: `There is no store in ${none}; start and migrate make one.\n` },
  )
})

async function onStore<Result>(
  place: { folder: string } | { url: string },
  work: (opened: OpenStore) => Promise<Result>,
): Promise<Result> {
  const opened = await openStore({
    ...{ url: null, folder: null, poolSize: 1, statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 },
    ...place,
  })
  try {
    return await work(opened)
  } finally {
    await opened.close()
  }
}

/** Every row of every table but those that belong to a server or are made behind appends. */
function readTables({ examine }: OpenStore): Promise<Record<string, string[]>> {
  const ofServers = ['_prisma_migrations', 'least_gateway', 'stream_leases']
  const madeAnew = ['session_events', 'session_log_floors', 'message_blocks', 'message_blocks_due']
  return examine(async (db) => {
    const tables = await db.rows<{ name: string }>(
      `select tablename::text as name from pg_tables where schemaname = 'public' and tablename <> all($1)`,
      [[...ofServers, ...madeAnew]],
    )
    const read: Record<string, string[]> = {}
    for (const { name } of tables) {
      const rows = await db.rows<{ row: string }>(`select row_to_json(t)::text as row from "${name}" t`)
      read[name] = rows.map(({ row }) => row).sort()
    }
    return read
  })
}
