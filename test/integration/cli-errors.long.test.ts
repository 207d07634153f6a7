import { randomUUID } from 'node:crypto'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import packageJson from '../../package.json' with { type: 'json' }
import { formatNames } from '../../src/cli/import/formats.js'
import { cli, emptyStoreSettings, migratedFolder, temporaryFolder } from '../support/cli.js'

const unreachable = 'postgresql://gateway:hunter2@127.0.0.1:1/sessions'
const postgresql = inject('postgresql')
const place = ['--org', 'acme', '--workspace', 'main']

test.each<[string, string[], Record<string, string>, number, string]>([
  ['an unknown command', ['serve'], {}, 2, "Unknown command 'serve'; see session-gateway --help."],
  ['an unknown flag', ['start', '--prot', '1'], {}, 2, "Unknown option '--prot' (Did you mean --port?)"],
  ['a flag without its value', ['start', '--port'], {}, 2, "Option '--port <number>' argument missing."],
  [
    'a word too many',
    ['migrate', 'now'],
    {},
    2,
    "Too many arguments for 'migrate'. Expected 0 arguments but got 1; see session-gateway migrate --help.",
  ],
  [
    'a port that is none',
    ['start', '--port', '99999'],
    {},
    2,
    '--port takes a whole number from 0 to 65535, not "99999".',
  ],
  [
    'a bad variable',
    ['start'],
    { POOL_SIZE: 'many' },
    2,
    'POOL_SIZE takes a whole number from 1 to 1000, not "many".',
  ],
  [
    'a bad URL of the database',
    ['migrate'],
    { DATABASE_URL: 'mysql://root:pw@x/y' },
    2,
    'DATABASE_URL takes a postgres:// or postgresql:// URL.',
  ],
  [
    'a folder beside DATABASE_URL',
    ['start', '--data', 'x'],
    { DATABASE_URL: unreachable },
    2,
    '--data names the folder of the embedded store, which DATABASE_URL replaces.',
  ],
  [
    'a demo beside DATABASE_URL',
    ['start'],
    { DATABASE_URL: unreachable, DEMO: 'true' },
    2,
    'DEMO=true needs the embedded store, so it cannot go with DATABASE_URL.',
  ],
  [
    'a demo for everyone',
    ['start', '--host', '0.0.0.0'],
    { DEMO: 'true' },
    2,
    'DEMO=true needs a loopback host such as 127.0.0.1: its keys are public.',
  ],
  [
    'a demo in production',
    ['start'],
    { NODE_ENV: 'production', DEMO: 'true' },
    2,
    'DEMO=true cannot go with NODE_ENV=production: its keys are public.',
  ],
  [
    'start without its database',
    ['start', '--port', '0'],
    { DATABASE_URL: unreachable },
    1,
    'The database of DATABASE_URL at 127.0.0.1:1 cannot be reached.',
  ],
  [
    'migrate without its database',
    ['migrate'],
    { DATABASE_URL: unreachable },
    1,
    'The database of DATABASE_URL at 127.0.0.1:1 cannot be reached.',
  ],
  [
    'keys without their database',
    ['keys', 'list'],
    { DATABASE_URL: unreachable },
    1,
    'The database of DATABASE_URL at 127.0.0.1:1 cannot be reached.',
  ],
  [
    'a key of unknown scope',
    ['keys', 'create', ...place, '--scope', 'all'],
    {},
    2,
    "Option '--scope <scope...>' argument 'all' is invalid. Allowed choices are sessions:read, sessions:write, sessions:evaluate, sessions:import, organizations:manage.",
  ],
  ['import without a file', ['import', '/no/such/file', ...place], {}, 1, 'There is no file /no/such/file.'],
  [
    'import of a folder',
    ['import', 'src/db', ...place],
    {},
    1,
    'The folder src/db has no .json or .jsonl files.',
  ],
  [
    'import of something else',
    ['import', 'package.json', ...place],
    {},
    1,
    `package.json holds no sessions of a known format (${formatNames.join(', ')}); --format says which it is.`,
  ],
  [
    'import of no JSON',
    ['import', 'prisma/schema.prisma', ...place],
    {},
    1,
    'prisma/schema.prisma is neither JSON nor JSON Lines: line 1 cannot be read.',
  ],
  [
    'a data folder below a file',
    ['migrate'],
    { DATA_FOLDER: 'package.json/store' },
    1,
    `${join(process.cwd(), 'package.json/store/locks')} lies below what is no folder.`,
  ],
  [
    'a data folder that nothing can make',
    ['migrate'],
    { DATA_FOLDER: '/proc/none/store' },
    1,
    '/proc/none cannot be made: nothing takes a folder there.',
  ],
  [
    'a data folder without a name',
    ['keys', 'list', '--data', ''],
    {},
    2,
    "Option '--data <folder>' is empty.",
  ],
  ['an erasure of nobody', ['erase', ...place, '--user', ''], {}, 2, "Option '--user <user>' is empty."],
  ['an import of nothing', ['import', ' ', ...place], {}, 2, "Argument 'path' is empty."],
  [
    'a file of an erasure without a name',
    ['erase', ...place, '--user', 'ada@acme.example', '--out', ''],
    {},
    2,
    "Option '--out <file>' is empty.",
  ],
  [
    'import without a workspace',
    ['import', 'x', '--org', 'acme'],
    {},
    2,
    'import takes both --org and --workspace, or neither.',
  ],
  [
    'import with a label without a colon',
    ['import', 'x', ...place, '--label', 'env'],
    {},
    2,
    "Option '--label <key:value>' argument 'env' is invalid. A label has the form key:value.",
  ],
  [
    'audit of what is no uuid',
    ['audit', 'list', '--subject', 'mine'],
    {},
    2,
    "Option '--subject <uuid>' argument 'mine' is invalid. It takes a uuid.",
  ],
  [
    'a rule that is no uuid',
    ['retention', 'remove', 'mine'],
    {},
    2,
    "Command-argument value 'mine' is invalid for argument 'uuid'. It takes a uuid.",
  ],
  [
    'a key from a file with a line end',
    ['list', '--key', 'sgw_secret\r'],
    {},
    2,
    '--key takes a key, such as sgw_…, without spaces or line ends.',
  ],
  [
    'a key that is no ASCII',
    ['list'],
    { SESSION_GATEWAY_KEY: 'sgw_schlüssel' },
    2,
    'SESSION_GATEWAY_KEY takes a key, such as sgw_…, without spaces or line ends.',
  ],
  [
    'a gateway with a password',
    ['list', '--url', 'http://ada:hunter2@127.0.0.1:4000', '--key', 'sgw_x'],
    {},
    2,
    '--url takes an address without a user; the key goes into --key.',
  ],
  [
    'a value that is too long to repeat',
    ['list', '--label', 'x'.repeat(5000)],
    {},
    2,
    `Option '--label <key:value>' argument '${'x'.repeat(199)}…' is invalid. A label has the form key:value.`,
  ],
])('%s is one sentence and an exit code', async (_name, args, env, code, sentence) => {
  expect(await cli(args, env)).toEqual({ code, stdout: '', stderr: `${sentence}\n` })
})

test('a port in use is one sentence, which names the setting that takes another', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void other.close())
  await new Promise((resolve) => other.once('listening', resolve))
  const { port } = other.address() as { port: number }
  const data = await migratedFolder()
  const start = (wanted: number, env = {}) =>
    cli(['start', '--no-demo', '--port', `${wanted}`, '--data', data], env)
  const refusal = (setting: string) => ({
    code: 1,
    stdout: '',
    stderr: `Port ${port} of 127.0.0.1 is in use; ${setting} takes another one.\n`,
  })

  expect(await start(port)).toEqual(refusal('--port'))
  expect(await start(0, { METRICS_PORT: `${port}` })).toEqual(refusal('METRICS_PORT'))
  // What start had opened is closed: the folder can be opened again.
  expect((await cli(['migrate', '--data', data])).code).toBe(0)
})

// A pooler of tests has one user for all.
const hasRoles = postgresql !== null && !postgresql.isPooled

test.runIf(hasRoles)('a role that does not own the database is told so', async () => {
  const { DATABASE_URL = '' } = await emptyStoreSettings()
  const role = `guest_${randomUUID().slice(0, 8)}`
  const client = new pg.Client({ connectionString: DATABASE_URL })
  await client.connect()
  await client.query(`create role ${role} login`)
  onTestFinished(async () => {
    await client.query(`drop role ${role}`)
    await client.end()
  })
  const asGuest = new URL(DATABASE_URL)
  asGuest.username = role

  expect(await cli(['migrate'], { DATABASE_URL: asGuest.href })).toEqual({
    code: 1,
    stdout: '',
    stderr: 'The user of DATABASE_URL has to own the database: permission denied for schema public.\n',
  })
})

test.skipIf(postgresql === null)(
  'a database in another encoding is told so, with what makes one',
  async () => {
    const { DATABASE_URL = '' } = await emptyStoreSettings()
    const ascii = new URL(DATABASE_URL)
    ascii.pathname += '_ascii'
    const client = new pg.Client({ connectionString: DATABASE_URL })
    await client.connect()
    await client.query(
      `create database ${ascii.pathname.slice(1)} encoding 'SQL_ASCII' locale 'C' template template0`,
    )
    await client.end()

    expect(await cli(['migrate'], { DATABASE_URL: ascii.href })).toEqual({
      ...{ code: 1, stdout: '' },
      stderr:
        "The database of DATABASE_URL is not in UTF8: create database … encoding 'UTF8' template template0.\n",
    })
    expect((await cli(['doctor'], { DATABASE_URL: ascii.href })).stdout).toContain(
      'The database is in SQL_ASCII;',
    )
  },
)

test('a store that was never migrated is named as such', async () => {
  const data = join(await temporaryFolder(), 'data')
  const { code, stderr } = await cli(['start', '--no-migrate', '--port', '0', '--data', data])
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: 'The store has not been migrated; run session-gateway migrate.\n',
  })
})

test.each([
  [[], 'Commands:'],
  [['start'], 'session-gateway start --port 8080'],
  [['migrate'], 'session-gateway migrate'],
  [['copy'], 'session-gateway copy .data/team'],
  [['distribute'], 'session-gateway distribute --dry-run'],
  [['doctor'], 'session-gateway doctor'],
  [['import'], 'session-gateway import gpt-4o-airline.json'],
  [['keys'], 'session-gateway keys list'],
  [['keys', 'create'], 'session-gateway keys create --org acme'],
  [['keys', 'list'], 'session-gateway keys list --json'],
  [['keys', 'revoke'], 'session-gateway keys revoke'],
])('%j --help describes, and gives an example', async (args, example) => {
  const { code, stdout, stderr } = await cli([...args, '--help'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toMatch(/^Usage: session-gateway/)
  expect(stdout).toContain(example)
  expect(stdout).toMatch(/\n\n[A-Z][^\n]+/)
})

test('--version prints the version alone', async () => {
  expect(await cli(['--version'])).toEqual({ code: 0, stdout: `${packageJson.version}\n`, stderr: '' })
})
