import { describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { mutationOf } from '../support/mutation.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

/** All that is stored of a session, how many events tell of it, and how many entries of the audit. */
async function storedOf({ store, organizationId }: SeededWorkspace, id: string) {
  const [found] = await store.$queryRaw<unknown[]>(sql`
    select to_jsonb(s) as row,
      (select count(*)::int from session_events e where e.organization_id = s.organization_id and e.session_id = s.id) as events,
      (select count(*)::int from audit_entries a where a.organization_id = s.organization_id and a.subject_id = s.id) as entries
    from sessions s where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid`)
  return found as { row: Record<string, unknown>; events: number; entries: number }
}

async function act(member: Member, { place }: SeededWorkspace, name: string, input: object) {
  const { errors } = await member.graphql(mutationOf(name), { input: { ...place, ...input } })
  expect(errors).toBeUndefined()
}

const message = { id: '5e550000-0000-4000-8000-000000000001', role: 'USER', content: 'hello' }

describe('done again, it leaves the row, its time, the events and the audit as they are', () => {
  test.each<[name: string, column: string | null, input?: object]>([
    ['archiveSession', 'archived_at'],
    ['freezeSession', 'frozen_at'],
    ['shareSession', 'shared_at'],
    ['startTurn', 'turn_started_at'],
    ['updateSession', 'title', { title: 'a title', labels: [{ key: 'env', values: ['b', 'a'] }] }],
    [
      'saveSession',
      'agent',
      { model: 'm-large', agent: 'an agent', labels: [{ key: 'env', values: ['a'] }] },
    ],
    ['appendTranscript', 'preview_text', { messages: [message] }],
    ['pinSession', null],
  ])('%s', async (name, column, input = {}) => {
    const world = await seedWorkspace()
    const id = await saveSession(world, world.bob)
    const before = await storedOf(world, id)
    await act(world.bob, world, name, { id, ...input })
    const once = await storedOf(world, id)
    expect(once.entries).toBe(before.entries + 1)
    if (column !== null) {
      expect(once.row.updated_at).not.toBe(before.row.updated_at)
      expect(once.row[column]).not.toEqual(before.row[column])
      expect(once.events).toBe(before.events + 1)
    }
    await act(world.bob, world, name, { id, ...input })
    expect(await storedOf(world, id)).toEqual(once)
  })

  test('but for annotateSession, which moves the time in any case', async () => {
    const world = await seedWorkspace()
    const id = await saveSession(world, world.bob)
    const before = await storedOf(world, id)
    await act(world.bob, world, 'annotateSession', { id })
    const { row, entries } = await storedOf(world, id)
    expect({ ...row, updated_at: before.row.updated_at }).toEqual(before.row)
    expect(row.updated_at).not.toBe(before.row.updated_at)
    expect(entries).toBe(before.entries + 1)
  })

  test('labelSessions', async () => {
    const world = await seedWorkspace()
    const ids = [await saveSession(world, world.bob), await saveSession(world, world.bob)]
    const [labelled = '', plain = ''] = ids
    const add = { add: [{ key: 'env', values: ['a'] }] }
    await act(world.bob, world, 'labelSessions', { ids: [labelled], ...add })
    const [already, before] = [await storedOf(world, labelled), await storedOf(world, plain)]
    await act(world.bob, world, 'labelSessions', { ids, ...add })
    const after = await storedOf(world, plain)
    expect(after.row.labels).toEqual(already.row.labels)
    expect(after.row.updated_at).not.toBe(before.row.updated_at)
    expect([after.events, after.entries]).toEqual([before.events + 1, before.entries + 1])
    expect(await storedOf(world, labelled)).toEqual(already)
  })

  test.each(['unarchiveSession', 'endTurn', 'cancelTurn', 'unpinSession'])(
    '%s of a session that is so already',
    async (name) => {
      const world = await seedWorkspace()
      const id = await saveSession(world, world.bob)
      const before = await storedOf(world, id)
      await act(world.bob, world, name, { id })
      expect(await storedOf(world, id)).toEqual(before)
    },
  )
})

test.each<[name: string, input: (id: string) => object]>([
  ['unpinSession', (id) => ({ id })],
  ['unpinSessions', (id) => ({ ids: [id] })],
])('%s takes the pin of the caller alone', async (name, input) => {
  const world = await seedWorkspace()
  const { bob, cat, store, organizationId } = world
  const id = await saveSession(world, bob, { visibility: 'WORKSPACE' })
  for (const member of [bob, cat]) await act(member, world, 'pinSession', { id })
  await act(bob, world, name, input(id))
  const pins = await store.pin.findMany({ where: { organizationId } })
  expect(pins.map(({ userId }) => userId)).toEqual([cat.userId])
})
