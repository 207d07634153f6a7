import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { seedSessions } from '../../src/cli/seed/seed-sessions.js'
import { storeActs } from '../../src/cli/serve.js'
import type { ModelStore } from '../../src/db/sql.js'
import { openTestStore } from '../support/store.js'

const [org, user] = [`org-${randomUUID().slice(0, 8)}`, `ada-${randomUUID()}@acme.example`]
const place = { org, workspace: 'main' }
const workspaceRef = { organization: org, workspace: 'main' }
const key = { flags: { ...place, user, role: 'admin', name: 'x' }, expiresAt: null }

const findKey = async (store: ModelStore) => {
  const { id } = await store.apiKey.findFirstOrThrow({ where: { organization: { slug: org } } })
  return { idOrPrefix: id }
}
const findUser = async (store: ModelStore) =>
  (await store.user.findFirstOrThrow({ where: { email: user } })).id

type Input = object | ((store: ModelStore) => Promise<object>)

/** Every act of commands in an order in which each finds what it needs, and the acts that stand in the audit after it. */
const commands: [string, Input, string[]][] = [
  [
    'orgs create',
    { slug: org, workspace: 'main', admin: user },
    ['create_organization', 'create_workspace', 'set_member'],
  ],
  ['orgs update', { slug: org, name: 'Acme' }, ['update_organization']],
  ['orgs update', { slug: org, name: 'Acme' }, []],
  ['orgs list', {}, []],
  ['workspaces create', { org, slug: 'second' }, ['create_workspace']],
  ['workspaces update', { org, slug: 'second', description: 'Models' }, ['update_workspace']],
  ['workspaces list', { org }, []],
  ['members set', { ...place, user: `bob-${user}`, role: 'admin' }, ['set_member']],
  ['members list', place, []],
  ['members remove', { ...place, user: `bob-${user}` }, ['remove_member']],
  ['create', key, ['create_key']],
  [
    'create',
    { ...key, flags: { ...key.flags, workspace: 'third' } },
    ['create_workspace', 'set_member', 'create_key'],
  ],
  ['list', {}, []],
  ['revoke', findKey, ['revoke_key']],
  ['projects create', { ...workspaceRef, project: { name: 'Robots' } }, ['create_project']],
  [
    'projects update',
    { ...workspaceRef, project: 'robots', change: { name: 'Machines' } },
    ['update_project'],
  ],
  ['projects delete', { ...workspaceRef, project: 'robots' }, ['delete_project']],
  ['projects list', workspaceRef, []],
  ['erase begin', { ...place, user }, []],
  [
    'erase read',
    async (store) => ({
      ...place,
      userId: await findUser(store),
      query: '{ viewer { scopes } }',
      variables: {},
    }),
    [],
  ],
  [
    'erase remove',
    async (store) => ({ ...place, userId: await findUser(store), dryRun: false, changedBefore: null }),
    ['erase_session'],
  ],
]

test('every command that changes the store leaves its entries, as one of the terminal, and one that reads leaves none', async () => {
  expect([...new Set(commands.map(([name]) => name))].sort()).toEqual(Object.keys(storeActs).sort())
  const { store } = await openTestStore()
  const entries = () => store.auditEntry.findMany({ where: { face: 'cli' }, orderBy: { seq: 'asc' } })
  const own = async () => {
    const organization = await store.organization.findUnique({ where: { slug: org } })
    return (await entries()).filter(({ organizationId }) => organizationId === organization?.id)
  }
  for (const [name, input, acts] of commands) {
    if (name === 'erase remove') await saveSession(store)
    const before = (await own()).length
    await storeActs[name]?.(store, (typeof input === 'function' ? await input(store) : input) as never)
    const left = (await own()).slice(before)
    expect({ name, acts: left.map(({ act }) => act) }).toEqual({ name, acts })
    for (const entry of left) expect(entry).toMatchObject({ outcome: 'done', keyPrefix: null, userId: null })
  }
})

async function saveSession(store: ModelStore): Promise<void> {
  const { organizationId, id: workspaceId } = await store.workspace.findFirstOrThrow({
    where: { slug: 'main', organization: { slug: org } },
  })
  await store.session.createMany({
    data: { organizationId, workspaceId, id: randomUUID(), ownerId: await findUser(store) },
  })
}

test('made-up sessions are one entry of their workspace, however many', async () => {
  const { store } = await openTestStore()
  const organization = `org-${randomUUID().slice(0, 8)}`
  const plan = {
    organization,
    workspace: 'main',
    sessions: 3,
    seed: 1,
    shape: 'typical',
    until: new Date(),
    batchSize: 10,
  }
  const progress = { start() {}, advance() {}, stop() {} }
  const { tenant } = await seedSessions(store, plan as never, progress as never)
  const { organizationId, workspaceId } = tenant
  const found = await store.auditEntry.findMany({ where: { organizationId } })
  expect(found).toMatchObject([{ act: 'seed_sessions', face: 'cli', outcome: 'done', workspaceId }])
})
