import pg from 'pg'
import { afterAll, beforeAll, expect, inject, onTestFinished, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { pruneEvents } from '../../src/domain/events/prune.js'
import { type EventListener, listen, subscription } from '../support/event-listener.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

let gateway: ListeningGateway
let world: SeededWorkspace

beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedWorkspace()
})

afterAll(() => gateway.close())

const shared = { visibility: 'WORKSPACE' }
const allTime = 2n ** 60n

async function listenAs(member: Member, options = {}, where = world): Promise<EventListener> {
  const listener = await listen(gateway, where, member, options)
  onTestFinished(() => listener.close())
  return listener
}

/** Saves sessions that the workspace sees; gives what their events are heard as. */
async function save(count: number, where = world): Promise<string[]> {
  const created: string[] = []
  for (let i = 0; i < count; i++) created.push(`CREATED ${await saveSession(where, where.bob, shared)}`)
  return created
}

test('a client that comes back with the last id misses nothing and hears nothing twice', async () => {
  const listener = await listenAs(world.ana)
  const before = await save(2)
  await listener.count(2)
  listener.close()
  const between = await save(3)

  const again = await listenAs(world.ana, { after: listener.events[1]?.id })
  const after = await save(2)

  expect((await again.count(5)) && again.heard()).toEqual([...between, ...after])
  const byHeader = await listenAs(world.ana, { headers: { 'last-event-id': listener.events[0]?.id } })
  expect((await byHeader.count(6)) && byHeader.heard()).toEqual([before[1], ...between, ...after])
})

test('a client that was away for more than a page of events catches up in order', async () => {
  const { store, organizationId, workspaceId, bob } = world
  const listener = await listenAs(world.ana)
  await save(1)
  const [last] = await listener.count(1)
  listener.close()
  await store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, visibility, title)
    select ${organizationId}::uuid, ${workspaceId}::uuid, gen_random_uuid(), ${bob.userId}::uuid, 'workspace', n::text
    from generate_series(1, 450) n`)

  const again = await listenAs(world.ana, { after: last?.id })

  const titles = (await again.count(450)).map(({ session }) => Number(session?.title))
  expect(titles).toEqual(Array.from({ length: 450 }, (_, index) => index + 1))
})

test.skipIf(inject('postgresql') === null)(
  'what a transaction wrote early and committed late is told, to those who listen and to those who come back',
  async () => {
    const own = await seedWorkspace()
    const slow = new pg.Client({ connectionString: (await openTestStore()).url ?? '' })
    await slow.connect()
    onTestFinished(() => slow.end())
    const listener = await listenAs(own.ana, {}, own)
    const [first] = await save(1, own)
    const [start] = await listener.count(1)

    await slow.query('begin')
    const { rows } = await slow.query(
      `insert into sessions (organization_id, workspace_id, id, owner_id, visibility)
       values ($1, $2, gen_random_uuid(), $3, 'workspace') returning id`,
      [own.organizationId, own.workspaceId, own.bob.userId],
    )
    const later = await save(2, own)
    const meanwhile = await listenAs(own.ana, { after: start?.id }, own)
    await new Promise((resolve) => setTimeout(resolve, 600))
    expect([listener.heard(), meanwhile.heard()]).toEqual([[first], []])
    await slow.query('commit')

    const late = `CREATED ${rows[0].id}`
    expect((await listener.count(4)) && listener.heard()).toEqual([first, late, ...later])
    expect((await meanwhile.count(3)) && meanwhile.heard()).toEqual([late, ...later])
  },
)

test('an id is good until an event after it is gone, and then says so', async () => {
  const own = await seedWorkspace()
  const { store, organizationId } = own
  const listener = await listenAs(own.ana, {}, own)
  const created = await save(4, own)
  const ids = (await listener.count(4)).map(({ id }) => id)
  listener.close()

  await store.$executeRaw(sql`
    update session_events set at = now() - interval '20 minutes' where organization_id = ${organizationId}::uuid
      and (xid, seq) < (select xid, seq from session_events where organization_id = ${organizationId}::uuid
        order by xid desc, seq desc limit 1)`)
  await pruneEvents(store, organizationId, 15, allTime)

  for (const id of ids.slice(0, 2)) {
    const refused = await listenAs(own.ana, { after: id }, own)
    expect(await refused.failure()).toEqual({
      code: 'INVALID_INPUT',
      message: 'after: Events that old are no longer kept; read the list again and listen from now on',
    })
  }
  const again = await listenAs(own.ana, { after: ids[2] }, own)
  expect((await again.count(1)) && again.heard()).toEqual([created[3]])
})

test('events of transactions that other gateways may not have read yet are not pruned', async () => {
  const own = await seedWorkspace()
  const { store, organizationId } = own
  await save(3, own)
  await store.$executeRaw(sql`
    update session_events set at = now() - interval '20 minutes' where organization_id = ${organizationId}::uuid`)
  const count = () => store.sessionEvent.count({ where: { organizationId } })

  await pruneEvents(store, organizationId, 15, 1n)
  expect(await count()).toBe(3)
  await pruneEvents(store, organizationId, 30, allTime)
  expect(await count()).toBe(3)
  await pruneEvents(store, organizationId, 15, allTime)
  expect(await count()).toBe(1)
})

test.each([
  ['nonsense', 'nonsense'],
  ['a cursor of another kind', Buffer.from('["2026-01-01"]').toString('base64url')],
  ['a number below one', Buffer.from('["0","1"]').toString('base64url')],
])('%s as an id is refused', async (_name, after) => {
  const refused = await listenAs(world.ana, { after })
  expect(await refused.failure()).toEqual({
    code: 'INVALID_INPUT',
    message: 'after: Takes the id of an event',
  })
})

test('an id that another server gave is one of what is no longer kept', async () => {
  const own = await seedWorkspace()
  const listener = await listenAs(own.ana, {}, own)
  await save(1, own)
  const [event] = await listener.count(1)
  const [xid, seq] = JSON.parse(Buffer.from(event?.id ?? '', 'base64url').toString())

  for (const elsewhere of [
    [xid, seq, '1'],
    [xid, seq],
  ]) {
    const after = Buffer.from(JSON.stringify(elsewhere)).toString('base64url')
    expect((await (await listenAs(own.ana, { after }, own)).failure()).message).toContain('no longer kept')
  }
})

test('an id of another workspace is worth nothing', async () => {
  const other = await seedWorkspace()
  const listener = await listenAs(other.ana, {}, other)
  await save(1, other)
  const [event] = await listener.count(1)

  const refused = await listenAs(world.ana, { after: event?.id })

  expect((await refused.failure()).message).toContain('no longer kept')
})

test('each message carries its id for the Last-Event-ID header, and silence carries pings', async () => {
  const { ana, bob, place } = world
  const closing = new AbortController()
  onTestFinished(() => closing.abort())
  const response = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: {
      ...{ authorization: `Bearer ${ana.key}`, 'accept-encoding': 'gzip, br' },
      ...{ accept: 'text/event-stream', 'content-type': 'application/json' },
    },
    body: JSON.stringify({ query: subscription, variables: place }),
    signal: closing.signal,
  })
  expect(response.headers.get('content-type')).toContain('text/event-stream')
  let text = ''
  void (async () => {
    for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
      text += Buffer.from(chunk).toString()
  })().catch(() => {})
  await expect.poll(() => text.split(':\n\n').length).toBeGreaterThan(2)
  await saveSession(world, bob, shared)

  await expect.poll(() => text).toMatch(/event: next\ndata: \{"data".*\}\nid: [\w-]+\n\n/)
  const [, data, id] = /data: (.*)\nid: (.*)\n/.exec(text) ?? []
  expect(JSON.parse(data ?? '').data.sessionEvents.id).toBe(id)
})
