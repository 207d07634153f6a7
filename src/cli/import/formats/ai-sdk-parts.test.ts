import { expect, test } from 'vitest'
import { uiMessages } from '../../../../test/support/agent-files/sample-answers.js'
import { readWhole } from '../read-format.js'
import { conversation } from './chat.js'
import { geminiCheckpoint } from './gemini-checkpoint.js'

const rowsOf = (messages: readonly unknown[]) => readWhole(conversation, messages, {}, 'array')[0]?.messages

test('messages of the AI SDK are chats, an answer for each step with its calls and their results', () => {
  const start = { shape: 'array' as const, values: uiMessages, path: 'ui.json' }
  expect([conversation.recognizes(start), geminiCheckpoint.recognizes(start)]).toEqual([true, false])
  expect(rowsOf(uiMessages)).toMatchObject([
    { role: 'USER', content: 'Which files?', pictures: [{ mediaType: 'image/png', base64: 'aWJv' }] },
    {
      ...{ role: 'ASSISTANT', content: '', reasoning: 'Hm', metadata: { id: 'm2', metadata: { took: 2 } } },
      toolCalls: [
        { id: 'c1', name: 'ls', arguments: '{"at":"."}' },
        { id: 'c2', name: 'cat', arguments: '{"at":"."}' },
      ],
    },
    { role: 'TOOL', content: '["a.ts"]', toolCallId: 'c1', isError: false },
    { role: 'TOOL', content: 'No', toolCallId: 'c2', isError: true },
    { role: 'ASSISTANT', content: 'One.', metadata: { content: [{ part: { type: 'source-url' } }] } },
  ])
})

test('so are those that it sends to models, and of earlier versions', () => {
  const called = { toolCallId: 'c1', toolName: 'ls' }
  const results = [
    { type: 'tool-result', ...called, output: { type: 'error-text', value: 'No' } },
    { type: 'tool-result', ...called, toolCallId: 'c2', result: { a: 1 } },
  ]
  expect(
    rowsOf([
      { role: 'user', content: 'Which?' },
      {
        role: 'assistant',
        content: [
          { type: 'text', text: 'I look.' },
          { type: 'tool-call', ...called, input: {} },
        ],
      },
      { role: 'tool', content: results },
    ]),
  ).toMatchObject([
    { content: 'Which?' },
    { role: 'ASSISTANT', content: 'I look.', toolCalls: [{ id: 'c1', name: 'ls', arguments: '{}' }] },
    { role: 'TOOL', content: 'No', toolCallId: 'c1', isError: true },
    { role: 'TOOL', content: '{"a":1}', toolCallId: 'c2' },
  ])
  const toolInvocation = { state: 'result', ...called, args: {}, result: 'a.ts' }
  expect(
    rowsOf([
      {
        role: 'assistant',
        content: 'One.',
        parts: [
          { type: 'tool-invocation', toolInvocation },
          { type: 'text', text: 'One.' },
        ],
      },
    ]),
  ).toMatchObject([
    { content: 'One.', toolCalls: [{ id: 'c1', name: 'ls' }] },
    { role: 'TOOL', content: 'a.ts' },
  ])
})
