import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { openaiEvents } from './openai-events.js'

const response = (members: object, id = 'resp_1') => ({
  ...{
    id,
    object: 'response',
    created_at: 1_777_777_777,
    model: 'm',
    status: 'in_progress',
    output: [],
    ...members,
  },
})
const message = (text: string) => ({
  ...{ id: 'msg_1', type: 'message', role: 'assistant', content: [{ type: 'output_text', text }] },
})
const call = { id: 'fc_1', type: 'function_call', call_id: 'c', name: 'ls', arguments: '{}' }
const usage = { input_tokens: 5, output_tokens: 2, input_tokens_details: { cached_tokens: 1 } }
const started = (id?: string) => ({
  type: 'response.created',
  sequence_number: 0,
  response: response({}, id),
})
const item = (end: 'added' | 'done', output_index: number, given: object) => ({
  ...{ type: `response.output_item.${end}`, output_index, item: given },
})
const delta = (text: string) => ({ type: 'response.output_text.delta', output_index: 1, delta: text })
const finished = {
  type: 'response.completed',
  response: response({ status: 'completed', output: [call, message('Hi there')], usage }),
}

test('a stream is the response that its end tells, with its usage', () => {
  const events = [
    started(),
    item('done', 0, call),
    item('added', 1, { ...message(''), content: [] }),
    delta('Hi'),
  ]
  const [session, ...others] = readWhole(openaiEvents, [...events, finished])
  expect(others).toEqual([])
  expect(session).toMatchObject({
    ...{ identity: { by: 'name', identityPath: ['openai-responses', 'resp_1'] }, model: 'm', leftOut: [] },
    messages: [
      {
        ...{ role: 'ASSISTANT', content: 'Hi there', toolCalls: [{ id: 'c', name: 'ls', arguments: '{}' }] },
        usage: { inputTokens: 4, cacheReadInputTokens: 1, outputTokens: 2 },
      },
    ],
  })
  expect(session?.messages[0]).not.toHaveProperty('open')
})

test('one that broke off is what had come of it, and may still grow', () => {
  const events = [started(), item('done', 0, call), item('added', 1, { ...message(''), content: [] })]
  expect(readWhole(openaiEvents, [...events, delta('Hi '), delta('th')])).toMatchObject([
    { messages: [{ content: 'Hi th', toolCalls: [{ id: 'c' }], usage: null, open: true }] },
  ])
  expect(readWhole(openaiEvents, [...events, item('done', 1, message('Hi there'))])).toMatchObject([
    { messages: [{ content: 'Hi there' }] },
  ])
})

test('each response of a file is a session; errors are rows of the harness', () => {
  const failed = {
    type: 'response.failed',
    response: response({ status: 'failed', error: { code: 'server_error', message: 'Oh' } }, 'resp_2'),
  }
  const sessions = readWhole(openaiEvents, [started(), finished, started('resp_2'), failed, { type: 'odd' }])
  expect(sessions).toMatchObject([
    { identity: { identityPath: ['openai-responses', 'resp_1'] } },
    {
      identity: { identityPath: ['openai-responses', 'resp_2'] },
      messages: [{ role: 'SYSTEM', content: 'Oh' }],
      leftOut: [{ what: 'odd events', count: 1 }],
    },
  ])
})
