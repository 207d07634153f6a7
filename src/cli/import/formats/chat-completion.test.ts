import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { Unreadable } from '../source.js'
import { chatCompletion } from './chat-completion.js'
import { openaiResponses } from './openai-responses.js'

const completion = {
  ...{
    id: 'chatcmpl-1',
    object: 'chat.completion',
    created: 1_777_777_777,
    model: 'm',
    service_tier: 'flex',
  },
  choices: [
    { index: 0, message: { role: 'assistant', content: 'Hi' }, finish_reason: 'stop' },
    { index: 1, message: { role: 'assistant', content: 'Hello' }, finish_reason: 'stop' },
  ],
  usage: { prompt_tokens: 5, completion_tokens: 1 },
}
const asked = { model: 'm', temperature: 0, messages: [{ role: 'user', content: 'Greet' }] }
const line = (body: object, status = 200) => ({
  ...{ id: 'batch_req_1', custom_id: 'one', error: null },
  response: { status_code: status, request_id: 'r', body },
})

test('an answer of the API is a session with its answer, its usage and what stands beside', () => {
  const [session, ...others] = readWhole(chatCompletion, [completion])
  expect(others).toEqual([])
  expect(session).toMatchObject({
    ...{ identity: { by: 'name', identityPath: ['chat', 'chatcmpl-1'] }, model: 'm' },
    metadata: { chat: { response: { service_tier: 'flex' } } },
    leftOut: [{ what: 'choices behind the first', count: 1 }],
    messages: [
      {
        ...{ role: 'ASSISTANT', content: 'Hi', createdAt: '2026-05-03T03:09:37.000Z' },
        ...{ usage: { inputTokens: 5, outputTokens: 1 }, metadata: { finish_reason: 'stop' } },
      },
    ],
  })
})

test('a request and its answer are one conversation', () => {
  const [session] = readWhole(chatCompletion, [{ request: asked, response: completion }])
  expect(session?.messages.map(({ role, content }) => [role, content])).toEqual([
    ['USER', 'Greet'],
    ['ASSISTANT', 'Hi'],
  ])
  expect(session?.metadata).toMatchObject({ chat: { temperature: 0 } })
})

test('lines of a batch are sessions with their names in it; one that failed is refused with its reason', () => {
  const [answered] = readWhole(chatCompletion, [line(completion)])
  expect(answered).toMatchObject({
    metadata: { chat: { exchange: { custom_id: 'one', id: 'batch_req_1', status_code: 200 } } },
    messages: [{ content: 'Hi' }],
  })
  const request = { custom_id: 'one', method: 'POST', url: '/v1/chat/completions', body: asked }
  expect(readWhole(chatCompletion, [request])).toMatchObject([
    { identity: { identityPath: ['chat', 'request one'] }, messages: [{ content: 'Greet' }] },
  ])
  const failed = line({ error: { message: 'Too long' } }, 400)
  expect(() => readWhole(chatCompletion, [failed])).toThrow(new Unreadable('its request failed: Too long'))
  const response = {
    ...{ id: 'resp_1', object: 'response', model: 'm', status: 'completed' },
    output: [{ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'Hi' }] }],
  }
  expect(readWhole(openaiResponses, [line(response)])).toMatchObject([
    {
      identity: { identityPath: ['openai-responses', 'resp_1'] },
      metadata: { 'openai-responses': { exchange: { custom_id: 'one' } } },
      messages: [{ role: 'ASSISTANT', content: 'Hi' }],
    },
  ])
})

test("results of Anthropic's batches are sessions, and failures are refused", () => {
  const message = {
    ...{ id: 'msg_1', type: 'message', role: 'assistant', model: 'c', stop_reason: 'end_turn' },
    ...{ content: [{ type: 'text', text: 'Hi' }], usage: { input_tokens: 5, output_tokens: 1 } },
  }
  const result = (members: object) => ({ custom_id: 'one', result: members })
  expect(readWhole(chatCompletion, [result({ type: 'succeeded', message })])).toMatchObject([
    {
      ...{ identity: { identityPath: ['chat', 'msg_1'] }, model: 'c' },
      metadata: { chat: { response: { stop_reason: 'end_turn' }, exchange: { type: 'succeeded' } } },
      messages: [{ content: 'Hi', usage: { inputTokens: 5, outputTokens: 1 } }],
    },
  ])
  const errored = result({ type: 'errored', error: { type: 'error', error: { message: 'Invalid' } } })
  expect(() => readWhole(chatCompletion, [errored])).toThrow('its request failed: Invalid')
  expect(() => readWhole(chatCompletion, [result({ type: 'expired' })])).toThrow(
    'its request failed: expired',
  )
})

test('they are told from chats and from logs of other kinds', () => {
  const recognizes = (...values: unknown[]) =>
    chatCompletion.recognizes({ shape: 'lines', values, path: 'a' })
  for (const value of [completion, line(completion), { request: asked, response: completion }])
    expect(recognizes(value)).toBe(true)
  expect(recognizes(line({ error: {} }, 400), line(completion))).toBe(true)
  for (const value of [
    asked,
    { choices: [1] },
    { response: completion },
    { custom_id: 'a', result: {} },
    null,
  ])
    expect(recognizes(value)).toBe(false)
})
