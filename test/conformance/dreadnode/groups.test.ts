import { randomUUID } from 'node:crypto'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import {
  type DreadnodeWorld,
  type Person,
  seedDreadnodeWorld,
  sessionId,
} from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
const freshWorld = async () => {
  world = await seedDreadnodeWorld()
}

const create = (caller: Person, json: object = {}) =>
  world.ask(caller, '/sessions/groups', {
    method: 'POST',
    json: { kind: 'workflow', project_id: world.projects.P1, ...json },
  })
const update = (caller: Person, id: string, json: unknown) =>
  world.ask(caller, `/sessions/groups/${id}`, { method: 'PATCH', json })
const save = (caller: Person, json: object) =>
  world.ask(caller, '/sessions', { method: 'POST', json: { id: randomUUID(), model: 'm', ...json } })
const get = (caller: Person, path: string) => world.ask(caller, `/sessions/${path}`)

describe('93 and 94 build on each other', () => {
  let group: string
  beforeAll(freshWorld)

  test('93: a group is listed with its sessions before the bucket of those without one', async () => {
    const made = await create('bob')
    expect([made.status, made.body.status, made.body.session_count]).toEqual([200, 'running', 0])
    group = made.body.id
    const saved = await save('bob', { group_id: group })
    expect(saved.body.group).toEqual({ id: group, kind: 'workflow', title: null, status: 'running' })
    const { body } = await get('bob', 'grouped')
    expect(body).toMatchObject({
      groups: [
        { group: { id: group, session_count: 1 }, session_count: 1, sessions: [{ id: saved.body.id }] },
        { group: null, session_count: 5 },
      ],
      total: 2,
      page: 1,
      limit: 20,
      total_pages: 1,
      has_next: false,
      has_previous: false,
    })
  })

  test('94: its creator completes it; who sees none of its sessions does not see it', async () => {
    const { status, body } = await update('bob', group, { status: 'completed' })
    expect([status, body.status, body.completed_at]).toEqual([200, 'completed', expect.any(String)])
    const hidden = await get('cat', `groups/${group}`)
    expect([hidden.status, hidden.body.type]).toEqual([404, 'not_found_error'])
  })
})

describe('a group', () => {
  beforeEach(freshWorld)

  test('section 6: has 20 keys, whatever was sent', async () => {
    const metadata = { nested: [{ a: null }] }
    const runtime = randomUUID()
    const { body } = await create('bob', { title: 'T', metadata, runtime_id: runtime, status: 'failed' })
    expect(Object.keys(body)).toHaveLength(20)
    expect(body).toMatchObject({
      title: 'T',
      metadata,
      runtime_id: runtime,
      project_name: 'P1',
      status: 'failed',
      completed_at: expect.any(String),
      worker: null,
    })
    expect((await create('bob')).body.metadata).toEqual({})
  })

  test('section 6: a terminal status keeps the first time, running clears it', async () => {
    const { id } = (await create('bob')).body
    const first = (await update('bob', id, { status: 'cancelled' })).body.completed_at
    expect((await update('bob', id, { status: 'failed' })).body.completed_at).toBe(first)
    expect((await update('bob', id, { status: null, title: 'x' })).body).toMatchObject({
      status: 'failed',
      title: 'x',
    })
    expect((await update('bob', id, { status: 'running', title: null })).body).toMatchObject({
      completed_at: null,
      title: null,
    })
  })

  test('1.5: others see it by a session and may not change it; an ADMIN may', async () => {
    const { id } = (await create('bob')).body
    expect((await update('ana', id, {})).status).toBe(404)
    await save('bob', { group_id: id, visibility: 'workspace' })
    expect((await update('cat', id, { title: 'x' })).status).toBe(403)
    expect((await update('dan', id, { title: 'x' })).status).toBe(403)
    expect((await update('ana', id, { title: 'x' })).body.title).toBe('x')
    expect((await create('dan')).status).toBe(403)
  })

  test('6: the detail gives the visible children that match, and counts them all', async () => {
    const { id } = (await create('bob')).body
    const ids: string[] = []
    for (const json of [{ visibility: 'workspace' }, {}, { visibility: 'workspace', origin: 'eval' }])
      ids.push((await save('bob', { group_id: id, ...json })).body.id)
    await world.ask('bob', `/sessions/${ids[0]}/archive`, { method: 'POST' })
    const read = async (caller: Person, query = '') => {
      const { group, sessions } = (await get(caller, `groups/${id}${query}`)).body
      const listed = sessions.map((session: { id: string }) => ids.indexOf(session.id))
      return [group.session_count, group.active_session_count, listed]
    }
    expect(await read('bob')).toEqual([3, 2, [1]])
    expect(await read('bob', '?archived=any&include_workload_sessions=true')).toEqual([3, 2, [0, 2, 1]])
    expect(await read('cat', '?archived=any')).toEqual([2, 1, [0]])
  })

  test.each<[string, object, string, unknown[]]>([
    ['an unknown kind', { kind: 'x' }, 'enum', ['body', 'kind']],
    ['no project', { project_id: undefined }, 'missing', ['body', 'project_id']],
    ['an unknown project', { project_id: randomUUID() }, 'value_error', ['body', 'project_id']],
    ['a title of 256 characters', { title: 'x'.repeat(256) }, 'string_too_long', ['body', 'title']],
    ['a capability that is no text', { capability: 1 }, 'string_type', ['body', 'capability']],
    ['a runtime that is no uuid', { runtime_id: '1' }, 'uuid_parsing', ['body', 'runtime_id']],
    ['null metadata', { metadata: null }, 'dict_type', ['body', 'metadata']],
    ['metadata over 64 KiB', { metadata: { a: 'x'.repeat(65_536) } }, 'value_error', ['body', 'metadata']],
    ['an unknown status', { status: 'done' }, 'enum', ['body', 'status']],
  ])('%s is 422', async (_what, json, type, loc) => {
    const { status, body } = await create('bob', json)
    expect([status, body.errors.map((item: any) => [item.type, item.loc])]).toEqual([422, [[type, loc]]])
  })

  test('1.6: its id is a whole uuid in any form', async () => {
    const { id } = (await create('bob')).body
    const plain = await get('bob', `groups/${id.replaceAll('-', '').toUpperCase()}`)
    expect([plain.status, plain.body.group.id]).toEqual([200, id])
    for (const malformed of [id.slice(0, 8), 'pin', `${id}0`]) {
      const { status, body } = await get('bob', `groups/${malformed}`)
      expect([status, body.errors[0].loc, body.errors[0].type]).toEqual([
        422,
        ['path', 'group_id'],
        'uuid_parsing',
      ])
    }
    expect((await get('bob', `groups/${randomUUID()}`)).status).toBe(404)
  })
})

describe('lists of groups', () => {
  let older: string
  let newer: string
  let empty: string
  beforeAll(async () => {
    await freshWorld()
    older = (await create('bob', { title: 'older' })).body.id
    newer = (await create('cat', { title: 'newer', project_id: world.projects.P2 })).body.id
    empty = (await create('bob', { title: 'empty' })).body.id
    await save('bob', { group_id: older, model: 'x' })
    await save('cat', { group_id: newer, visibility: 'workspace' })
    await save('cat', { group_id: newer })
  })

  const groups = async (caller: Person, path: string) => {
    const { body } = await get(caller, path)
    const titles = body.groups.map((one: any) => (one.group === undefined ? one : (one.group ?? null))?.title)
    return [titles, body.total]
  }

  test('6: newest update first; the caller’s own without a session after them', async () => {
    expect(await groups('bob', 'groups')).toEqual([['newer', 'older', 'empty'], 3])
    expect(await groups('cat', 'groups')).toEqual([['newer'], 1])
    expect(await groups('ana', 'groups')).toEqual([['newer'], 1])
  })

  test('6: the bucket without a group comes last, behind groups without a session', async () => {
    expect(await groups('bob', 'grouped')).toEqual([['newer', 'older', 'empty', undefined], 4])
  })

  test('6: groups without a session are left out when anything but projects narrows', async () => {
    expect(await groups('bob', 'groups?model=x')).toEqual([['older'], 1])
    expect(await groups('bob', `groups?project_id=${world.projects.P1}`)).toEqual([['empty'], 1])
    expect(await groups('bob', `groups?project_id=${world.projects.P2}`)).toEqual([[], 0])
    expect(empty).toBeDefined()
  })

  test('6: counts of a group ignore the filters, those of a bucket do not', async () => {
    const { body } = await get('cat', `grouped?user_id=${world.users.cat}&model=m`)
    const [bucket] = body.groups
    expect([bucket.group.session_count, bucket.session_count, bucket.sessions.length]).toEqual([2, 2, 2])
    const seen = (await get('bob', 'grouped?model=m')).body.groups[0]
    expect([seen.group.session_count, seen.session_count]).toEqual([1, 1])
  })

  test('6: the counts of all buckets add up to the total of the list', async () => {
    const buckets = (await get('bob', 'grouped?limit=100')).body.groups
    const sum = buckets.reduce(
      (total: number, one: { session_count: number }) => total + one.session_count,
      0,
    )
    expect(sum).toBe((await world.ask('bob', '/sessions')).body.total)
  })

  test('6: a page counts groups', async () => {
    const { groups: page, ...rest } = (await get('bob', 'grouped?limit=2&page=2')).body
    expect([page.length, page.at(-1).group]).toEqual([2, null])
    expect(rest).toEqual({ total: 4, page: 2, limit: 2, total_pages: 2, has_next: false, has_previous: true })
    expect((await get('bob', 'groups?limit=2&page=9')).body).toMatchObject({ groups: [], total: 3 })
  })

  test('6: the filters of lists hold here, and are refused alike', async () => {
    expect(await groups('bob', 'grouped?archived=archived')).toEqual([[undefined], 1])
    for (const path of ['groups', 'grouped'])
      expect((await get('bob', `${path}?limit=101&label=x`)).body.errors).toHaveLength(2)
  })

  test('1.1: the literal paths are no sessions', async () => {
    for (const [method, path] of [
      ['DELETE', 'groups'],
      ['POST', 'grouped'],
      ['PATCH', 'grouped'],
      ['DELETE', `groups/${sessionId(1)}`],
    ] as const)
      expect((await world.ask('bob', `/sessions/${path}`, { method })).body.detail).toBe('Not found')
  })
})
