import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { raw, sql } from '../../src/db/sql.js'
import { type EventListener, listen } from '../support/event-listener.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { mutationOf } from '../support/mutation.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
let world: SeededWorkspace

beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedWorkspace()
})

afterAll(() => gateway.close())

/** Listens from now on: what committed before an older transaction of the server has ended would be heard, too. */
async function listenAs(member: Member, options = {}, at = gateway): Promise<EventListener> {
  const read = async (bound: 'xmin' | 'xmax') => {
    const [row] = await world.store.$queryRaw<[{ xid: bigint }]>(
      sql`select ${raw(`pg_snapshot_${bound}`)}(pg_current_snapshot())::text::bigint as xid`,
    )
    return row.xid
  }
  const before = await read('xmax')
  await expect.poll(async () => (await read('xmin')) >= before, { timeout: 10_000 }).toBe(true)
  const listener = await listen(at, world, member, options)
  onTestFinished(() => listener.close())
  return listener
}

/** Does a mutation as a member, on one session. */
async function act(member: Member, mutation: string, id: string, input = {}): Promise<void> {
  const answer = await member.graphql(mutationOf(mutation), { input: { ...world.place, id, ...input } })
  expect(answer.errors).toBeUndefined()
}

const shared = { visibility: 'WORKSPACE' }
const messages = [{ role: 'USER', content: 'hello' }]

test('every kind of change is told, in the order in which it was made', async () => {
  const { ana, bob } = world
  const listener = await listenAs(ana)

  const id = await saveSession(world, bob, shared)
  await act(bob, 'updateSession', id, { title: 'renamed' })
  await act(bob, 'appendTranscript', id, { messages })
  await act(bob, 'archiveSession', id)
  await act(bob, 'unarchiveSession', id)
  await act(bob, 'freezeSession', id)
  await listener.count(6)
  expect(listener.events.at(-1)?.session).toEqual({
    uuid: id,
    title: 'renamed',
    createdBy: { login: bob.login },
  })
  await bob.graphql(
    'mutation Delete($input: DeleteSessionInput!) { deleteSession(input: $input) { __typename } }',
    { input: { ...world.place, id } },
  )

  expect((await listener.count(7)).map(({ kind }) => kind)).toEqual([
    ...['CREATED', 'UPDATED', 'MESSAGES_APPENDED', 'ARCHIVED', 'UNARCHIVED', 'FROZEN', 'DELETED'],
  ])
  const sessionId = Buffer.from(`Session:${world.organizationId}/${id}`).toString('base64')
  expect(listener.events.at(-1)).toMatchObject({ sessionUuid: id, sessionId, session: null })
  expect(new Set(listener.events.map((event) => event.id)).size).toBe(7)
})

test('what direct SQL changes is told as well, and what it leaves as it was is not', async () => {
  const { ana, bob, store } = world
  const id = await saveSession(world, bob, { ...shared, title: 'a' })
  const listener = await listenAs(ana)

  await store.$executeRaw(sql`update sessions set title = 'a' where id = ${id}::uuid`)
  await store.$executeRaw(sql`update sessions set title = 'b' where id = ${id}::uuid`)
  await store.$executeRaw(sql`delete from sessions where id = ${id}::uuid`)

  await listener.count(1)
  await expect.poll(() => listener.heard().at(-1)).toBe(`DELETED ${id}`)
  expect(listener.heard().filter((event) => event.startsWith('UPDATED')).length).toBeLessThan(2)
})

describe('who hears what', () => {
  test('a private session is told to its owner alone, from the first event to its end', async () => {
    const { ana, bob, cat } = world
    const [owner, admin, other] = [await listenAs(bob), await listenAs(ana), await listenAs(cat)]

    const hidden = await saveSession(world, bob)
    await act(bob, 'updateSession', hidden, { title: 'secret' })
    await owner.count(2)
    await bob.graphql(
      'mutation Delete($input: DeleteSessionInput!) { deleteSession(input: $input) { __typename } }',
      { input: { ...world.place, id: hidden } },
    )
    const open = await saveSession(world, bob, shared)

    await owner.count(4)
    expect(owner.heard()).toEqual([
      `CREATED ${hidden}`,
      `UPDATED ${hidden}`,
      `DELETED ${hidden}`,
      `CREATED ${open}`,
    ])
    for (const listener of [admin, other])
      expect((await listener.count(1)).map(({ sessionUuid }) => sessionUuid)).toEqual([open])
  })

  test('a session that is shared is told to those who newly see it, without what came before', async () => {
    const { bob, cat } = world
    const before = await listenAs(cat)
    const marker = await saveSession(world, bob, shared)
    const [first] = await before.count(1)
    const id = await saveSession(world, bob)
    await act(bob, 'updateSession', id, { title: 'private still' })
    await act(bob, 'updateSession', id, { visibility: 'WORKSPACE' })

    expect((await before.count(2)) && before.heard()).toEqual([`CREATED ${marker}`, `SHARED ${id}`])
    const resumed = await listenAs(cat, { after: first?.id })
    expect((await resumed.count(1)) && resumed.heard()).toEqual([`SHARED ${id}`])
  })

  test('a session that becomes private is gone for the others, and changed for its owner', async () => {
    const { ana, bob, store } = world
    const id = await saveSession(world, bob, shared)
    const [owner, other] = [await listenAs(bob), await listenAs(ana)]

    await store.$executeRaw(
      sql`update sessions set visibility = 'private', title = 'x' where id = ${id}::uuid`,
    )

    expect((await other.count(1)).map(({ kind, session }) => ({ kind, session }))).toEqual([
      { kind: 'DELETED', session: null },
    ])
    expect((await owner.count(1)) && owner.heard()).toEqual([`UPDATED ${id}`])
  })

  test('a session that changes its owner or its workspace is gone where it was', async () => {
    const { ana, bob, cat, store, organizationId } = world
    const [mine, common] = [await saveSession(world, bob), await saveSession(world, bob, shared)]
    const [before, after, admin] = [await listenAs(bob), await listenAs(cat), await listenAs(ana)]

    await store.$executeRaw(sql`update sessions set owner_id = ${cat.userId}::uuid where id = ${mine}::uuid`)
    const other = await store.workspace.findFirstOrThrow({ where: { organizationId, slug: 'other' } })
    await store.$executeRaw(
      sql`update sessions set workspace_id = ${other.id}::uuid where id = ${common}::uuid`,
    )

    expect((await before.count(2)) && before.heard()).toEqual([`DELETED ${mine}`, `DELETED ${common}`])
    expect((await after.count(2)) && after.heard()).toEqual([`UPDATED ${mine}`, `DELETED ${common}`])
    expect((await admin.count(1)) && admin.heard()).toEqual([`DELETED ${common}`])
  })
})

test('a filter tells of what matches now, in any archived state unless it names one', async () => {
  const { ana, bob } = world
  const listener = await listenAs(ana, { filter: { agents: ['coder'] } })
  const active = await listenAs(ana, { filter: { agents: ['coder'], archived: 'ACTIVE' } })

  const other = await saveSession(world, bob, { ...shared, agent: 'reviewer' })
  const id = await saveSession(world, bob, { ...shared, agent: 'coder' })
  await listener.count(1)
  await active.count(1)
  await act(bob, 'archiveSession', id)
  await listener.count(2)
  await act(bob, 'updateSession', other, { agent: 'coder' })

  expect((await listener.count(3)) && listener.heard()).toEqual([
    `CREATED ${id}`,
    `ARCHIVED ${id}`,
    `UPDATED ${other}`,
  ])
  expect((await active.count(2)) && active.heard()).toEqual([`CREATED ${id}`, `UPDATED ${other}`])
})

test('what one gateway does is told by another', async () => {
  const { ana, bob } = world
  const another = await listenOnTestStore()
  onTestFinished(() => another.close())
  const listener = await listenAs(ana, {}, another)

  const id = await saveSession(world, bob, shared)

  expect((await listener.count(1)) && listener.heard()).toEqual([`CREATED ${id}`])
})

test('a client that closes its stream leaves nothing behind', async () => {
  const { ana, bob } = world
  const narrow = await listenOnTestStore({ STREAMS_PER_KEY: '1' })
  onTestFinished(() => narrow.close())
  const first = await listenAs(ana, {}, narrow)

  const refused = await listenAs(ana, {}, narrow)
  expect(await refused.failure()).toMatchObject({
    code: 'RATE_LIMITED',
    message: expect.stringContaining('1'),
  })
  expect((await listenAs(bob, {}, narrow)).events).toEqual([])

  first.close()
  await expect
    .poll(async () => {
      const again = await listenAs(ana, {}, narrow)
      const id = await saveSession(world, bob, shared)
      await Promise.race([again.over, again.count(1)])
      return again.heard().includes(`CREATED ${id}`)
    })
    .toBe(true)
})
