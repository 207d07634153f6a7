import { expect, test } from 'vitest'
import { answerStreams } from '../../../../test/support/agent-files/sample-answers.js'
import { readWhole } from '../read-format.js'
import { anthropicEvents, chatChunks } from './answer-streams.js'
import { chatCompletion } from './chat-completion.js'

const { chunks, events, completion, message } = answerStreams

test.each([
  ['chat.completion.chunk', chatChunks, chunks, completion],
  ["Anthropic's", anthropicEvents, events, message],
] as const)(
  'a stream of %s events is the answer that the API gives at once',
  (_name, format, given, whole) => {
    const [session, ...others] = readWhole(format, given)
    expect(others).toEqual([])
    expect(session).toEqual(readWhole(chatCompletion, [whole])[0])
    expect(session?.messages).toHaveLength(1)
    expect(readWhole(format, [...given, ...given])).toEqual([session])
  },
)

test('one that broke off is what had come of it, and may still grow', () => {
  expect(readWhole(chatChunks, chunks.slice(0, 4))).toMatchObject([
    { messages: [{ content: 'I look', reasoning: 'Hm', open: true }] },
  ])
  expect(readWhole(anthropicEvents, events.slice(0, 5))).toMatchObject([
    { messages: [{ content: 'I look', usage: { outputTokens: 1 }, open: true }] },
  ])
})

test('what broke it off is a row of the harness, also where nothing was answered', () => {
  const error = { type: 'overloaded_error', message: 'Overloaded' }
  const told = { role: 'SYSTEM', content: 'Overloaded', metadata: { error } }
  const said = { role: 'ASSISTANT', content: 'I look' }
  expect(readWhole(chatChunks, [...chunks.slice(0, 4), { error }])).toMatchObject([
    { messages: [said, told] },
  ])
  expect(readWhole(anthropicEvents, [...events.slice(0, 5), { type: 'error', error }])).toMatchObject([
    { messages: [said, told] },
  ])
  const [start] = events
  expect(readWhole(anthropicEvents, [start, { type: 'error', error }])).toMatchObject([{ messages: [told] }])
})

test('streams of one file are sessions, though their lines stand between each other; other choices are left out', () => {
  const second = chunks.map((chunk) => ({ ...chunk, id: 'chatcmpl-2' }))
  const other = { ...chunks[1], choices: [{ index: 1, delta: { content: 'Or' } }] }
  const mixed = chunks.flatMap((chunk, index) => [chunk, second[index]])
  const [one] = readWhole(chatChunks, chunks)
  expect(readWhole(chatChunks, mixed)).toMatchObject([
    { messages: one?.messages, leftOut: [] },
    { messages: one?.messages },
  ])
  expect(readWhole(chatChunks, [...chunks, other, other])[0]?.leftOut).toEqual([
    { what: 'choices behind the first', count: 1 },
  ])
})

test('calls that all have the same index are told by their ids, and arguments that broke off stay as text', () => {
  const call = (id: string, name: string, text: string) => ({
    ...chunks[0],
    choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id, function: { name, arguments: text } }] } }],
  })
  const [session] = readWhole(chatChunks, [
    call('a', 'ls', '{}'),
    call('b', 'cat', '{"at":'),
    call('b', '', '1}'),
  ])
  expect(session?.messages[0]?.toolCalls).toEqual([
    { id: 'a', name: 'ls', arguments: '{}' },
    { id: 'b', name: 'cat', arguments: '{"at":1}' },
  ])
  const cut = events.slice(0, 8)
  expect(readWhole(anthropicEvents, cut)[0]?.messages[0]?.toolCalls).toEqual([
    { id: 'toolu_1', name: 'ls', arguments: '{"at": ' },
  ])
})
