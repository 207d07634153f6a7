import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { Unreadable } from '../source.js'
import { geminiSession } from './gemini-cli.js'
import { geminiStream } from './gemini-stream.js'

const id = '9e010000-0000-4000-8000-000000000041'
const event = (type: string, members: object) => ({ type, timestamp: '2026-05-03T11:00:00.000Z', ...members })
const init = (session = id) => event('init', { session_id: session, model: 'gemini-a' })
const asked = (content: string) => event('message', { role: 'user', content })
const delta = (content: string) => event('message', { role: 'assistant', content, delta: true })
const call = (tool: string) =>
  event('tool_use', { tool_name: 'read', tool_id: tool, parameters: { at: tool } })
const done = (total: number, input: number, cached: number, output: number) =>
  event('result', {
    status: 'success',
    stats: { total_tokens: total, input_tokens: input, cached, output_tokens: output, input: input - cached },
  })

test('pieces and calls up to a result are one answer, and the usage of the run counts once', () => {
  const [session, ...others] = readWhole(geminiStream, [
    ...[init(), asked('Read both.'), delta('I will '), delta('look.'), call('t1'), call('t2')],
    event('tool_result', { tool_id: 't1', status: 'success', output: 'x' }),
    event('tool_result', { tool_id: 't2', status: 'error', error: { type: 'NO_FILE', message: 'none' } }),
    ...[delta('Do'), delta('ne.'), done(75, 50, 20, 20)],
  ])
  expect(others).toEqual([])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'id', id },
      agent: 'gemini-cli',
      model: 'gemini-a',
      title: 'Read both.',
      leftOut: [],
    },
    messages: [
      { role: 'USER', content: 'Read both.', createdAt: '2026-05-03T11:00:00.000Z' },
      {
        ...{ role: 'ASSISTANT', content: 'I will look.', usage: null, context: { model: 'gemini-a' } },
        toolCalls: [{ id: 't1', name: 'read', arguments: '{"at":"t1"}' }, { id: 't2' }],
      },
      { role: 'TOOL', toolCallId: 't1', content: 'x', isError: false },
      {
        ...{ role: 'TOOL', toolCallId: 't2', content: 'none', isError: true },
        metadata: { 'gemini-cli': { error_type: 'NO_FILE' } },
      },
      {
        ...{ role: 'ASSISTANT', content: 'Done.' },
        usage: { inputTokens: 30, cacheReadInputTokens: 20, outputTokens: 25, costUsd: null },
      },
    ],
  })
  expect(session?.messages.some(({ open }) => open)).toBe(false)
})

test('each run of a session has its own usage; one without an answer gives its to none', () => {
  const failed = event('result', { status: 'error', error: { type: 'X', message: 'no quota' } })
  const [session, ...others] = readWhole(geminiStream, [
    ...[init(), asked('One?'), delta('One.'), done(12, 10, 0, 2)],
    ...[init(), asked('Two?'), delta('Two.'), done(33, 30, 10, 3)],
    ...[
      init(),
      { ...done(5, 4, 0, 1) },
      init(),
      event('error', { severity: 'error', message: 'no quota' }),
      failed,
    ],
  ])
  expect(others).toEqual([])
  const rows = session?.messages ?? []
  expect(rows.map(({ content }) => content)).toEqual(['One?', 'One.', 'Two?', 'Two.', 'no quota'])
  expect(rows.flatMap(({ usage }) => usage?.outputTokens ?? [])).toEqual([2, 3])
  expect(session?.leftOut).toEqual([{ what: 'usage of runs without an answer', count: 1 }])
})

test('an answer that the stream breaks off may still grow, and other sessions stand apart', () => {
  const sessions = readWhole(geminiStream, [
    init('a'),
    delta('Hm'),
    init('b'),
    delta('Whole.'),
    done(2, 1, 0, 1),
  ])
  expect(sessions).toMatchObject([
    {
      identity: { by: 'name', identityPath: ['gemini-cli', 'a'] },
      messages: [{ content: 'Hm', open: true }],
    },
    { messages: [{ content: 'Whole.', usage: { outputTokens: 1 } }] },
  ])
  expect(sessions[1]?.messages[0]).not.toHaveProperty('open')
  expect(() => readWhole(geminiStream, [])).toThrow(Unreadable)
})

test('a stream is told by its first event; without it, it is named as what it is', () => {
  const start = (...values: unknown[]) => ({ shape: 'lines' as const, values, path: 'run.jsonl' })
  expect(geminiStream.recognizes(start(init(), asked('Hi')))).toBe(true)
  expect(geminiSession.looksLike?.(start(init()))).toBe(false)
  expect(geminiStream.recognizes(start(delta('Hm'), call('t1')))).toBe(false)
  expect(geminiStream.looksLike?.(start(delta('Hm'), call('t1')))).toBe(true)
  expect(geminiStream.looksLike?.(start({ type: 'system', subtype: 'init', session_id: id }))).toBe(false)
})
