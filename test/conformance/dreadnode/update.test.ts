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

const patch = (caller: Person, n: number, json: unknown) =>
  world.ask(caller, `/sessions/${sessionId(n)}`, { method: 'PATCH', json })
const get = (caller: Person, n: number) => world.ask(caller, `/sessions/${sessionId(n)}`)
const post = (caller: Person, n: number, act: string) =>
  world.ask(caller, `/sessions/${sessionId(n)}/${act}`, { method: 'POST' })

describe('update', () => {
  test('47: labels are replaced, sorted, without duplicates and empty keys (SES-LBL-042)', async () => {
    const { status, body } = await patch('bob', 1, { labels: { b: ['2', '1', '2'], a: [] } })
    expect([status, body.labels]).toEqual([200, { b: ['1', '2'] }])
  })

  test('48: reserved labels survive', async () => {
    const { status, body } = await patch('cat', 6, { labels: {} })
    expect([status, body.labels]).toEqual([200, { worker: ['nightly'] }])
  })

  test('49: a reserved label that differs is 422, an equal one is ignored', async () => {
    const { status, body } = await patch('cat', 6, { labels: { worker: ['other'] } })
    expect([status, body.errors]).toEqual([
      422,
      [{ loc: ['body', 'labels', 'worker'], msg: expect.any(String), type: 'value_error' }],
    ])
    expect((await patch('cat', 6, { labels: { worker: ['nightly'] } })).status).toBe(200)
  })

  test('50: visibility workspace shares once', async () => {
    const first = await patch('bob', 1, { visibility: 'workspace' })
    expect(first.status).toBe(200)
    expect(first.body).toMatchObject({
      visibility: 'workspace',
      shared_by: { id: world.users.bob, username: `bob-${world.slug}` },
      shared_at: expect.any(String),
    })
    const second = await patch('bob', 1, { visibility: 'workspace' })
    expect([second.status, second.body]).toEqual([200, first.body])
  })

  test('51: a shared session does not become private again (SES-ACL-005)', async () => {
    const { status, body } = await patch('bob', 2, { visibility: 'private' })
    expect([status, body.type]).toEqual([403, 'permission_error'])
  })

  test('52: visible but not owned is 403, not visible is 404', async () => {
    expect((await patch('cat', 2, { title: 'x' })).status).toBe(403)
    expect((await patch('cat', 1, { title: 'x' })).status).toBe(404)
  })

  test('53: an ADMIN may not update sessions of others', async () => {
    expect((await patch('ana', 2, { title: 'x' })).status).toBe(403)
  })

  test('54: a frozen session keeps agent, model and counter; all or nothing', async () => {
    expect((await patch('bob', 8, { title: 'x' })).status).toBe(200)
    expect((await patch('bob', 8, { model: 'x' })).status).toBe(409)
    expect((await patch('bob', 8, { title: 'y', model: 'x' })).status).toBe(409)
    expect((await get('bob', 8)).body).toMatchObject({ title: 'x', model: 'm-large' })
  })

  test('55: a title of 256 characters is 422, null clears it', async () => {
    const long = await patch('bob', 1, { title: 'x'.repeat(256) })
    expect([long.status, long.body.errors[0].type]).toEqual([422, 'string_too_long'])
    const cleared = await patch('bob', 1, { title: null })
    expect([cleared.status, cleared.body.title]).toEqual([200, null])
  })

  test('4.5: {} changes nothing; null leaves labels, counter and visibility', async () => {
    const before = await get('bob', 1)
    expect((await patch('bob', 1, {})).body).toEqual(before.body)
    const nulls = await patch('bob', 1, {
      labels: null,
      message_count: null,
      visibility: null,
      origin: 'eval',
    })
    expect(nulls.body).toEqual(before.body)
  })

  test('2.7: an empty model leaves the stored one', async () => {
    const { body } = await patch('bob', 1, { model: '', title: 'New' })
    expect([body.model, body.title]).toEqual(['m-large', 'New'])

    await patch('bob', 1, { model: null })
    expect((await patch('bob', 1, { model: '' })).body.model).toBeNull()
  })

  test('2.7: null clears agent and model', async () => {
    expect((await patch('bob', 1, { agent: null, model: null })).body).toMatchObject({
      agent: null,
      model: null,
    })
  })
})

describe('archive', () => {
  test('56: any writer may, twice, keeping the first time (SES-ARC-002)', async () => {
    const [first, second] = [await post('cat', 2, 'archive'), await post('cat', 2, 'archive')]
    expect([first.status, second.status]).toEqual([200, 200])
    expect(second.body.archived_at).toBe(first.body.archived_at)
    expect(first.body.archived_at).not.toBeNull()
  })

  test('57: a reader may not', async () => {
    expect((await post('dan', 2, 'archive')).status).toBe(403)
  })

  test('60: unarchive, twice', async () => {
    const [first, second] = [await post('bob', 7, 'unarchive'), await post('bob', 7, 'unarchive')]
    expect([first.status, first.body.archived_at, second.status]).toEqual([200, null, 200])
    expect(second.body).toEqual(first.body)
  })

  test('1.2: a body that is sent is ignored, whatever it is', async () => {
    const path = `/sessions/${sessionId(2)}/archive`
    for (const body of ['', '{"broken', '[]'])
      expect(
        (await world.ask('bob', path, { method: 'POST', body, headers: { 'content-type': 'text/plain' } }))
          .status,
      ).toBe(200)
  })
})

describe('freeze', () => {
  test('61: owner or ADMIN only', async () => {
    expect((await post('cat', 2, 'freeze')).status).toBe(403)
    const { status, body } = await post('ana', 2, 'freeze')
    expect([status, body.frozen_by]).toEqual([200, 'user'])
  })

  test('62: a repeat keeps the first time (SES-FRZ-004)', async () => {
    const { status, body } = await post('bob', 8, 'freeze')
    expect([status, body.frozen_at]).toEqual([200, '2026-01-21T00:00:00.000000Z'])
  })
})

describe('delete', () => {
  const remove = (caller: Person, n: number) =>
    world.ask(caller, `/sessions/${sessionId(n)}`, {
      method: 'DELETE',
      headers: { 'content-type': 'application/json' },
    })

  test('63: owner or ADMIN only; then it is gone', async () => {
    expect((await remove('cat', 2)).status).toBe(403)
    const { status, text, headers } = await remove('ana', 2)
    expect([status, text, headers.get('content-type')]).toEqual([204, '', null])
    expect((await get('bob', 2)).status).toBe(404)
    expect((await remove('ana', 2)).status).toBe(404)
  })

  test('64: an ADMIN cannot delete what it does not see', async () => {
    expect((await remove('ana', 4)).status).toBe(404)
  })

  test('65: a session that an evaluation refers to is 409', async () => {
    expect((await remove('cat', 5)).status).toBe(409)
  })
})
