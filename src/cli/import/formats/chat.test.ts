import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { chats, conversation } from './chat.js'

function read(messages: unknown[], members: object = {}) {
  const [session] = readWhole(chats, [{ id: 'c', messages, ...members }])
  if (session === undefined) throw new Error('nothing was read')
  return session
}

test("Anthropic's blocks give calls, results in tool rows before what the person said, thinking and pictures", () => {
  const source = { type: 'base64', media_type: 'image/png', data: 'aWE=' }
  const { messages, leftOut } = read([
    {
      role: 'user',
      content: [
        { type: 'text', text: 'Look.' },
        { type: 'image', source },
      ],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm.', signature: 's' },
        { type: 'tool_use', id: 'a', name: 'ls', input: { at: '.' } },
        { type: 'tool_use', id: 'b', name: 'pwd', input: {} },
      ],
      usage: {
        input_tokens: 3,
        output_tokens: 4,
        cache_read_input_tokens: 50,
        cache_creation_input_tokens: 6,
      },
    },
    {
      role: 'user',
      content: [
        { type: 'tool_result', tool_use_id: 'a', content: [{ type: 'text', text: 'x' }] },
        { type: 'tool_result', tool_use_id: 'b', content: 'denied', is_error: true },
        { type: 'text', text: 'Go on.' },
      ],
    },
  ])
  expect(messages).toMatchObject([
    { role: 'USER', content: 'Look.', pictures: [{ mediaType: 'image/png', base64: 'aWE=' }] },
    {
      role: 'ASSISTANT',
      reasoning: 'Hm.',
      toolCalls: [{ id: 'a', name: 'ls', arguments: '{"at":"."}' }, { id: 'b' }],
      usage: { inputTokens: 3, outputTokens: 4, cacheReadInputTokens: 50, cacheCreationInputTokens: 6 },
    },
    { role: 'TOOL', content: 'x', toolCallId: 'a', isError: false },
    { role: 'TOOL', content: 'denied', toolCallId: 'b', isError: true },
    { role: 'USER', content: 'Go on.' },
  ])
  expect(leftOut).toEqual([{ what: 'signatures of thinking', count: 1 }])
})

test('an old function_call and the answer of the function are paired', () => {
  const { messages } = read([
    { role: 'assistant', content: null, function_call: { name: 'ls', arguments: '{}' } },
    { role: 'function', name: 'ls', content: 'x' },
  ])
  expect(messages).toMatchObject([
    { toolCalls: [{ id: 'call_1', name: 'ls', arguments: '{}' }] },
    { role: 'TOOL', content: 'x', toolCallId: 'call_1', metadata: { role: 'function', name: 'ls' } },
  ])
})

test.each([
  [
    'cached tokens inside the input',
    { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 60 } },
    40,
    60,
  ],
  [
    'the Responses API',
    { input_tokens: 100, output_tokens: 5, input_tokens_details: { cached_tokens: 60 } },
    40,
    60,
  ],
  ['no cache', { prompt_tokens: 100, completion_tokens: 5 }, 100, 0],
])('usage of an answer counts with %s', (_what, usage, inputTokens, cacheReadInputTokens) => {
  const [, answer] = read([
    { role: 'user', content: 'a' },
    { role: 'assistant', content: 'b', usage, cost: 0.5 },
  ]).messages
  expect(answer?.usage).toEqual({
    ...{ inputTokens, cacheReadInputTokens, outputTokens: 5, cacheCreationInputTokens: 0, costUsd: 0.5 },
  })
  expect(answer?.metadata).toBeUndefined()
})

test('usage that is not told is not made up, and that of others than the model stays in the metadata', () => {
  const usage = { prompt_tokens: 1, completion_tokens: 2 }
  const { messages } = read([
    { role: 'user', content: 'a', usage },
    { role: 'assistant', content: 'b' },
  ])
  expect(messages.map((message) => message.usage)).toEqual([undefined, undefined])
  expect(messages[0]?.metadata).toEqual({ usage })
})

test('system, tools and times around the messages are kept', () => {
  expect(
    read([{ role: 'user', content: 'a', timestamp: '2026-01-09T10:00:01Z' }], {
      ...{ system: [{ type: 'text', text: 'Be brief.' }], tools: [{ name: 'ls' }], metadata: { of: 'me' } },
      created_at: 1767952800,
    }),
  ).toMatchObject({
    systemPrompt: 'Be brief.',
    createdAt: '2026-01-09T10:00:00.000Z',
    metadata: { of: 'me', chat: { tools: [{ name: 'ls' }] } },
    messages: [{ createdAt: '2026-01-09T10:00:01.000Z' }],
  })
})

test('answers under models of their own switch the model', () => {
  const { model, messages } = read([
    { role: 'assistant', content: 'a', model: 'm-1' },
    { role: 'assistant', content: 'b', model: 'm-2' },
  ])
  expect([model, ...messages.map(({ context }) => context?.model)]).toEqual(['m-1', 'm-1', 'm-2'])
})

test('a message that cannot be read is named by its number', () => {
  expect(() => readWhole(conversation, [{ role: 'user', content: 'a' }, { role: 'judge' }])).toThrow(
    'message 2 has the unknown role "judge"',
  )
})

test.each([
  [{ role: 'user', content: 'Hi' }, true],
  [{ role: 'assistant', content: null, tool_calls: [] }, true],
  [{ role: 'admin', name: 'Ann' }, false],
])('an object that stands alone, %j, is a chat of one message: %s', (value, isOne) => {
  expect(conversation.recognizes({ shape: 'object', values: [value], path: 'x' })).toBe(isOne)
  if (!isOne) return
  const [session] = readWhole(conversation, [value])
  expect(session?.messages).toHaveLength(1)
})

test("ShareGPT's conversations are chats", () => {
  const [session] = readWhole(chats, [
    {
      id: 'x',
      conversations: [
        { from: 'system', value: 'Be brief.' },
        { from: 'human', value: 'How many?' },
        { from: 'function_call', value: '{"name":"count","arguments":{"of":"files"}}' },
        { from: 'observation', value: '12' },
        { from: 'gpt', value: 'Twelve.', weight: 1 },
      ],
      tools: '[]',
    },
  ])
  expect(session).toMatchObject({ identity: { by: 'name' }, metadata: { chat: { tools: '[]' } } })
  expect(session?.messages).toMatchObject([
    { role: 'SYSTEM', content: 'Be brief.' },
    { role: 'USER', content: 'How many?' },
    { role: 'ASSISTANT', toolCalls: [{ id: 'call_1', name: 'count', arguments: '{"of":"files"}' }] },
    { role: 'TOOL', content: '12', toolCallId: 'call_1' },
    { role: 'ASSISTANT', content: 'Twelve.', metadata: { weight: 1 } },
  ])
})

test('calls without ids get some, and results answer the call of their name', () => {
  const call = (name: string) => ({ function: { name, arguments: {} } })
  const { messages } = read([
    { role: 'assistant', content: '', tool_calls: [call('f'), call('g')] },
    { role: 'tool', tool_name: 'g', content: 'G' },
    { role: 'tool', name: 'f', content: 'F' },
  ])
  expect(messages[0]?.toolCalls?.map(({ id }) => id)).toEqual(['call_1', 'call_2'])
  expect(messages.map(({ toolCallId }) => toolCallId)).toEqual([undefined, 'call_2', 'call_1'])
})

test('what parts say beside their words is counted by name', () => {
  const { messages, leftOut } = read([
    {
      role: 'assistant',
      content: [
        { type: 'text', text: 'It is so.', citations: [{ url: 'u' }] },
        { type: 'text', text: 'Or so.', citations: null, annotations: [] },
      ],
    },
  ])
  expect(messages).toMatchObject([{ content: 'It is so.\nOr so.' }])
  expect(leftOut).toEqual([{ what: 'citations of parts', count: 1 }])
})
