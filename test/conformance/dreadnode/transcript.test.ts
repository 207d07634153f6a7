import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import {
  type DreadnodeWorld,
  type Person,
  seedDreadnodeWorld,
  sessionId,
} from '../../support/rest-dreadnode-world.js'

const append = (world: DreadnodeWorld, caller: Person, id: string, json: unknown) =>
  world.ask(caller, `/sessions/${id}/transcript`, { method: 'POST', json })

async function newSession(world: DreadnodeWorld): Promise<string> {
  const id = randomUUID()
  await world.ask('bob', '/sessions', { method: 'POST', json: { id, model: 'm' } })
  return id
}

/** An object of this many levels. */
const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) })

const calls = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `c${index}`, name: 'ls', arguments: '{}' }))

describe('T: a new, empty session of bob', () => {
  let world: DreadnodeWorld
  let id: string
  const call = { id: 'c1', name: 'ls', arguments: '{"path": "."}' }
  const body = {
    context: { model: 'm', system_prompt: 'p' },
    messages: [
      { id: randomUUID(), role: 'user', content: 'hello' },
      {
        id: randomUUID(),
        role: 'assistant',
        tool_calls: [call],
        usage: { input_tokens: 10, output_tokens: 5, cache_read_input_tokens: 2, cost_usd: 0.01 },
      },
      { id: randomUUID(), role: 'user', content: 'again', metadata: { nested: [1, null, { ключ: true }] } },
    ],
  }
  const transcript = (query = '') => world.ask('bob', `/sessions/${id}/transcript${query}`)

  beforeAll(async () => {
    world = await seedDreadnodeWorld()
    id = await newSession(world)
    await append(world, 'bob', id, body)
  })

  test('5.3: rows come in order with every key, agent and model of their segment', async () => {
    const { status, body: answer } = await transcript()
    expect([status, answer.current_system_prompt, answer.has_more, answer.session.id]).toEqual([
      200,
      'p',
      false,
      id,
    ])
    expect(answer.messages.map(({ seq }: { seq: number }) => seq)).toEqual([0, 1, 2])
    expect(answer.messages[1]).toEqual({
      id: body.messages[1]?.id,
      seq: 1,
      role: 'assistant',
      content: '',
      agent: null,
      model: 'm',
      parent_id: null,
      tool_call_id: null,
      tool_calls: [call],
      metadata: null,
      compacted_at: null,
      created_at: expect.stringMatching(/\.\d{6}Z$/),
      cost_usd: 0.01,
      usage: {
        input_tokens: 10,
        output_tokens: 5,
        cache_read_input_tokens: 2,
        cache_creation_input_tokens: 0,
        cost_usd: 0.01,
      },
    })
    expect(answer.messages[2].metadata).toEqual(body.messages[2]?.metadata)
  })

  test('5.3: pages follow the last seq', async () => {
    const first = (await transcript('?limit=1')).body
    const second = (await transcript('?limit=2&after_seq=0')).body
    const seqs = [first, second].map(({ messages }) => messages.map(({ seq }: { seq: number }) => seq))
    expect([seqs, first.has_more, second.has_more]).toEqual([[[0], [1, 2]], true, false])
    expect((await transcript('?after_seq=99')).body).toMatchObject({ messages: [], has_more: false })
  })

  test.each([
    ['?limit=0', 'greater_than_equal', 'limit'],
    ['?limit=5001', 'less_than_equal', 'limit'],
    ['?after_seq=-1', 'greater_than_equal', 'after_seq'],
    ['?include_compacted=perhaps', 'bool_parsing', 'include_compacted'],
  ])('1.7: %s is 422', async (query, type, name) => {
    const { status, body: answer } = await transcript(query)
    expect([status, answer.errors[0].type, answer.errors[0].loc]).toEqual([422, type, ['query', name]])
  })

  test('5.2: an absent agent carries over, an explicit null clears it', async () => {
    const send = (context: object) =>
      append(world, 'bob', id, { context, messages: [{ role: 'user', content: 'x' }] })
    await send({ model: 'm2', agent: 'a' })
    await send({ model: 'm3' })
    await send({ model: 'm3', agent: null, system_prompt: null })
    const { messages, current_system_prompt: prompt } = (await transcript('?after_seq=2')).body
    expect(messages.map(({ agent, model }: { agent: string; model: string }) => [agent, model])).toEqual([
      ['a', 'm2'],
      ['a', 'm3'],
      [null, 'm3'],
    ])
    expect(prompt).toBeNull()
  })

  test('5.2: an empty model carries over the one of the segment', async () => {
    const modelUnder = async (context: object) => {
      await append(world, 'bob', id, { context, messages: [{ role: 'user', content: 'x' }] })
      return (await transcript()).body.messages.at(-1).model
    }

    expect(await modelUnder({ model: 'm4' })).toBe('m4')
    expect(await modelUnder({ model: '', agent: 'a' })).toBe('m4')
  })
})

describe('append', () => {
  let world: DreadnodeWorld
  beforeAll(async () => {
    world = await seedDreadnodeWorld()
  })

  test('82: frozen is 409, not owned 403, not visible 404', async () => {
    const json = { messages: [{ role: 'user', content: 'x' }] }
    const statuses = []
    for (const n of [8, 3, 4]) statuses.push((await append(world, 'bob', sessionId(n), json)).status)
    expect(statuses).toEqual([409, 403, 404])
  })

  const message = { role: 'user', content: 'x' }
  test.each<[string, unknown, [string, unknown[]][]]>([
    ['84: no message', { messages: [] }, [['too_short', ['body', 'messages']]]],
    ['84: 501 messages', { messages: Array(501).fill(message) }, [['too_long', ['body', 'messages']]]],
    [
      '84: an unknown role',
      { messages: [{ role: 'bot' }] },
      [['string_pattern_mismatch', ['body', 'messages', 0, 'role']]],
    ],
    ['no member at all', {}, [['missing', ['body', 'messages']]]],
    ['messages that are no list', { messages: {} }, [['list_type', ['body', 'messages']]]],
    ['a message that is a text', { messages: [message, 'x'] }, [['dict_type', ['body', 'messages', 1]]]],
    [
      'a tool call without a name',
      { messages: [{ ...message, tool_calls: [{ id: 'c', arguments: '{}' }] }] },
      [['missing', ['body', 'messages', 0, 'tool_calls', 0, 'name']]],
    ],
    [
      'a token count as text',
      { messages: [{ ...message, usage: { input_tokens: '1' } }] },
      [['int_type', ['body', 'messages', 0, 'usage', 'input_tokens']]],
    ],
    [
      'a cost above the limit',
      { messages: [{ ...message, usage: { cost_usd: 1_000_001 } }] },
      [['less_than_equal', ['body', 'messages', 0, 'usage', 'cost_usd']]],
    ],
    [
      'a cost as text',
      { messages: [{ ...message, usage: { cost_usd: '1' } }] },
      [['float_type', ['body', 'messages', 0, 'usage', 'cost_usd']]],
    ],
    [
      'metadata of 201 levels',
      { messages: [{ ...message, metadata: nested(201) }] },
      [['value_error', ['body', 'messages', 0, 'metadata']]],
    ],
    [
      'U+0000 in an id of a call',
      { messages: [{ role: 'tool', tool_call_id: '\0' }] },
      [['value_error', ['body', 'messages', 0, 'tool_call_id']]],
    ],
    [
      '1,001 calls',
      { messages: [{ role: 'assistant', tool_calls: calls(1001) }] },
      [['too_long', ['body', 'messages', 0, 'tool_calls']]],
    ],
    [
      'a context without a model',
      { messages: [message], context: { agent: 5 } },
      [
        ['missing', ['body', 'context', 'model']],
        ['string_type', ['body', 'context', 'agent']],
      ],
    ],
  ])('%s is 422', async (_what, json, expected) => {
    const { status, body } = await append(world, 'bob', sessionId(1), json)
    const items = body.errors.map(({ type, loc }: { type: string; loc: unknown[] }) => [type, loc])
    expect([status, items]).toEqual([422, expected])
    expect((await world.ask('bob', `/sessions/${sessionId(1)}`)).body.usage.total_message_count).toBe(0)
  })

  test('98: nothing that a message says refuses it: neither length nor U+0000 nor lone surrogates', async () => {
    const id = await newSession(world)
    const messages = [
      { role: 'tool', content: 'x'.repeat(3 * 1_048_576) },
      {
        role: 'assistant',
        content: 'a\0b\ud800',
        tool_calls: [{ id: 'c', name: `n\0${'n'.repeat(300)}`, arguments: '{"a":"\udfff"}' }],
      },
      { role: 'user', metadata: { thinking: 'y'.repeat(200_000), 'k\0': ['\0', { deep: nested(197) }] } },
      { role: 'assistant', tool_calls: calls(1000) },
    ]
    expect((await append(world, 'bob', id, { messages })).body).toEqual({ last_seq: 3, appended_count: 4 })
    const read = (await world.ask('bob', `/sessions/${id}/transcript`)).body.messages
    expect(read[0].content).toBe(messages[0]!.content)
    expect([read[1].content, read[1].tool_calls]).toEqual([
      'a\ufffdb\ufffd',
      [{ id: 'c', name: `n\ufffd${'n'.repeat(300)}`, arguments: '{"a":"\ufffd"}' }],
    ])
    expect(read[2].metadata).toEqual({
      thinking: 'y'.repeat(200_000),
      'k\ufffd': ['\ufffd', { deep: nested(197) }],
    })
    expect(read[3].tool_calls).toHaveLength(1000)
  })

  test('metadata nested deeper than the stack is refused, and the process lives', async () => {
    const deep = `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`
    const body = `{"messages":[{"role":"user","metadata":${deep}}]}`
    const answer = await world.ask('bob', `/sessions/${sessionId(1)}/transcript`, { method: 'POST', body })
    expect([answer.status, answer.body.errors[0].type]).toEqual([422, 'value_error'])
  })

  test('a body of 15 MiB is taken, of more than 16 MiB is 400', async () => {
    const messages = (count: number) => ({
      messages: Array(count).fill({ role: 'user', content: 'x'.repeat(1_048_000) }),
    })
    expect((await append(world, 'bob', sessionId(1), messages(15))).body).toEqual({
      last_seq: 14,
      appended_count: 15,
    })
    const refused = await append(world, 'bob', sessionId(1), messages(17))
    expect(refused.body).toEqual({
      code: 400,
      detail: 'Request body is larger than 16777216 bytes',
      type: 'invalid_request_error',
    })
  })

  test('costs keep ten decimals', async () => {
    const usage = { output_tokens: 1, cost_usd: 0.0000000001 }
    const id = await newSession(world)
    await append(world, 'bob', id, { messages: [{ role: 'assistant', usage }] })
    expect((await world.ask('bob', `/sessions/${id}`)).body.usage.total_cost_usd).toBe(0.0000000001)
  })
})
