import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { pi } from './pi.js'

const session = {
  type: 'session',
  version: 3,
  id: '91000000-0000-4000-8000-000000000001',
  timestamp: '2026-05-04T10:00:00Z',
}
const entry = (type: string, id: string, parentId: string | null, members: object) => ({
  ...{ type, id, parentId, timestamp: '2026-05-04T10:00:01Z' },
  ...members,
})
const said = (id: string, parentId: string | null, role: string, content: unknown, members: object = {}) =>
  entry('message', id, parentId, { message: { role, content, ...members } })

function read(entries: unknown[]) {
  const [found] = readWhole(pi, [session, ...entries])
  if (found === undefined) throw new Error('nothing was read')
  return found
}

test('messages of the tree are rows that name the row before them in their branch', () => {
  const usage = { input: 10, output: 5, cacheRead: 100, cacheWrite: 20, cost: { total: 0.5 } }
  const call = { type: 'toolCall', id: 'c', name: 'read', arguments: { at: 'a' } }
  const { messages, title, titleSource } = read([
    said('1', null, 'user', 'Go'),
    entry('model_change', '2', '1', { modelId: 'm-1' }),
    said('3', '2', 'assistant', [{ type: 'thinking', thinking: 'Hm.' }, call], { model: 'm-1', usage }),
    said('4', '3', 'toolResult', [{ type: 'text', text: 'x' }], { toolCallId: 'c', isError: true }),
    said('5', '1', 'user', 'Other way'),
    entry('session_info', '6', '5', { name: 'Mine' }),
  ])
  const [first, answer, , branch] = messages
  expect([title, titleSource]).toEqual(['Mine', 'PERSON'])
  expect(answer).toMatchObject({
    ...{
      role: 'ASSISTANT',
      reasoning: 'Hm.',
      toolCalls: [{ id: 'c', name: 'read', arguments: '{"at":"a"}' }],
    },
    usage: {
      inputTokens: 10,
      outputTokens: 5,
      cacheReadInputTokens: 100,
      cacheCreationInputTokens: 20,
      costUsd: 0.5,
    },
    ...{ parentId: first?.id, context: { model: 'm-1' } },
  })
  expect(messages[2]).toMatchObject({
    role: 'TOOL',
    toolCallId: 'c',
    content: 'x',
    isError: true,
    parentId: answer?.id,
  })
  expect(branch).toMatchObject({ content: 'Other way', parentId: first?.id })
})

test.each([
  ['up to the first kept entry', { firstKeptEntryId: '3' }, 1],
  ['of all before it where none is named', {}, 2],
])('a compaction is one %s', (_what, kept, replacesUpTo) => {
  const { messages } = read([
    said('1', null, 'user', 'One'),
    said('2', '1', 'assistant', 'Two'),
    said('3', '2', 'user', 'Three'),
    entry('compaction', '4', '3', { summary: 'So far.', ...kept }),
  ])
  expect(messages[3]).toMatchObject({ content: 'So far.', replacesUpTo })
})

test('what is unknown is counted', () => {
  expect(read([said('1', null, 'user', 'Go'), entry('new_kind', '2', '1', {}), 'x']).leftOut).toEqual([
    { what: 'new_kind entries', count: 1 },
    { what: 'lines that are no entries', count: 1 },
  ])
})

test('a fork has the answers of the session that it began in, without their usage', () => {
  const usage = { input: 3, output: 4, cacheRead: 0, cacheWrite: 0 }
  const entry = (id: string, timestamp: string, message: object) => ({
    type: 'message',
    id,
    parentId: null,
    timestamp,
    message,
  })
  const answer = (text: string) => ({
    role: 'assistant',
    model: 'm',
    content: [{ type: 'text', text }],
    usage,
  })
  const [session] = readWhole(pi, [
    {
      type: 'session',
      id: 'fork',
      timestamp: '2026-05-06T10:00:00Z',
      cwd: '/w',
      parentSession: '/sessions/first.jsonl',
    },
    entry('a', '2026-05-06T09:00:00Z', { role: 'user', content: 'Go' }),
    entry('b', '2026-05-06T09:00:01Z', answer('Here.')),
    entry('c', '2026-05-06T10:00:01Z', answer('There.')),
  ])
  expect(session?.messages.map((message) => message.usage?.outputTokens ?? null)).toEqual([null, null, 4])
})

test('what a run prints is its session, each message once', () => {
  const message = { role: 'assistant', model: 'm-1', content: [{ type: 'text', text: 'Yes.' }] }
  const asked = { role: 'user', content: 'Go?', timestamp: Date.parse('2026-05-04T10:00:02Z') }
  const { messages, leftOut } = read([
    ...[
      { type: 'agent_start' },
      { type: 'message_start', message: asked },
      { type: 'message_end', message: asked },
    ],
    ...[
      { type: 'message_update', message },
      { type: 'message_end', message: { ...message, usage: { input: 3 } } },
    ],
    ...[
      { type: 'turn_end', message },
      { type: 'agent_end', messages: [asked, message] },
    ],
  ])
  expect(messages).toMatchObject([
    { role: 'USER', content: 'Go?', createdAt: '2026-05-04T10:00:02.000Z' },
    { role: 'ASSISTANT', content: 'Yes.', usage: { inputTokens: 3 } },
  ])
  expect(leftOut).toEqual([])
})

test('what an extension says is a row with its pictures', () => {
  const content = [
    { type: 'text', text: 'Look:' },
    { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' },
  ]
  const { messages } = read([
    entry('custom_message', '1', null, { customType: 'shots', content, display: true }),
    said('2', '1', 'custom', content, { customType: 'shots', display: true }),
  ])
  for (const message of messages)
    expect(message).toMatchObject({
      role: 'SYSTEM',
      content: 'Look:',
      pictures: [{}],
      metadata: { pi: { customType: 'shots', display: true } },
    })
  expect(messages).toHaveLength(2)
})
