import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { Unreadable } from '../source.js'
import { opencode } from './opencode.js'
import { opencodeRun } from './opencode-run.js'

const sessionID = 'ses_1'
const timestamp = 1_777_806_000_000
const event = (type: string, messageID: string | undefined, part: object, session = sessionID) => ({
  ...{ type, timestamp, sessionID: session },
  part: { id: `prt_${type}`, sessionID: session, messageID, ...part },
})
const begin = (message?: string) => event('step_start', message, { type: 'step-start' })
const text = (message: string | undefined, said: string) =>
  event('text', message, { type: 'text', text: said })
const tool = (message: string, callID: string, state: object) =>
  event('tool_use', message, { id: `prt_${callID}`, type: 'tool', tool: 'ls', callID, state })
const end = (message: string | undefined, input: number, cost: number) =>
  event('step_finish', message, {
    ...{ type: 'step-finish', reason: 'stop', cost },
    tokens: { input, output: 5, reasoning: 2, cache: { read: 3, write: 1 } },
  })

test('the parts of a message are one answer, as in what opencode exports', () => {
  const events = [
    ...[
      begin('msg_1'),
      text('msg_1', 'I look.'),
      tool('msg_1', 'c1', { status: 'completed', output: 'a.ts' }),
    ],
    ...[tool('msg_1', 'c2', { status: 'error', error: 'none' }), end('msg_1', 10, 0.25)],
    ...[begin('msg_2'), text('msg_2', 'One file.'), end('msg_2', 20, 0.5)],
  ]
  const [session, ...others] = readWhole(opencodeRun, events)
  expect(others).toEqual([])
  expect(session?.messages).toMatchObject([
    {
      ...{ role: 'ASSISTANT', content: 'I look.', createdAt: '2026-05-03T11:00:00.000Z' },
      toolCalls: [{ id: 'c1' }, { id: 'c2' }],
      usage: {
        inputTokens: 10,
        outputTokens: 7,
        cacheReadInputTokens: 3,
        cacheCreationInputTokens: 1,
        costUsd: 0.25,
      },
    },
    { role: 'TOOL', toolCallId: 'c1', content: 'a.ts', isError: false },
    { role: 'TOOL', toolCallId: 'c2', content: 'none', isError: true },
    { role: 'ASSISTANT', content: 'One file.', usage: { inputTokens: 20, costUsd: 0.5 } },
  ])
  expect(session?.messages.some(({ open }) => open)).toBe(false)
  const message = {
    info: { id: 'msg_2', role: 'assistant', time: { created: timestamp } },
    parts: [{ id: 'prt_text', type: 'text', text: 'One file.' }],
  }
  const [exported] = readWhole(opencode, [{ info: { id: sessionID, time: {} }, messages: [message] }])
  expect(session?.identity).toEqual(exported?.identity)
  expect(session?.messages.at(-1)?.id).toBe(exported?.messages[0]?.id)
})

test('steps without a message end with their tokens; what goes wrong is a row, and other sessions stand apart', () => {
  const error = {
    type: 'error',
    timestamp,
    sessionID,
    error: { name: 'APIError', data: { message: 'No quota.' } },
  }
  const sessions = readWhole(opencodeRun, [
    ...[begin(), text(undefined, 'One.'), end(undefined, 1, 0), begin(), text(undefined, 'Two.'), error],
    event('text', 'msg_9', { type: 'text', text: 'Other' }, 'ses_2'),
  ])
  expect(sessions.map(({ messages }) => messages.map(({ role, content }) => [role, content]))).toEqual([
    [
      ['ASSISTANT', 'One.'],
      ['ASSISTANT', 'Two.'],
      ['SYSTEM', 'No quota.'],
    ],
    [['ASSISTANT', 'Other']],
  ])
  expect(sessions[0]?.messages[2]?.metadata).toEqual({ opencode: { event: 'error', name: 'APIError' } })
  expect(sessions.map(({ messages }) => messages.some(({ open }) => open))).toEqual([false, true])
  expect(() => readWhole(opencodeRun, [])).toThrow(Unreadable)
})

test('a run is told from an export by its events', () => {
  const start = (...values: unknown[]) => ({ shape: 'lines' as const, values, path: 'run.jsonl' })
  expect(opencodeRun.recognizes(start(begin('msg_1')))).toBe(true)
  expect(opencodeRun.recognizes(start({ type: 'text', sessionID, text: 'Hi' }))).toBe(false)
  expect(opencode.recognizes(start(begin('msg_1')))).toBe(false)
})
