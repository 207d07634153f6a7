import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type DreadnodeWorld, seedDreadnodeWorld } from '../../support/rest-dreadnode-world.js'

/** T, a new private session of bob; its rows of the contract's section 11 run in order and build on each other. */
const id = randomUUID()
let world: DreadnodeWorld
beforeAll(async () => {
  world = await seedDreadnodeWorld()
  await world.ask('bob', '/sessions', { method: 'POST', json: { id, model: 'm' } })
})

const get = (path = '') => world.ask('bob', `/sessions/${id}${path}`)
const post = (path: string, json: unknown) =>
  world.ask('bob', `/sessions/${id}/${path}`, { method: 'POST', json })
const seqs = ({ messages }: { messages: { seq: number }[] }) => messages.map(({ seq }) => seq)

const opening = {
  context: { model: 'm', system_prompt: 'p' },
  messages: [
    { id: randomUUID(), role: 'user', content: 'hello' },
    {
      id: randomUUID(),
      role: 'assistant',
      tool_calls: [{ id: 'c1', name: 'ls', arguments: '{"path": "."}' }],
      usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 2, cost_usd: 0.01 },
    },
    { id: randomUUID(), role: 'user', content: 'again' },
  ],
}

test('71: rows take consecutive numbers, and the first user row is the preview (SES-LST-011)', async () => {
  const { status, body } = await post('transcript', opening)
  expect([status, body]).toEqual([200, { last_seq: 2, appended_count: 3 }])
  expect((await get()).body.preview_text).toBe('hello')
})

test('72: the same body again writes nothing', async () => {
  const before = await get()
  const { status, body } = await post('transcript', opening)
  expect([status, body]).toEqual([200, { last_seq: 2, appended_count: 0 }])
  expect((await get()).body).toEqual(before.body)
})

test('73: usage is that of the rows, and the counter follows them', async () => {
  const { usage, message_count: counter } = (await get()).body
  expect(counter).toBe(3)
  expect(usage).toMatchObject({
    total_input_tokens: 10,
    total_output_tokens: 5,
    total_cache_read_input_tokens: 2,
    total_tool_call_count: 1,
    total_cost_usd: 0.01,
    last_generation_input_tokens: 12,
    total_message_count: 3,
    current_message_count: 3,
  })
})

test('74: a summary takes the next seq', async () => {
  const { status, body } = await post('transcript/compact', {
    up_to_seq: 1,
    summary: { role: 'user', content: 'sum' },
  })
  expect([status, body]).toEqual([200, { summary_seq: 3, compacted_count: 2 }])
})

test('75: the summary stands where its rows stood; the originals are kept', async () => {
  const live = (await get('/transcript')).body
  expect([seqs(live), live.current_system_prompt]).toEqual([[3, 2], 'p'])
  const whole = (await get('/transcript?include_compacted=true')).body
  expect(seqs(whole)).toEqual([0, 1, 3, 2])
  const compacted = whole.messages.map(({ compacted_at: at }: { compacted_at: string }) => at !== null)
  expect(compacted).toEqual([true, true, false, false])
})

test('76: pages follow the place of the last row, not its number', async () => {
  const first = (await get('/transcript?limit=1')).body
  const second = (await get('/transcript?limit=1&after_seq=3')).body
  expect([seqs(first), first.has_more]).toEqual([[3], true])
  expect([seqs(second), second.has_more]).toEqual([[2], false])
})

test('77: lifetime sums keep what compaction took out of the current ones', async () => {
  expect((await get()).body.usage).toMatchObject({
    compaction_count: 1,
    total_message_count: 4,
    current_message_count: 2,
    current_input_tokens: 0,
    total_input_tokens: 10,
  })
})

test.each([
  [0, 'a compacted row'],
  [3, 'a summary'],
  [99, 'an unknown row'],
])('78: rewind to seq %i, %s, is 422', async (seq) => {
  const { status, body } = await post('rewind', { from_seq: seq })
  expect([status, body.errors]).toEqual([
    422,
    [{ loc: ['body', 'from_seq'], msg: expect.any(String), type: 'value_error' }],
  ])
})

test('79: rewind gives the text to edit', async () => {
  const { status, body } = await post('rewind', { from_seq: 2 })
  expect([status, body]).toEqual([200, { deleted_count: 1, restored_content: 'again', target_seq: 2 }])
  expect(seqs((await get('/transcript')).body)).toEqual([3])
})

test('80: output of unknown cost makes every sum of costs unknown', async () => {
  const { body } = await post('transcript', {
    messages: [{ role: 'assistant', content: 'done', usage: { output_tokens: 3 } }],
  })
  expect(body).toEqual({ last_seq: 4, appended_count: 1 })
  const { usage } = (await get()).body
  expect([usage.total_cost_usd, usage.current_cost_usd]).toEqual([null, null])
})

test('81: nothing stands up to a seq above the greatest', async () => {
  const { status, body } = await post('transcript/compact', {
    up_to_seq: 9,
    summary: { role: 'user', content: 's' },
  })
  expect([status, body.errors]).toEqual([
    422,
    [{ loc: ['body', 'up_to_seq'], msg: expect.any(String), type: 'value_error' }],
  ])
})

test('85: ATIF v1.7 by default, without compacted rows (SES-TRAJ-002, SES-TRAJ-010)', async () => {
  const { status, body, headers } = await get('/trajectory')
  expect([status, headers.get('content-type'), body.schema_version]).toEqual([
    200,
    'application/json',
    'ATIF-v1.7',
  ])
  expect(body.steps).toMatchObject([
    { step_id: 1, source: 'system', message: 'p' },
    {
      step_id: 2,
      source: 'system',
      observation: { results: [{ content: 'sum' }] },
      extra: { context_management: { type: 'compaction', boundary: 'replace' } },
    },
    { step_id: 3, source: 'agent', message: 'done' },
  ])
})

test('86: Chat Completions messages, compacted ones too', async () => {
  const { status, body } = await get('/trajectory?format=openai&include_compacted=true')
  expect(status).toBe(200)
  expect(body).toEqual([
    { role: 'system', content: 'p' },
    { role: 'user', content: 'hello' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'c1', type: 'function', function: { name: 'ls', arguments: '{"path": "."}' } }],
    },
    { role: 'user', content: 'sum' },
    { role: 'assistant', content: 'done' },
  ])
})

test('87: the native bundle (SES-TRAJ-040)', async () => {
  const { status, body } = await get('/trajectory?format=native')
  expect([status, Object.keys(body), body.events]).toEqual([200, ['session', 'messages', 'events'], []])
  expect(body.session).toEqual((await get()).body)
  expect(body.messages).toEqual((await get('/transcript')).body.messages)
})

test('87: another format is 422', async () => {
  const { status, body } = await get('/trajectory?format=xml')
  expect([status, body.errors[0].type, body.errors[0].loc]).toEqual([422, 'enum', ['query', 'format']])
})

test('96: the counter follows appends, and falls with a rewind', async () => {
  const counts = async () => {
    const { message_count: counter, usage } = (await get()).body
    return [counter, usage.current_message_count]
  }
  expect(await counts()).toEqual([2, 2])
  await post('transcript', { messages: [{ role: 'user', content: 'one more' }, { role: 'assistant' }] })
  expect(await counts()).toEqual([4, 4])
  expect((await post('rewind', { from_seq: 5 })).body).toMatchObject({ deleted_count: 2 })
  expect(await counts()).toEqual([2, 2])
})
