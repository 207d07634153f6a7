import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { codex } from './codex.js'
import { codexDocument } from './codex-document.js'

const session = {
  timestamp: '2025-04-20T10:00:00.000Z',
  id: 'c0de0000-0000-4000-8000-000000000009',
  instructions: 'Be brief.',
}
const items = [
  { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Which files?' }] },
  { type: 'reasoning', id: 'rs_1', summary: [], duration_ms: 900 },
  { type: 'function_call', id: 'fc_1', call_id: 'call_1', name: 'shell', arguments: '{"command":["ls"]}' },
  {
    type: 'function_call_output',
    call_id: 'call_1',
    output: '{"output":"a.ts","metadata":{"exit_code":0}}',
  },
  {
    ...{ type: 'message', id: 'msg_1', role: 'assistant' },
    content: [{ type: 'output_text', text: 'One.', annotations: [{ type: 'file_citation', index: 0 }] }],
  },
]
const read = (count: number) => readWhole(codexDocument, [{ session, items: items.slice(0, count) }])

test('a document of the first versions is its session with rows of its items', () => {
  expect(
    codexDocument.input === 'value' &&
      codexDocument.recognizes({ shape: 'object', values: [{ session, items }], path: 'a.json' }),
  ).toBe(true)
  const [found, ...others] = read(items.length)
  expect(others).toEqual([])
  expect(found).toMatchObject({
    identity: { by: 'id', id: session.id },
    title: 'Which files?',
    systemPrompt: 'Be brief.',
    createdAt: session.timestamp,
    leftOut: [
      { what: 'duration_ms of reasoning', count: 1 },
      { what: 'annotations of parts', count: 1 },
    ],
    messages: [
      { role: 'USER', content: 'Which files?', createdAt: session.timestamp },
      { role: 'ASSISTANT', toolCalls: [{ id: 'call_1', name: 'shell' }], usage: null },
      { role: 'TOOL', toolCallId: 'call_1', content: 'a.ts', isError: false },
      { role: 'ASSISTANT', content: 'One.', usage: null },
    ],
  })
})

test('what comes behind in a document that grows changes no row before', () => {
  const whole = read(items.length)[0]?.messages ?? []
  for (const count of [1, 4]) {
    const rows = read(count)[0]?.messages ?? []
    expect(rows.map((row) => ({ ...row, open: undefined }))).toEqual(
      whole.slice(0, rows.length).map((row) => ({ ...row, open: undefined })),
    )
  }
})

test('what is no item is counted, and what parts of a rollout say beside their text', () => {
  const [odd] = readWhole(codexDocument, [{ session, items: [items[0], 'x'] }])
  expect(odd).toMatchObject({
    messages: [{ role: 'USER' }],
    leftOut: [{ what: 'lines that are no entries' }],
  })
  const [rollout] = readWhole(codex, [
    { timestamp: session.timestamp, type: 'session_meta', payload: session },
    ...items.map((payload) => ({ timestamp: session.timestamp, type: 'response_item', payload })),
  ])
  expect(rollout?.leftOut).toEqual([
    { what: 'duration_ms of reasoning', count: 1 },
    { what: 'annotations of parts', count: 1 },
  ])
})
