import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { Unreadable } from '../source.js'
import { chats } from './chat.js'
import { openaiResponses } from './openai-responses.js'

const said = (text: string) => ({
  ...{ type: 'message', id: 'msg_1', role: 'assistant', status: 'completed' },
  content: [{ type: 'output_text', text, annotations: [] }],
})
const call = (id: string) => ({
  ...{ type: 'function_call', id: `fc_${id}`, call_id: id, name: 'read', arguments: '{"at":1}' },
  status: 'completed',
})
const output = (id: string, text: string) => ({ type: 'function_call_output', call_id: id, output: text })
const response = (members: object) => ({
  ...{ id: 'resp_1', object: 'response', created_at: 1_777_806_000, model: 'gpt-a', status: 'completed' },
  ...{ error: null, instructions: 'Be brief.', output: [said('Done.')], ...members },
})
const usage = {
  ...{ input_tokens: 50, input_tokens_details: { cached_tokens: 20 } },
  ...{ output_tokens: 7, output_tokens_details: { reasoning_tokens: 3 }, total_tokens: 57 },
}

test('a response is one answer with reasoning and calls, its usage once', () => {
  const reasoning = { type: 'reasoning', id: 'rs_1', summary: [{ type: 'summary_text', text: 'Look.' }] }
  const [session, ...others] = readWhole(openaiResponses, [
    response({ output: [reasoning, said('I look.'), call('c1'), call('c2')], usage, temperature: 1 }),
  ])
  expect(others).toEqual([])
  expect(session).toMatchObject({
    ...{ identity: { by: 'name', identityPath: ['openai-responses', 'resp_1'] }, model: 'gpt-a' },
    ...{ systemPrompt: 'Be brief.', createdAt: '2026-05-03T11:00:00.000Z', leftOut: [] },
    metadata: { 'openai-responses': { temperature: 1, status: 'completed' } },
  })
  expect(session?.messages).toEqual([
    {
      ...{ at: 'output 1', createdAt: '2026-05-03T11:00:00.000Z', role: 'ASSISTANT', content: 'I look.' },
      reasoning: 'Look.',
      toolCalls: ['c1', 'c2'].map((id) => ({ id, name: 'read', arguments: '{"at":1}' })),
      usage: {
        ...{ inputTokens: 30, cacheReadInputTokens: 20, outputTokens: 7, cacheCreationInputTokens: 0 },
        costUsd: null,
      },
    },
  ])
})

test('a request gives what was said before its response, in rows that pair calls and results', () => {
  const input = [
    { role: 'developer', content: 'Use tools.' },
    { role: 'user', content: [{ type: 'input_text', text: 'Read.' }] },
    ...[call('c1'), output('c1', 'x')],
  ]
  const rows = [
    ['SYSTEM', 'Use tools.'],
    ['USER', 'Read.'],
    ['ASSISTANT', ''],
    ['TOOL', 'x'],
  ]
  const [alone] = readWhole(openaiResponses, [{ model: 'gpt-a', input }])
  expect(alone).toMatchObject({ identity: { by: 'content' }, model: 'gpt-a', title: 'Read.' })
  expect(alone?.messages.map(({ role, content }) => [role, content])).toEqual(rows)
  const both = [
    { ...response({ usage }), input },
    { request: { model: 'gpt', input }, response: response({ usage }) },
  ]
  for (const value of both) {
    const [whole] = readWhole(openaiResponses, [value])
    expect(whole?.messages.map(({ role, content }) => [role, content])).toEqual([
      ...rows,
      ['ASSISTANT', 'Done.'],
    ])
    expect(whole?.messages[3]).toMatchObject({ toolCallId: 'c1' })
    expect(whole?.messages.map((row) => row.usage?.outputTokens ?? null)).toEqual([null, null, null, null, 7])
  }
})

test('tools that the provider runs are calls with what they brought; refusals are texts, errors rows', () => {
  const [session] = readWhole(openaiResponses, [
    response({
      error: { code: 'server_error', message: 'It broke.' },
      output: [
        { type: 'web_search_call', id: 'ws', status: 'completed', action: { type: 'search', query: 'cats' } },
        { type: 'mcp_call', id: 'mcp', server_label: 'docs', name: 'find', arguments: '{}', output: 'found' },
        { type: 'code_interpreter_call', id: 'ci', code: '1/0', outputs: null, status: 'failed' },
        { type: 'file_search_call', id: 'fs', queries: ['q'], results: [{ text: 'a' }] },
        { type: 'mcp_list_tools', id: 'l', tools: [] },
        { ...said(''), content: [{ type: 'refusal', refusal: 'I cannot.' }] },
      ],
    }),
  ])
  expect(session?.messages).toMatchObject([
    {
      toolCalls: [
        { id: 'ws', name: 'web_search' },
        { id: 'mcp', name: 'mcp__docs__find' },
      ],
    },
    { role: 'TOOL', toolCallId: 'mcp', content: 'found', isError: null },
    {
      toolCalls: [
        { id: 'ci', name: 'code_interpreter', arguments: '{"code":"1/0"}' },
        { id: 'fs', name: 'file_search', arguments: '{"queries":["q"]}' },
      ],
    },
    { role: 'TOOL', toolCallId: 'fs', content: '[{"text":"a"}]' },
    { role: 'ASSISTANT', content: 'I cannot.' },
    { role: 'SYSTEM', content: 'It broke.', metadata: { 'openai-responses': { code: 'server_error' } } },
  ])
  expect(session?.leftOut).toEqual([{ what: 'mcp_list_tools items', count: 1 }])
})

test('responses of one file are sessions by their ids; what they follow is said to be left out', () => {
  const sessions = readWhole(openaiResponses, [
    response({}),
    response({ id: 'resp_2', previous_response_id: 'resp_1', status: 'in_progress' }),
  ])
  expect(sessions.map(({ name, leftOut }) => [name, leftOut])).toEqual([
    ['session resp_1', []],
    ['session resp_2', [{ what: 'previous_response_id', count: 1 }]],
  ])
  expect(sessions.map(({ messages }) => messages.map(({ open }) => open ?? false))).toEqual([[false], [true]])
  expect(() => readWhole(openaiResponses, [response({ output: [] })])).toThrow(Unreadable)
})

test('responses and requests are told from chats, and parts of them are named as what they are', () => {
  const start = (...values: unknown[]) => ({ shape: 'lines' as const, values, path: 'run.jsonl' })
  const input = [{ role: 'user', content: 'Hi' }]
  for (const value of [
    response({}),
    { model: 'a', input },
    { request: { input: 'Hi' }, response: response({}) },
  ])
    expect(openaiResponses.recognizes(start(value))).toBe(true)
  for (const value of [
    { messages: input, input },
    { model: 'a', input: 'Hi' },
    { input: [1] },
    { input: [] },
    1,
  ])
    expect(openaiResponses.recognizes(start(value))).toBe(false)
  for (const value of [call('c'), output('c', ''), { type: 'response.created' }, { object: 'response' }])
    expect(openaiResponses.looksLike?.(start(value))).toBe(true)
  expect(openaiResponses.looksLike?.(start({ type: 'message', role: 'user' }))).toBe(false)
  expect(chats.recognizes(start(response({})))).toBe(false)
})
