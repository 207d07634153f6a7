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

const save = (caller: Person, json: unknown) => world.ask(caller, '/sessions', { method: 'POST', json })
const items = (body: { errors: { type: string; loc: unknown[] }[] }) =>
  body.errors.map(({ type, loc }) => [type, loc])

describe('creating', () => {
  beforeEach(freshWorld)

  test('37: the least that makes a session, and the defaults', async () => {
    const id = randomUUID()
    const { status, body } = await save('bob', { id, model: 'm' })
    expect(status).toBe(200)
    expect(body).toMatchObject({
      id,
      origin: 'user',
      visibility: 'private',
      labels: {},
      message_count: 0,
      agent: null,
      user_id: world.users.bob,
    })
  })

  test('38: repeated, it changes nothing', async () => {
    const body = {
      id: randomUUID(),
      model: 'm',
      title: 'T',
      labels: { b: ['2', '1'] },
      project_id: world.projects.P1,
    }
    const [first, second] = [await save('bob', body), await save('bob', body)]
    expect(second.body).toEqual(first.body)
    expect(second.status).toBe(200)
    expect((await world.ask('bob', '/sessions?search=T&limit=100')).body.total).toBeGreaterThan(0)
  })

  test('95: the counter is the greater of what was sent and the rows of the transcript', async () => {
    const id = randomUUID()
    const path = `/sessions/${id}`
    const count = async () => (await world.ask('bob', path)).body.message_count
    await save('bob', { id, model: 'm', message_count: 0 })
    const messages = [
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'two' },
    ]
    await world.ask('bob', `${path}/transcript`, { method: 'POST', json: { messages } })
    expect(await count()).toBe(2)
    const before = (await world.ask('bob', path)).body
    expect((await save('bob', { id, model: 'm', message_count: 0 })).body).toEqual(before)
    for (const [sent, shown] of [
      [1, 2],
      [7, 7],
    ]) {
      const { body } = await world.ask('bob', path, { method: 'PATCH', json: { message_count: sent } })
      expect(body.message_count).toBe(shown)
    }
  })

  test('42: the same id in another organization is an independent session', async () => {
    const other = await seedDreadnodeWorld(world.rest)
    await other.store.session.deleteMany({ where: { organizationId: other.organizationId } })
    const { status } = await other.ask('cat', '/sessions', {
      method: 'POST',
      json: { id: sessionId(1), model: 'm' },
    })
    expect(status).toBe(200)
    expect((await world.ask('bob', `/sessions/${sessionId(1)}`)).body.model).toBe('m-large')
  })

  test('43: a reader may not', async () => {
    const { status, body } = await save('dan', { id: randomUUID(), model: 'm' })
    expect([status, body.type]).toEqual([403, 'permission_error'])
  })

  test('46: a capability has the form org/name (SES-LBL-013)', async () => {
    const refused = await save('bob', { id: randomUUID(), model: 'm', labels: { capability: ['tool'] } })
    expect([refused.status, items(refused.body)]).toEqual([
      422,
      [['value_error', ['body', 'labels', 'capability', 0]]],
    ])
    const made = await save('bob', { id: randomUUID(), model: 'm', labels: { capability: ['acme/tool'] } })
    expect([made.status, made.body.labels]).toEqual([200, { capability: ['acme/tool'] }])
  })

  test('2.6: created as workspace, it is shared by its owner since it was made', async () => {
    const { body } = await save('bob', { id: randomUUID(), model: '', visibility: 'workspace' })
    expect([body.model, body.shared_at, body.shared_by.id]).toEqual(['', body.created_at, world.users.bob])
  })

  test('97: an empty model leaves the stored one', async () => {
    const id = randomUUID()
    await save('bob', { id, model: 'm-small' })
    const { status, body } = await save('bob', { id, model: '' })
    expect([status, body.model]).toEqual([200, 'm-small'])
  })

  test('1.2: a uuid in any form is answered in its canonical one', async () => {
    const id = randomUUID()
    expect((await save('bob', { id: id.replaceAll('-', '').toUpperCase(), model: 'm' })).body.id).toBe(id)
  })

  test('4.3: an id that was deleted is created anew', async () => {
    await world.ask('bob', `/sessions/${sessionId(2)}`, { method: 'DELETE' })
    const { status, body } = await save('cat', { id: sessionId(2), model: 'm' })
    expect([status, body.user_id]).toEqual([200, world.users.cat])
  })
})

describe('saving again', () => {
  beforeEach(freshWorld)

  test('39: fields given are updated; visibility, origin and the rest stay', async () => {
    const json = { id: sessionId(1), model: 'm2', visibility: 'workspace', origin: 'worker' }
    const { status, body } = await save('bob', json)
    expect(status).toBe(200)
    expect(body).toMatchObject({
      model: 'm2',
      visibility: 'private',
      origin: 'user',
      title: 'Fix login',
      message_count: 4,
    })
  })

  test('40: an id of another owner is taken', async () => {
    const { status, body } = await save('cat', { id: sessionId(1), model: 'm' })
    expect([status, body]).toEqual([
      409,
      { code: 409, detail: 'Session id already in use', type: 'conflict_error' },
    ])
  })

  test('41: a frozen session is 409', async () => {
    expect((await save('bob', { id: sessionId(8), model: 'm' })).status).toBe(409)
  })

  test('section 3: reserved labels given replace theirs, others stay', async () => {
    const saved = await save('cat', {
      id: sessionId(6),
      model: 'm',
      labels: { a: ['1'], capability: ['acme/x'] },
    })
    expect(saved.body.labels).toEqual({ a: ['1'], capability: ['acme/x'], worker: ['nightly'] })
  })
})

describe('what is refused', () => {
  beforeAll(freshWorld)

  const id = randomUUID()
  test.each<[string, unknown, [string, unknown[]][]]>([
    [
      '44: every violation',
      { model: 5 },
      [
        ['missing', ['body', 'id']],
        ['string_type', ['body', 'model']],
      ],
    ],
    ['45: an origin of evaluations', { id, model: 'm', origin: 'training' }, [['enum', ['body', 'origin']]]],
    ['an id that is no text', { id: 5, model: 'm' }, [['uuid_type', ['body', 'id']]]],
    ['a prefix as id', { id: '1111', model: 'm' }, [['uuid_parsing', ['body', 'id']]]],
    ['a null model', { id, model: null }, [['string_type', ['body', 'model']]]],
    [
      'a title of 256 code points',
      { id, model: 'm', title: '😀'.repeat(256) },
      [['string_too_long', ['body', 'title']]],
    ],
    ['U+0000', { id, model: 'a\0b' }, [['value_error', ['body', 'model']]]],
    ['a lone surrogate', { id, model: '\ud800' }, [['value_error', ['body', 'model']]]],
    ['an integer as text', { id, model: 'm', message_count: '5' }, [['int_type', ['body', 'message_count']]]],
    [
      'a boolean as integer',
      { id, model: 'm', message_count: true },
      [['int_type', ['body', 'message_count']]],
    ],
    ['a fraction', { id, model: 'm', message_count: 5.5 }, [['int_from_float', ['body', 'message_count']]]],
    [
      'a negative count',
      { id, model: 'm', message_count: -1 },
      [['greater_than_equal', ['body', 'message_count']]],
    ],
    [
      'a count past 31 bits',
      { id, model: 'm', message_count: 2 ** 31 },
      [['less_than_equal', ['body', 'message_count']]],
    ],
    ['labels that are a list', { id, model: 'm', labels: [] }, [['dict_type', ['body', 'labels']]]],
    [
      'label values that are a text',
      { id, model: 'm', labels: { a: 'b' } },
      [['list_type', ['body', 'labels', 'a']]],
    ],
    [
      'a label key in upper case',
      { id, model: 'm', labels: { A: ['1'] } },
      [['string_pattern_mismatch', ['body', 'labels', 'A']]],
    ],
    [
      'an empty label value',
      { id, model: 'm', labels: { a: ['x', ''] } },
      [['string_too_short', ['body', 'labels', 'a', 1]]],
    ],
    [
      'a label value of 257 characters',
      { id, model: 'm', labels: { a: ['x'.repeat(257)] } },
      [['string_too_long', ['body', 'labels', 'a', 0]]],
    ],
    [
      'a label value with a line feed',
      { id, model: 'm', labels: { a: ['x\n'] } },
      [['value_error', ['body', 'labels', 'a', 0]]],
    ],
    [
      'a label value that is a number',
      { id, model: 'm', labels: { a: [1] } },
      [['string_type', ['body', 'labels', 'a', 0]]],
    ],
    [
      '33 values of a label',
      { id, model: 'm', labels: { a: Array.from({ length: 33 }, (_, n) => `${n}`) } },
      [['too_long', ['body', 'labels', 'a']]],
    ],
    [
      '65 label keys',
      { id, model: 'm', labels: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`k${n}`, ['v']])) },
      [['too_long', ['body', 'labels']]],
    ],
    ['an unknown project', { id, model: 'm', project_id: id }, [['value_error', ['body', 'project_id']]]],
    ['an unknown group', { id, model: 'm', group_id: id }, [['value_error', ['body', 'group_id']]]],
  ])('%s is 422', async (_what, json, expected) => {
    const { status, body } = await save('bob', json)
    expect([status, body.type, items(body)]).toEqual([422, 'validation_error', expected])
    expect(Object.keys(body.errors[0])).toEqual(['loc', 'msg', 'type'])
    expect((await world.ask('bob', `/sessions/${id}`)).status).toBe(404)
  })

  test('a label key called __proto__ is refused as any other', async () => {
    const body = `{"id":"${id}","model":"m","labels":{"__proto__":["x"]}}`
    const answer = await world.ask('bob', '/sessions', { method: 'POST', body })
    expect(items(answer.body)).toEqual([['string_pattern_mismatch', ['body', 'labels', '__proto__']]])
  })

  test('1.2: 5.0 counts as 5, and duplicate values and empty keys collapse', async () => {
    const body = `{"id":"${id}","model":"m","message_count":5.0,"labels":{"b":["2","1","2"],"a":[]},"unknown":1}`
    const answer = await world.ask('bob', '/sessions', { method: 'POST', body })
    expect(answer.body).toMatchObject({ message_count: 5, labels: { b: ['1', '2'] } })
  })
})
