import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { atif } from './atif.js'

test('a trajectory of another tool keeps what transcripts have no place for in the metadata', () => {
  const [session] = readWhole(atif, [
    {
      schema_version: 'ATIF-v1.4',
      session_id: 'run-7',
      agent: { name: 'terminus', version: '2', model_name: 'm-1' },
      steps: [
        { step_id: 1, source: 'system', message: 'Be brief.' },
        { step_id: 2, source: 'user', message: 'Go' },
        {
          step_id: 3,
          source: 'agent',
          model_name: 'm-2',
          message: '',
          reasoning_content: 'hm',
          tool_calls: [{ tool_call_id: 'c', function_name: 'ls', arguments: { at: '.' } }],
          observation: { results: [{ source_call_id: 'c', content: 'a' }, { content: 'b' }] },
          metrics: { prompt_tokens: 10, cached_tokens: 4, completion_tokens: 2, cost_usd: 0.5 },
        },
        { step_id: 4, source: 'system', message: 'Stopped by the user.' },
      ],
    },
  ])
  const context = { model: 'm-2', agent: 'terminus', systemPrompt: 'Be brief.' }
  expect(session).toMatchObject({
    identity: { by: 'name', place: ['atif', 'run-7', ''] },
    agent: 'terminus',
    model: 'm-1',
    origin: 'USER',
  })
  expect(session?.messages).toEqual([
    { id: null, role: 'USER', content: 'Go', context },
    {
      id: null,
      role: 'ASSISTANT',
      content: '',
      toolCalls: [{ id: 'c', name: 'ls', arguments: '{"at":"."}' }],
      usage: {
        inputTokens: 6,
        outputTokens: 2,
        cacheReadInputTokens: 4,
        cacheCreationInputTokens: 0,
        costUsd: 0.5,
      },
      metadata: { reasoning_content: 'hm' },
      context,
    },
    { id: null, role: 'TOOL', content: 'a', toolCallId: 'c', context },
    { id: null, role: 'TOOL', content: 'b', toolCallId: null, context },
    { id: null, role: 'SYSTEM', content: 'Stopped by the user.', context },
  ])
})

test.each([
  [{ steps: [] }, 'it has no agent'],
  [{ agent: {}, steps: [{ source: 'judge' }] }, 'step 1 has the unknown source "judge"'],
  [{ agent: {}, steps: [5] }, 'step 1: is no object'],
])('%j cannot be read', (value, reason) => {
  expect(() => readWhole(atif, [{ schema_version: 'ATIF-v1.7', ...value }])).toThrow(reason)
})
