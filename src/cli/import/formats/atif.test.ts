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
    identity: { by: 'name', identityPath: ['atif', 'run-7', ''] },
    agent: 'terminus',
    model: 'm-1',
    origin: 'USER',
  })
  expect(session?.messages).toMatchObject([
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
      reasoning: 'hm',
      context,
    },
    { id: null, role: 'TOOL', content: 'a', toolCallId: 'c', context },
    { id: null, role: 'TOOL', content: 'b', toolCallId: null, context },
    { id: null, role: 'SYSTEM', content: 'Stopped by the user.', context },
  ])
})

test('rows that a gateway exported keep their agent where no model is known', () => {
  const row = { agent: 'tau2-bench', model: '' }
  const [session] = readWhole(atif, [
    {
      schema_version: 'ATIF-v1.7',
      session_id: '87ac15a5-1dde-4565-855b-85f15ebe5396',
      trajectory_id: '87ac15a5-1dde-4565-855b-85f15ebe5396',
      agent: { name: 'tau2-bench', version: 'unknown' },
      steps: ['user', 'agent'].map((source, seq) => ({
        step_id: seq + 1,
        source,
        message: 'Hi',
        extra: { message_id: `d12d54a4-36b9-5f47-adba-0885319b695${seq}`, seq, row },
      })),
    },
  ])
  expect(session?.messages.map(({ context }) => context)).toMatchObject([row, row])
})

test('times, pictures and what metrics tell beside the usage are kept', () => {
  const image = { type: 'image', source: { media_type: 'image/png', path: 'images/1.png' } }
  const [session] = readWhole(atif, [
    {
      ...{
        schema_version: 'ATIF-v1.6',
        session_id: 'r',
        notes: 'One of ten.',
        agent: { name: 'a', version: '2' },
      },
      steps: [
        {
          source: 'user',
          message: [{ type: 'text', text: 'See' }, image],
          timestamp: '2026-03-04T05:06:07Z',
        },
        {
          ...{ source: 'agent', message: 'a', llm_call_count: 2 },
          metrics: {
            prompt_tokens: 5,
            completion_tokens: 1,
            completion_token_ids: [1, 2],
            extra: { ttft: 3 },
          },
          observation: { results: [{ content: [{ type: 'text', text: 'x' }, image] }] },
        },
      ],
    },
  ])
  expect(session).toMatchObject({
    ...{ metadata: { atif: { notes: 'One of ten.', agent: { version: '2' } } } },
    leftOut: [{ what: 'completion_token_ids', count: 1 }],
    messages: [
      { content: 'See', pictures: [{ url: 'images/1.png' }], createdAt: '2026-03-04T05:06:07.000Z' },
      { metadata: { llm_call_count: 2, metrics: { extra: { ttft: 3 } } } },
      { content: 'x', pictures: [{ mediaType: 'image/png' }] },
    ],
  })
})

test('steps that continue another trajectory are rows whose usage counts there', () => {
  const step = { source: 'agent', message: 'a', metrics: { prompt_tokens: 5, completion_tokens: 1 } }
  const [session] = readWhole(atif, [
    {
      schema_version: 'ATIF-v1.6',
      agent: { name: 'a' },
      steps: [{ ...step, is_copied_context: true }, step],
    },
  ])
  expect(session?.messages.map(({ usage }) => usage?.inputTokens ?? null)).toEqual([null, 5])
})

test('embedded sub-agents are sessions under the call whose result refers to them', () => {
  const metrics = { prompt_tokens: 5, completion_tokens: 1, cost_usd: 0.1 }
  const [main, child] = readWhole(atif, [
    {
      ...{ schema_version: 'ATIF-v1.7', session_id: 'r', trajectory_id: 't0', agent: { name: 'a' } },
      final_metrics: { total_prompt_tokens: 10, total_completion_tokens: 3 },
      steps: [
        {
          ...{
            source: 'agent',
            message: '',
            metrics,
            tool_calls: [{ tool_call_id: 'c', function_name: 'ask', arguments: {} }],
          },
          observation: {
            results: [
              { source_call_id: 'c', content: 'Done.', subagent_trajectory_ref: [{ trajectory_id: 't1' }] },
            ],
          },
        },
      ],
      subagent_trajectories: [
        {
          ...{ schema_version: 'ATIF-v1.7', session_id: 'r', trajectory_id: 't1', agent: { name: 'scout' } },
          steps: [{ source: 'agent', message: 'Found.', metrics }],
        },
      ],
    },
  ])
  expect(child).toMatchObject({
    ...{ agent: 'scout', identity: { by: 'name', identityPath: ['atif', 'r', '', 'sub-agent', 't1'] } },
    parent: { identity: { by: 'name', identityPath: ['atif', 'r', ''] }, callId: 'c' },
    messages: [{ content: 'Found.', usage: { costUsd: 0.1 } }],
  })
  expect(main?.notes).toEqual(['its total_completion_tokens of 3 is not the sum of its steps, 1'])
})

test.each([
  [{ steps: [] }, 'it has no agent'],
  [{ agent: {}, steps: [{ source: 'judge' }] }, 'step 1 has the unknown source "judge"'],
  [{ agent: {}, steps: [5] }, 'step 1: is no object'],
])('%j cannot be read', (value, reason) => {
  expect(() => readWhole(atif, [{ schema_version: 'ATIF-v1.7', ...value }])).toThrow(reason)
})

test('what newer versions add is kept: sounds of a message and a result, calls of models in a step', () => {
  const sound = { type: 'audio', source: { media_type: 'audio/wav', path: 'a.wav', duration_sec: 1.5 } }
  const [session] = readWhole(atif, [
    {
      ...{ schema_version: 'ATIF-v1.8', session_id: 'r', agent: { name: 'a', version: '1' } },
      steps: [
        { step_id: 1, source: 'user', message: [{ type: 'text', text: 'Hear.' }, sound] },
        {
          ...{ step_id: 2, source: 'agent', message: 'I do.', llm_call_count: 2, reasoning_effort: 0.5 },
          tool_calls: [{ tool_call_id: 'c', function_name: 'play', arguments: {} }],
          observation: { results: [{ source_call_id: 'c', content: [sound] }] },
        },
      ],
    },
  ])
  expect(session?.leftOut).toEqual([])
  expect(session?.messages.map(({ role, content, metadata }) => [role, content, metadata])).toEqual([
    ['USER', 'Hear.', { message: [{ index: 1, part: sound }] }],
    ['ASSISTANT', 'I do.', { llm_call_count: 2, reasoning_effort: 0.5 }],
    ['TOOL', '', { content: [{ index: 0, part: sound }] }],
  ])
})
