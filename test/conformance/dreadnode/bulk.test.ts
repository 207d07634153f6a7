import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  type DreadnodeWorld,
  type Person,
  seedDreadnodeWorld,
  sessionId,
} from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeEach(async () => {
  world = await seedDreadnodeWorld()
})

type Act = 'freeze' | 'share' | 'delete'
const bulk = (caller: Person, act: Act, ids: unknown) =>
  world.ask(caller, `/sessions/bulk-${act}`, { method: 'POST', json: { session_ids: ids } })
const codes = (failed: { session_id: string; code: number }[]) =>
  failed.map(({ session_id: id, code }) => [id, code])

test('66: bulk freeze: one outcome an id, duplicates once, in order (SES-FRZ-013)', async () => {
  const { status, body } = await bulk('bob', 'freeze', [1, 3, 4, 8, 8].map(sessionId))
  expect([status, body.frozen, codes(body.failed)]).toEqual([
    200,
    [sessionId(1), sessionId(8)],
    [
      [sessionId(3), 403],
      [sessionId(4), 404],
    ],
  ])
  expect((await world.ask('bob', `/sessions/${sessionId(1)}`)).body.frozen_by).toBe('user')
})

test('67: bulk share: already shared ones count as shared (SES-VIS-008)', async () => {
  const { status, body } = await bulk('bob', 'share', [1, 2, 3].map(sessionId))
  expect([status, body.shared, codes(body.failed)]).toEqual([
    200,
    [sessionId(1), sessionId(2)],
    [[sessionId(3), 403]],
  ])
  const { visibility, shared_by: by } = (await world.ask('cat', `/sessions/${sessionId(1)}`)).body
  expect([visibility, by.id]).toEqual(['workspace', world.users.bob])
})

test('68: bulk delete: what an evaluation refers to stays (SES-DEL-004)', async () => {
  const unknown = randomUUID()
  const { status, body } = await bulk('cat', 'delete', [sessionId(4), sessionId(5), unknown])
  expect([status, body.deleted, codes(body.failed)]).toEqual([
    200,
    [sessionId(4)],
    [
      [sessionId(5), 409],
      [unknown, 404],
    ],
  ])
  expect((await world.ask('cat', `/sessions/${sessionId(4)}`)).status).toBe(404)
})

describe.each<Act>(['freeze', 'share', 'delete'])('bulk-%s', (act) => {
  test.each<[string, unknown, string, unknown[]]>([
    ['69: no id', [], 'too_short', ['body', 'session_ids']],
    ['69: 201 ids', Array(201).fill(sessionId(1)), 'too_long', ['body', 'session_ids']],
    ['69: a prefix', ['1111'], 'uuid_parsing', ['body', 'session_ids', 0]],
    ['an id that is no text', [sessionId(1), 5], 'uuid_type', ['body', 'session_ids', 1]],
    ['no list', sessionId(1), 'list_type', ['body', 'session_ids']],
    ['an empty text for a list', '', 'list_type', ['body', 'session_ids']],
    ['a text longer than the list may be', 'x'.repeat(201), 'list_type', ['body', 'session_ids']],
    ['no member', undefined, 'missing', ['body', 'session_ids']],
  ])('%s is 422 for the whole request', async (_what, ids, type, loc) => {
    const { status, body } = await bulk('bob', act, ids)
    expect([status, body.errors[0].type, body.errors[0].loc, body.errors.length]).toEqual([422, type, loc, 1])
    expect((await world.ask('bob', `/sessions/${sessionId(1)}`)).body).toMatchObject({
      frozen_at: null,
      visibility: 'private',
    })
  })

  test('1.5: a reader is 403', async () => {
    expect((await bulk('dan', act, [sessionId(2)])).status).toBe(403)
  })

  test('2.9: 200 even when every id failed, in the words of the single call', async () => {
    const ids = [sessionId(3), sessionId(4)]
    const { status, body } = await bulk('bob', act, ids)
    const single = (id: string) =>
      act === 'freeze'
        ? world.ask('bob', `/sessions/${id}/freeze`, { method: 'POST' })
        : act === 'delete'
          ? world.ask('bob', `/sessions/${id}`, { method: 'DELETE' })
          : world.ask('bob', `/sessions/${id}`, { method: 'PATCH', json: { visibility: 'workspace' } })
    const expected = []
    for (const id of ids) {
      const { code, detail } = (await single(id)).body
      expected.push({ session_id: id, code, detail })
    }
    expect([status, body.failed]).toEqual([200, expected])
  })

  test('1.2: uuids in any form, answered in the canonical one, are the same id', async () => {
    const id = sessionId(2)
    const { body } = await bulk('bob', act, [id.toUpperCase(), id.replaceAll('-', '')])
    expect(Object.values(body)).toEqual([[id], []])
  })

  test('1.1: the literal path is no session', async () => {
    for (const method of ['GET', 'PATCH', 'DELETE'])
      expect((await world.ask('bob', `/sessions/bulk-${act}`, { method })).body.detail).toBe('Not found')
  })
})

test('4.10: 200 ids in one request', async () => {
  const rows = Array.from({ length: 200 }, () => randomUUID())
  await world.store.session.createMany({
    data: rows.map((id) => ({
      id,
      organizationId: world.organizationId,
      workspaceId: world.workspaceId,
      ownerId: world.users.bob,
    })),
  })
  expect((await bulk('bob', 'delete', rows)).body).toEqual({ deleted: rows, failed: [] })
})
