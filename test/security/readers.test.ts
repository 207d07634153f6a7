import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Db, raw, sql } from '../../src/db/sql.js'
import {
  allowReader,
  listReaders,
  policies,
  refreshReaders,
  refuseReader,
} from '../../src/domain/readers/readers.js'
import { scopeOf, visibleIn } from '../../src/domain/session/filter.js'
import { unknownOrigin } from '../../src/domain/tenancy/api-key.js'
import { createWorkspaces } from '../../src/domain/tenancy/create-workspaces.js'
import { listWorkspaceAccess } from '../../src/domain/tenancy/workspace.js'
import type { Viewer } from '../../src/domain/viewer.js'
import { openTestStore, type TestStore } from '../support/store.js'

let opened: TestStore
const role = `reader_${randomUUID().slice(0, 8)}`

beforeAll(async () => {
  opened = await openTestStore()
  await opened.store.$executeRaw(raw(`create role ${role}`))
  await allowReader(opened.store, role)
})
afterAll(async () => {
  const { store } = opened
  if ((await listReaders(store)).some((reader) => reader.role === role)) await refuseReader(store, role)
  await store.$executeRaw(raw(`drop owned by ${role}`))
  await store.$executeRaw(raw(`drop role ${role}`))
})

/** What a statement gives to the role, for this viewer; the settings end with the transaction, as behind a pooler. */
function readAs<Rows>(
  viewer: { organizationId: string; userId: string } | null,
  work: (db: Db) => Promise<Rows>,
): Promise<Rows> {
  return opened.store.transact(async (db) => {
    await db.$executeRaw(raw(`set local role ${role}`))
    if (viewer !== null)
      await db.$queryRaw(sql`select set_config('session_gateway.organization', ${viewer.organizationId}, true),
        set_config('session_gateway.viewer', ${viewer.userId}, true)`)
    return work(db)
  })
}

interface World {
  organizationId: string
  users: string[]
  workspaces: string[]
}

const sessionArbitrary = fc.record({
  workspace: fc.nat(2),
  owner: fc.nat(3),
  isShared: fc.boolean(),
  messages: fc.nat(2),
})
const worldArbitrary = fc.record({
  members: fc.uniqueArray(fc.tuple(fc.nat(3), fc.nat(2)), { selector: String }),
  sessions: fc.array(sessionArbitrary, { minLength: 1, maxLength: 12 }),
})

async function makeWorld({
  members,
  sessions,
}: typeof worldArbitrary extends fc.Arbitrary<infer T> ? T : never) {
  const { store } = opened
  const world: World = {
    organizationId: randomUUID(),
    users: Array.from({ length: 4 }, () => randomUUID()),
    workspaces: Array.from({ length: 3 }, () => randomUUID()),
  }
  const { organizationId, users, workspaces } = world
  await store.organization.create({ data: { id: organizationId, slug: organizationId, name: 'Readers' } })
  await store.user.createMany({
    data: users.map((id) => ({ id, email: `${id}@readers.test`, username: id })),
  })
  await store.transact((db) =>
    createWorkspaces(
      db,
      organizationId,
      workspaces.map((id, index) => ({ id, slug: `w${index}`, name: `W${index}` })),
    ),
  )
  await store.workspaceMember.createMany({
    data: members.map(([user, workspace]) => ({
      ...{ organizationId, workspaceId: workspaces[workspace]!, userId: users[user]!, role: 'READ' as const },
    })),
  })
  for (const { workspace, owner, isShared, messages } of sessions) {
    const id = randomUUID()
    await store.$executeRaw(sql`insert into sessions (organization_id, id, workspace_id, owner_id, visibility)
      values (${organizationId}::uuid, ${id}::uuid, ${workspaces[workspace]}::uuid, ${users[owner]}::uuid,
        ${isShared ? 'workspace' : 'private'}::session_visibility)`)
    for (let seq = 1; seq <= messages; seq++)
      await store.$executeRaw(sql`insert into messages (organization_id, session_id, seq, id, place, role, content)
        values (${organizationId}::uuid, ${id}::uuid, ${seq}::int, ${randomUUID()}::uuid, ${seq}::int, 'user', 'Hello')`)
  }
  return world
}

const viewerOf = ({ organizationId }: World, userId: string): Viewer => ({
  ...{ keyId: randomUUID(), keyPrefix: null, from: unknownOrigin, organizationId, userId },
  ...{ workspaceId: null, defaultWorkspaceId: null, scopes: new Set(['sessions:read'] as const) },
})

const idsOf = (rows: { id: string }[]) => rows.map(({ id }) => id).toSorted()
const sessionsRead = sql`select id from sessions`
const messagesRead = sql`select id from messages`

/** For one viewer what the gateway's own condition gives, and what the role reads without any. */
async function compare(world: World, userId: string) {
  const viewer = viewerOf(world, userId)
  const scope = scopeOf(viewer, await listWorkspaceAccess(opened.store, viewer))
  const read = <Row>(statement: typeof sessionsRead, db: Db) => db.$queryRaw<Row[]>(statement)
  const own = {
    sessions: idsOf(await read(sql`select s.id from sessions s where ${visibleIn(scope)}`, opened.store)),
    messages: idsOf(
      await read(
        sql`select m.id from messages m join sessions s on s.organization_id = m.organization_id and s.id = m.session_id
          where ${visibleIn(scope)}`,
        opened.store,
      ),
    ),
  }
  const asViewer = { organizationId: world.organizationId, userId }
  const seen = await readAs(asViewer, async (db) => ({
    sessions: idsOf(await read(sessionsRead, db)),
    messages: idsOf(await read(messagesRead, db)),
  }))
  return { own, seen }
}

test('of random worlds a role reads for every viewer exactly the sessions and messages that the gateway shows', async () => {
  let seenInAll = 0
  await fc.assert(
    fc.asyncProperty(worldArbitrary, async (made) => {
      const world = await makeWorld(made)
      for (const userId of world.users) {
        const { own, seen } = await compare(world, userId)
        expect(seen).toEqual(own)
        seenInAll += seen.sessions.length
      }
    }),
    { numRuns: 15 },
  )
  expect(seenInAll).toBeGreaterThan(0)
}, 120_000)

test('a policy that says anything else than the gateway is found out by that comparison, and made anew', async () => {
  const world = await makeWorld({
    members: [[0, 0]],
    sessions: [{ workspace: 0, owner: 1, isShared: true, messages: 1 }],
  })
  const name = `session_gateway_reader_${role}`
  const altered = policies.get('sessions')!.replace(`'workspace'`, `'private'`)
  expect(altered).not.toBe(policies.get('sessions'))
  await opened.store.$executeRaw(raw(`alter policy ${name} on sessions using (${altered})`))
  const { own, seen } = await compare(world, world.users[0]!)
  expect(seen).not.toEqual(own)

  await opened.store.$executeRaw(raw(`comment on policy ${name} on sessions is 'of another version'`))
  expect(await listReaders(opened.store)).toContainEqual({ role, isCurrent: false })
  expect(await refreshReaders(opened.store)).toContain(role)
  const anew = await compare(world, world.users[0]!)
  expect(anew.seen).toEqual(anew.own)
  expect(await refreshReaders(opened.store)).toEqual([])
})

test('a transaction that names nobody, or somebody of another organization, reads nothing', async () => {
  const [world, other] = [
    await makeWorld({
      members: [[0, 0]],
      sessions: [{ workspace: 0, owner: 0, isShared: true, messages: 1 }],
    }),
    await makeWorld({ members: [], sessions: [{ workspace: 0, owner: 1, isShared: true, messages: 1 }] }),
  ]
  const count = (table: string) => (db: Db) => db.$queryRaw<unknown[]>(raw(`select 1 from ${table}`))
  const foreign = { organizationId: other.organizationId, userId: world.users[0]! }
  for (const table of policies.keys()) {
    expect(await readAs(null, count(table)), table).toEqual([])
    expect(await readAs(foreign, count(table)), table).toEqual([])
  }
  // What one transaction said does not outlive it.
  await readAs({ organizationId: world.organizationId, userId: world.users[0]! }, count('sessions'))
  expect(await readAs(null, count('sessions'))).toEqual([])
})

test('a role reads those tables alone, and writes none', async () => {
  const everything = await opened.store.$queryRaw<{ name: string }[]>(
    sql`select tablename as name from pg_tables where schemaname = 'public'`,
  )
  expect(everything.length).toBeGreaterThan(policies.size + 5)
  for (const { name } of everything.filter((table) => !policies.has(table.name)))
    await expect(
      readAs(null, (db) => db.$queryRaw(raw(`select 1 from "${name}"`))),
      name,
    ).rejects.toThrow(/permission denied/)
  for (const table of policies.keys())
    await expect(
      readAs(null, (db) => db.$executeRaw(raw(`delete from ${table}`))),
      table,
    ).rejects.toThrow(/permission denied/)
})

test('a role that no policy binds, one that is not there, and a name that is none are refused', async () => {
  const { store } = opened
  const [owner] = await store.$queryRaw<{ name: string }[]>(sql`select current_user::text as name`)
  await expect(allowReader(store, owner!.name)).rejects.toThrow('No policy binds')
  await expect(allowReader(store, 'nobody_there')).rejects.toThrow('There is no role')
  await expect(allowReader(store, 'x"; drop table sessions; --')).rejects.toThrow('A role is')
  await expect(refuseReader(store, 'nobody_there')).rejects.toThrow('reads nothing')
})

test('each organization is told that a role was let read and was refused, and not that its policies were made anew', async () => {
  const world = await makeWorld({
    members: [],
    sessions: [{ workspace: 0, owner: 0, isShared: true, messages: 0 }],
  })
  const { store } = opened
  await allowReader(store, role)
  await store.$executeRaw(
    raw(`comment on policy session_gateway_reader_${role} on sessions is 'of another version'`),
  )
  await refreshReaders(store)
  await refuseReader(store, role)
  await allowReader(store, role)
  const { organizationId } = world
  const entries = await store.auditEntry.findMany({ where: { organizationId }, orderBy: { seq: 'asc' } })
  expect(entries).toMatchObject(
    ['allow_reader', 'refuse_reader', 'allow_reader'].map((act) => ({
      ...{ act, outcome: 'done', face: 'cli', workspaceId: null, subjectId: null, keyId: null },
      subjectName: role,
    })),
  )
})

test('a role that is refused reads nothing, and the tables are as they were before', async () => {
  await refuseReader(opened.store, role)

  await expect(readAs(null, (db) => db.$queryRaw(sessionsRead))).rejects.toThrow(/permission denied/)
  const [locked] = await opened.store.$queryRaw<{ count: number }[]>(
    sql`select count(*)::int as count from pg_class where relrowsecurity`,
  )
  if ((await listReaders(opened.store)).length === 0) expect(locked?.count).toBe(0)
  await allowReader(opened.store, role)
})
