import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { authenticate } from '../../src/auth/authenticate.js'
import { withStore } from '../../src/cli/store.js'
import { listWorkspaceAccess } from '../../src/domain/tenancy/workspace.js'
import { cli, emptyStoreSettings, temporaryFolder } from '../support/cli.js'
import { createDatabase } from '../support/databases.js'

const cleanUps: (() => Promise<void>)[] = []
let settings: Record<string, string>
beforeAll(async () => {
  settings = await emptyStoreSettings((work) => cleanUps.push(work))
  await cli(['migrate'], settings)
})
afterAll(async () => {
  for (const work of cleanUps) await work()
})

const keys = (...args: string[]) => cli(['keys', ...args], settings)
const create = (...args: string[]) => keys('create', '--org', 'acme', '--workspace', 'main', ...args)

/** Who a secret belongs to and what it may enter, as the gateway sees it. */
async function whoIs(secret: string) {
  const before = process.env
  process.env = { ...before, ...settings }
  try {
    return await withStore({}, async ({ store }) => {
      const viewer = await authenticate(store, secret)
      const access = await listWorkspaceAccess(store, viewer)
      return { scopes: [...viewer.scopes], access: access.map(({ slug, role }) => `${slug} ${role}`) }
    })
  } finally {
    process.env = before
  }
}

test('a first key makes organization, workspace, user and membership, and says so; a second makes only itself', async () => {
  const first = await create('--user', 'Ada@acme.example', '--role', 'admin')

  expect(first.code).toBe(0)
  expect(first.stdout).toMatch(/^sgw_[\w-]{43}\n$/)
  expect(first.stderr.split('\n')).toEqual([
    'Made the organization acme',
    'Made the workspace main',
    'Made the user ada (ada@acme.example)',
    'Gave ada the role ADMIN in main',
    expect.stringMatching(
      /^Made the key sgw_.{8}… \([0-9a-f-]{36}\), which never expires; this is the only time it is shown$/,
    ),
    '',
  ])
  expect(await whoIs(first.stdout.trim())).toEqual({
    scopes: ['sessions:read', 'sessions:write'],
    access: ['main ADMIN'],
  })

  const second = await create(
    '--user',
    'ada',
    '--scope',
    'sessions:read',
    '--name',
    'dashboard',
    '--expires',
    '90d',
  )
  expect(second.stderr).toMatch(/^Made the key .*which expires .*\n$/)
  expect(await whoIs(second.stdout.trim())).toEqual({ scopes: ['sessions:read'], access: ['main ADMIN'] })
})

test('a role that is given changes the one there was', async () => {
  await create('--user', 'bo@acme.example')
  const { stderr } = await create('--user', 'bo', '--role', 'read')
  expect(stderr).toContain('Gave bo the role READ (it was WRITE) in main')
})

test('a service key is bound to its workspace and has no user', async () => {
  const { stdout } = await create('--service', '--scope', 'sessions:read', '--json')
  const { secret, id } = JSON.parse(stdout)
  expect(await whoIs(secret)).toEqual({ scopes: ['sessions:read'], access: ['main READ'] })
  const listed = JSON.parse((await keys('list', '--json')).stdout)
  expect(listed.find((key: { id: string }) => key.id === id)).toMatchObject({
    ...{
      organization: 'acme',
      workspace: 'main',
      boundToWorkspace: true,
      user: null,
      scopes: ['sessions:read'],
    },
    ...{ expiresAt: null, revokedAt: null },
  })
})

test('a revoked key ends at once, and the list shows when', async () => {
  const { secret, id } = JSON.parse((await create('--user', 'cy@acme.example', '--json')).stdout)
  const { stdout } = await keys('revoke', secret.slice(0, 12))
  expect(stdout).toBe(`Revoked ${secret.slice(0, 12)}… (${id})\n`)
  await expect(whoIs(secret)).rejects.toThrow('Invalid API key')
  expect((await keys('revoke', id)).stdout).toMatch(/^Revoked already, at 20/)
  const table = (await keys('list')).stdout
  expect(table).toMatch(/^ID +PREFIX +NAME +USER +WORKSPACE +SCOPES +CREATED +LAST USED +EXPIRES +REVOKED\n/)
  expect(table).toMatch(
    new RegExp(`^${id}  sgw_.{8}…  cy .* acme/main .*\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d$`, 'm'),
  )
  expect(table).not.toContain(secret)
})

test.each([
  [['revoke', 'sgw_'], 1, /^\d keys begin with sgw_; keys list shows their ids\.\n$/],
  [['revoke', 'nobody'], 1, 'There is no key nobody; keys list shows those that are there.\n'],
  [['revoke', ''], 2, "Argument 'id|prefix' is empty.\n"],
  [['revoke', '_gw_'], 1, /^There is no key _gw_;/],
  [['revoke', '00000000-0000-4000-8000-000000000000'], 1, /^There is no key 00000000/],
])('keys %j ends with %i', async (args, code, sentence) => {
  const result = await keys(...args)
  expect(result).toMatchObject({ code, stdout: '' })
  expect(result.stderr).toMatch(sentence)
})

const wrongUsage: [string[], string][] = [
  [['--user', 'nobody'], 'There is no user nobody; a new one takes an e-mail address.'],
  [['--user', 'a@b@c'], 'a@b@c is no e-mail address.'],
  [
    ['--user', 'ada', '--expires', 'soon'],
    '--expires takes days such as 90d or a date such as 2027-01-31, not "soon".',
  ],
  [['--user', 'ada', '--expires', '2020-01-31'], '--expires takes a time to come, and 2020-01-31 is over.'],
  [
    ['--user', 'ada', '--org', 'Acme!'],
    '--org takes up to 63 lower-case letters, digits and hyphens, not "Acme!".',
  ],
  [['--user', ''], "Option '--user <email>' is empty."],
  [['--user', 'ada', '--name', ' '], "Option '--name <name>' is empty."],
  [
    ['--user', 'ada', '--name', 'x'.repeat(101)],
    `--name takes at most 100 characters, not "${'x'.repeat(59)}…".`,
  ],
  [[], 'A key takes --user, or --service for one without a user.'],
]

test('wrong usage is one sentence and makes nothing', async () => {
  const before = (await keys('list')).stdout
  for (const [args, sentence] of wrongUsage)
    expect(await create(...args)).toEqual({ code: 2, stdout: '', stderr: `${sentence}\n` })
  expect((await keys('list')).stdout).toBe(before)
})

test('the list makes no store and migrates nothing', async () => {
  const server = inject('postgresql')
  const empty: Record<string, string> =
    server === null
      ? { DATA_FOLDER: join(await temporaryFolder(), 'none') }
      : { DATABASE_URL: await createDatabase(server.serverUrl, server.prefix) }

  for (const _ of ['once', 'again'])
    expect(await cli(['keys', 'list'], empty)).toEqual({
      code: 1,
      stdout: '',
      stderr:
        server === null
          ? `There is no store in ${empty.DATA_FOLDER}; start and migrate make one.\n`
          : 'The store has not been migrated; run session-gateway migrate.\n',
    })
})

test('keys that are made and revoked leave entries of the audit, by nobody’s key', async () => {
  const made = JSON.parse((await create('--service', '--json')).stdout)
  await keys('revoke', made.id)
  await keys('revoke', made.id)
  const before = process.env
  process.env = { ...before, ...settings }
  try {
    const entries = await withStore({}, ({ store }) =>
      store.auditEntry.findMany({ where: { subjectId: made.id }, orderBy: { seq: 'asc' } }),
    )
    expect(entries.map(({ act, face, keyId, userId }) => [act, face, keyId, userId])).toEqual([
      ['create_key', 'cli', null, null],
      ['revoke_key', 'cli', null, null],
    ])
  } finally {
    process.env = before
  }
})
