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

const post = (caller: Person, n: number, path: string, json: unknown) =>
  world.ask(caller, `/sessions/${sessionId(n)}/${path}`, { method: 'POST', json })
const append = (...texts: string[]) =>
  post('bob', 1, 'transcript', { messages: texts.map((content) => ({ role: 'user', content })) })
const compact = (upToSeq: number, summary: object = { role: 'user', content: 'sum' }) =>
  post('bob', 1, 'transcript/compact', { up_to_seq: upToSeq, summary })
const get = async (path = '') => (await world.ask('bob', `/sessions/${sessionId(1)}${path}`)).body
const seqs = async (query = '') =>
  (await get(`/transcript${query}`)).messages.map(({ seq }: { seq: number }) => seq)

test('83: only sessions of origin user can be rewound, and only by their owner (SES-RWD)', async () => {
  const origin = await post('cat', 6, 'rewind', { from_seq: 0 })
  expect([origin.status, origin.body.type]).toEqual([409, 'conflict_error'])
  expect((await post('bob', 6, 'rewind', { from_seq: 0 })).status).toBe(403)
})

test('5.6: a frozen session is not rewound (SES-FRZ-012), nor compacted', async () => {
  expect((await post('bob', 8, 'rewind', { from_seq: 0 })).status).toBe(409)
  const json = { up_to_seq: 0, summary: { role: 'user' } }
  expect((await post('bob', 8, 'transcript/compact', json)).status).toBe(409)
  expect((await post('bob', 3, 'transcript/compact', json)).status).toBe(403)
  expect((await post('bob', 4, 'transcript/compact', json)).status).toBe(404)
})

describe('rewind', () => {
  test('5.6: later rows take the number of the target again', async () => {
    await append('a', 'b', 'c')
    expect((await post('bob', 1, 'rewind', { from_seq: 1 })).body.deleted_count).toBe(2)
    expect((await append('d')).body).toEqual({ last_seq: 1, appended_count: 1 })
    expect(await seqs()).toEqual([0, 1])
  })

  test('5.6: later rows number on behind a summary that holds a higher seq', async () => {
    await append('a', 'b')
    await compact(0)
    await post('bob', 1, 'rewind', { from_seq: 1 })
    expect((await append('c')).body.last_seq).toBe(3)
    expect(await seqs()).toEqual([2, 3])
  })

  test('5.6: a summary is no user’s message: where it alone is left, the preview goes', async () => {
    const messages = [{ role: 'assistant', content: 'hello' }]
    await post('bob', 1, 'transcript', { messages })
    await append('question')
    expect((await compact(0)).body).toEqual({ summary_seq: 2, compacted_count: 1 })
    expect(await get()).toMatchObject({ preview_text: 'question' })
    expect((await post('bob', 1, 'rewind', { from_seq: 1 })).body.deleted_count).toBe(1)
    expect(await get()).toMatchObject({ preview_text: null })
  })

  test('5.6: preview and time of the newest message follow the rows left', async () => {
    await append('only')
    await post('bob', 1, 'rewind', { from_seq: 0 })
    expect(await get()).toMatchObject({ preview_text: null, last_message_at: null })
    await append('next')
    expect(await get()).toMatchObject({ preview_text: 'next', last_message_at: expect.any(String) })
  })

  test.each<[string, unknown, string]>([
    ['no seq', {}, 'missing'],
    ['a text', { from_seq: '0' }, 'int_type'],
    ['a fraction', { from_seq: 0.5 }, 'int_from_float'],
    ['a negative seq', { from_seq: -1 }, 'greater_than_equal'],
    ['a seq past 31 bits', { from_seq: 2 ** 31 }, 'less_than_equal'],
  ])('%s is 422', async (_what, json, type) => {
    const { status, body } = await post('bob', 1, 'rewind', json)
    expect([status, body.errors[0].type, body.errors[0].loc]).toEqual([422, type, ['body', 'from_seq']])
  })
})

describe('compact', () => {
  test('5.5: a summary of the same id is inserted once', async () => {
    await append('a', 'b')
    const summary = { id: randomUUID(), role: 'user', content: 'sum' }
    expect((await compact(0, summary)).body).toEqual({ summary_seq: 2, compacted_count: 1 })
    const before = await get()
    expect((await compact(1, summary)).body).toEqual({ summary_seq: 2, compacted_count: 0 })
    expect(await get()).toEqual(before)
  })

  test('5.5: a later summary replaces an earlier one; every original is kept', async () => {
    await append('a', 'b', 'c')
    await compact(0)
    expect((await compact(1)).body).toEqual({ summary_seq: 4, compacted_count: 2 })
    expect([await seqs(), await seqs('?include_compacted=true')]).toEqual([
      [4, 2],
      [0, 3, 1, 4, 2],
    ])
    expect((await get()).usage).toMatchObject({ compaction_count: 2, current_message_count: 2 })
  })

  test('5.5: nothing left to compact is 422', async () => {
    await append('a', 'b')
    await compact(0)
    await compact(1)
    const { status, body } = await compact(0)
    expect([status, body.errors[0].type, body.errors[0].loc]).toEqual([
      422,
      'value_error',
      ['body', 'up_to_seq'],
    ])
  })

  test('5.5: compaction leaves last_message_at, and works on any origin', async () => {
    const messages = [{ role: 'user', content: 'a' }]
    await post('cat', 6, 'transcript', { messages })
    const before = (await world.ask('cat', `/sessions/${sessionId(6)}`)).body
    const answer = await post('cat', 6, 'transcript/compact', { up_to_seq: 0, summary: { role: 'system' } })
    const after = (await world.ask('cat', `/sessions/${sessionId(6)}`)).body
    expect([answer.status, after.last_message_at]).toEqual([200, before.last_message_at])
    expect(after.updated_at > before.updated_at).toBe(true)
  })

  test.each<[string, unknown, string, unknown[]]>([
    ['no summary', { up_to_seq: 0 }, 'missing', ['body', 'summary']],
    ['a summary of no role', { up_to_seq: 0, summary: {} }, 'missing', ['body', 'summary', 'role']],
    ['no seq', { summary: { role: 'user' } }, 'missing', ['body', 'up_to_seq']],
    ['a list for a summary', { up_to_seq: 0, summary: [] }, 'dict_type', ['body', 'summary']],
  ])('%s is 422', async (_what, json, type, loc) => {
    const { status, body } = await post('bob', 1, 'transcript/compact', json)
    expect([status, body.errors[0].type, body.errors[0].loc]).toEqual([422, type, loc])
  })

  test('1.7: a compaction may carry more than 1 MiB', async () => {
    await append('a')
    const padding = 'x'.repeat(1_048_576)
    expect((await compact(0, { role: 'user', content: padding })).status).toBe(200)
  })
})

describe('paging with compaction (5.3)', () => {
  test('pages of any length, joined by the last seq, give every row once, in order', async () => {
    await append(...'abcdefgh')
    await compact(2)
    await compact(4)
    await append('i')
    for (const compacted of [false, true])
      for (const limit of [1, 2, 3]) {
        const found: number[] = []
        for (let after = ''; ; ) {
          const page = await get(`/transcript?limit=${limit}&include_compacted=${compacted}${after}`)
          found.push(...page.messages.map(({ seq }: { seq: number }) => seq))
          if (!page.has_more) break
          after = `&after_seq=${found.at(-1)}`
        }
        expect(found).toEqual(compacted ? [0, 1, 2, 8, 3, 4, 9, 5, 6, 7, 10] : [9, 5, 6, 7, 10])
      }
  })

  test('a seq that no row has stands at its place', async () => {
    await append('a', 'b', 'c', 'd')
    await post('bob', 1, 'rewind', { from_seq: 2 })
    await compact(0)
    expect(await seqs('?after_seq=3')).toEqual([])
    expect(await seqs('?after_seq=2')).toEqual([1])
  })
})
