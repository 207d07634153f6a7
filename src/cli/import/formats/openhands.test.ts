import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { openHandsEvents, openHandsRuns } from './openhands.js'

const response = {
  id: 'r1',
  model: 'gpt-a',
  usage: { prompt_tokens: 100, completion_tokens: 5, prompt_tokens_details: { cached_tokens: 40 } },
}
const metadata = (tool_call_id: string) => ({
  ...{ tool_call_id, function_name: 'execute_bash' },
  model_response: {
    ...response,
    choices: [
      {
        message: {
          content: 'I look.',
          tool_calls: [{ id: 'a', function: { arguments: '{"command":"ls"}' } }],
        },
      },
    ],
  },
})

test('actions of one answer are one row whose usage counts once, and observations are its results', () => {
  const [session] = readWhole(
    openHandsEvents,
    [
      { id: 0, source: 'agent', action: 'system', args: { content: 'Be brief.' } },
      { id: 1, source: 'user', action: 'message', args: { content: 'Go' }, timestamp: '2026-05-06T10:00:00' },
      {
        id: 2,
        source: 'agent',
        action: 'run',
        args: { command: 'ls', thought: 'x' },
        tool_call_metadata: metadata('a'),
        llm_metrics: { accumulated_cost: 0.2 },
      },
      {
        id: 3,
        source: 'agent',
        observation: 'run',
        content: 'no',
        cause: 2,
        extras: { metadata: { exit_code: 2 } },
        tool_call_metadata: metadata('a'),
      },
      {
        id: 4,
        source: 'agent',
        action: 'run',
        args: { command: 'pwd' },
        tool_call_metadata: metadata('b'),
        llm_metrics: { accumulated_cost: 0.2 },
      },
      { id: 5, source: 'agent', action: 'read', args: { path: 'a', thought: 'Now read.' } },
      { id: 6, source: 'agent', observation: 'read', content: 'text', cause: 5 },
      { id: 7, source: 'environment', observation: 'agent_state_changed', content: '' },
    ],
    {},
    'array',
  )
  expect(session).toMatchObject({
    ...{
      systemPrompt: 'Be brief.',
      title: 'Go',
      model: 'gpt-a',
      leftOut: [{ what: 'agent_state_changed events', count: 1 }],
    },
    messages: [
      { role: 'USER', content: 'Go', createdAt: '2026-05-06T10:00:00.000Z' },
      {
        ...{ role: 'ASSISTANT', content: 'I look.' },
        toolCalls: [{ id: 'a', name: 'execute_bash', arguments: '{"command":"ls"}' }, { id: 'b' }],
        usage: { inputTokens: 60, cacheReadInputTokens: 40, outputTokens: 5, costUsd: 0.2 },
      },
      { role: 'TOOL', toolCallId: 'a', isError: true },
      {
        role: 'ASSISTANT',
        content: 'Now read.',
        toolCalls: [{ id: 'event_5', name: 'read', arguments: '{"path":"a"}' }],
        usage: null,
      },
      { role: 'TOOL', toolCallId: 'event_5', content: 'text' },
    ],
  })
})

test('results of evaluations and events that name their kind are read', () => {
  const text = (content: string) => [{ type: 'text', text: content }]
  const events = [
    { kind: 'SystemPromptEvent', source: 'agent', system_prompt: { text: 'Be brief.' } },
    { kind: 'MessageEvent', source: 'user', llm_message: { role: 'user', content: text('Go') } },
    {
      kind: 'ActionEvent',
      source: 'agent',
      thought: text('Hm.'),
      tool_name: 'bash',
      tool_call_id: 'a',
      llm_response_id: 'r',
      tool_call: { arguments: '{}' },
    },
    {
      kind: 'ObservationEvent',
      source: 'environment',
      tool_call_id: 'a',
      observation: { content: text('x'), exit_code: 0 },
    },
  ]
  const [session] = readWhole(openHandsRuns, [{ instance_id: 'repo-1', history: events }])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'content', beside: ['openhands', 'repo-1'] },
      origin: 'EVAL',
      systemPrompt: 'Be brief.',
    },
    messages: [
      { role: 'USER', content: 'Go' },
      { role: 'ASSISTANT', content: 'Hm.', toolCalls: [{ id: 'a', name: 'bash', arguments: '{}' }] },
      { role: 'TOOL', toolCallId: 'a', content: 'x', isError: false },
    ],
  })
})
