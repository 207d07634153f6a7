import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { geminiCheckpoint } from './gemini-checkpoint.js'
import { geminiSession } from './gemini-cli.js'

const head = {
  sessionId: '9e010000-0000-4000-8000-000000000002',
  projectHash: 'p',
  startTime: '2026-05-03T11:00:00Z',
}
const user = (id: string, content: unknown) => ({
  id,
  type: 'user',
  content,
  timestamp: '2026-05-03T11:00:01Z',
})
const answer = (id: string, content: string, members: object = {}) => ({
  ...{ id, type: 'gemini', content, timestamp: '2026-05-03T11:00:02Z', model: 'gemini-a' },
  ...members,
})

test('an answer gives its calls, a row a result, and usage without what was cached', () => {
  const call = (id: string, status: string, response: object) => ({
    ...{ id, name: 'read', args: { at: id }, status },
    result: [{ functionResponse: { id, name: 'read', response } }],
  })
  const [session] = readWhole(geminiSession, [
    {
      ...head,
      summary: 'Read files',
      messages: [
        user('u', [{ text: 'Read.' }, { inlineData: { mimeType: 'image/png', data: 'aWE=' } }]),
        answer('a', 'Done.', {
          thoughts: [{ subject: 'Plan', description: 'Read both.' }],
          tokens: { input: 50, cached: 20, output: 4, thoughts: 3, tool: 2 },
          toolCalls: [call('t1', 'success', { output: 'x' }), call('t2', 'error', { error: 'none' })],
        }),
        { id: 'i', type: 'info', content: 'Update available.', timestamp: '2026-05-03T11:00:03Z' },
      ],
    },
  ])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'id', id: head.sessionId },
      title: 'Read files',
      titleSource: 'MACHINE',
      model: 'gemini-a',
    },
    messages: [
      { role: 'USER', content: 'Read.', pictures: [{ base64: 'aWE=' }] },
      {
        role: 'ASSISTANT',
        reasoning: 'Plan: Read both.',
        toolCalls: [{ id: 't1', arguments: '{"at":"t1"}' }, { id: 't2' }],
        usage: { inputTokens: 32, cacheReadInputTokens: 20, outputTokens: 7, costUsd: null },
      },
      { role: 'TOOL', toolCallId: 't1', content: 'x', isError: false },
      { role: 'TOOL', toolCallId: 't2', content: 'none', isError: true },
      { role: 'SYSTEM', content: 'Update available.' },
    ],
  })
})

test('a session in lines is its newest state: messages told again, and changes of the head; what was rewound stays', () => {
  const [session] = readWhole(geminiSession, [
    head,
    user('u1', 'One'),
    answer('a1', 'Half'),
    answer('a1', 'Whole'),
    user('u2', 'Two'),
    answer('a2', 'Gone'),
    { $rewindTo: 'u2' },
    { $set: { summary: 'Counting' } },
    user('u3', 'Three'),
  ])
  expect(session?.title).toBe('Counting')
  expect(session?.messages.map(({ content }) => content)).toEqual(['One', 'Whole', 'Two', 'Gone', 'Three'])
  expect(session?.leftOut).toEqual([{ what: 'rewinds', count: 1 }])
})

test('a history that is told anew neither doubles calls nor loses what it no longer holds', () => {
  const called = {
    id: 'c1',
    name: 'ls',
    args: { path: '/' },
    status: 'success',
    timestamp: '2026-05-03T10:00:02Z',
  }
  const result = [{ functionResponse: { id: 'c1', name: 'ls', response: { output: 'a b' } } }]
  const lines = [
    head,
    user('u1', 'One'),
    {
      ...answer('a1', 'I look.'),
      tokens: { input: 9, output: 1, cached: 0 },
      toolCalls: [{ ...called, result }],
    },
    // As a history of the API has them: calls stand in the content, results in a person's name, and may be masked.
    {
      $set: {
        messages: [
          user('u1', 'One'),
          {
            ...answer('a1', ''),
            content: [{ text: 'I look.' }, { functionCall: { id: 'c1', name: 'ls', args: { path: '/' } } }],
            toolCalls: [
              { ...called, result: [{ functionResponse: { id: 'c1', response: { output: '(masked)' } } }] },
            ],
          },
          { ...user('h1', ''), content: result },
        ],
      },
    },
    user('u2', 'Two'),
    {
      $set: {
        messages: [user('s1', 'They listed a folder.'), answer('s2', 'Got it.'), user('u2', 'Two')],
      },
    },
    answer('a2', 'Done.'),
  ]
  const [session] = readWhole(geminiSession, lines)
  expect(session?.messages.map(({ role, content, replacesUpTo }) => [role, content, replacesUpTo])).toEqual([
    ['USER', 'One', undefined],
    ['ASSISTANT', 'I look.', undefined],
    ['TOOL', 'a b', undefined],
    ['USER', 'Two', undefined],
    ['USER', 'They listed a folder.', 2],
    ['ASSISTANT', 'Got it.', undefined],
    ['ASSISTANT', 'Done.', undefined],
  ])
  expect(session?.messages[1]?.toolCalls).toHaveLength(1)
  expect(session?.messages[1]?.usage).toMatchObject({ inputTokens: 9 })
})

test("a sub-agent's session stands in a group with the one whose folder it is in", () => {
  const [session] = readWhole(
    geminiSession,
    [
      { sessionId: 'scout-1', projectHash: 'p', startTime: '2026-05-03T10:00:00Z', kind: 'subagent' },
      user('u', 'Go'),
    ],
    { path: `/home/me/.gemini/tmp/p/chats/${head.sessionId}/scout-1.jsonl` },
  )
  expect(session).toMatchObject({
    identity: { by: 'name', identityPath: ['gemini-cli', head.sessionId, 'agent', 'scout-1'] },
    parent: { identity: { by: 'id', id: head.sessionId } },
  })
})

test('a checkpoint pairs calls and results without ids by order and name', () => {
  const called = (name: string) => ({ functionCall: { name, args: {} } })
  const told = (name: string, output: string) => ({ functionResponse: { name, response: { output } } })
  const [session] = readWhole(
    geminiCheckpoint,
    [
      {
        role: 'user',
        parts: [{ text: 'This is the Gemini CLI. We are setting up the context for our chat.' }],
      },
      { role: 'user', parts: [{ text: 'Go' }] },
      { role: 'model', parts: [{ text: 'Hm.', thought: true }, called('a'), called('b')] },
      { role: 'user', parts: [told('b', 'B'), told('a', 'A')] },
      { role: 'model', parts: [{ text: 'Done.' }] },
    ],
    {},
    'array',
  )
  expect(session).toMatchObject({ title: 'Go', identity: { by: 'content' } })
  expect(
    session?.messages.map(({ role, content, toolCallId }) => [role, content.slice(0, 5), toolCallId]),
  ).toEqual([
    ['SYSTEM', 'This ', undefined],
    ['USER', 'Go', undefined],
    ['ASSISTANT', '', undefined],
    ['TOOL', 'B', 'call_2'],
    ['TOOL', 'A', 'call_1'],
    ['ASSISTANT', 'Done.', undefined],
  ])
})
