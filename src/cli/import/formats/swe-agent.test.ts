import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { miniSweAgent } from './mini-swe-agent.js'
import { sweAgent } from './swe-agent.js'

test('the history is the conversation, its steps tell time and state, and the money of the run counts once', () => {
  const calls = [{ id: 'c', type: 'function', function: { name: 'open', arguments: '{}' } }]
  const [session] = readWhole(sweAgent, [
    {
      environment: 'main',
      history: [
        { role: 'system', content: 'Setting.' },
        { role: 'user', content: 'An example.', is_demo: true },
        { role: 'user', content: [{ type: 'text', text: 'Fix it.' }] },
        {
          role: 'assistant',
          content: 'I open it.',
          thought: 'I open it.',
          action: 'open a',
          tool_calls: calls,
        },
        { role: 'tool', content: 'text', tool_call_ids: ['c'] },
      ],
      trajectory: [
        { action: 'open a', execution_time: 0.2 },
        { action: 'submit', response: 'Done.' },
      ],
      info: {
        exit_status: 'submitted',
        model_stats: { instance_cost: 0.5, tokens_sent: 70, tokens_received: 7 },
      },
      replay_config: JSON.stringify({
        agent: { model: { name: 'gpt-a' } },
        problem_statement: { id: 'repo-1' },
      }),
    },
  ])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'content', beside: ['swe-agent', 'repo-1'] },
      title: 'Fix it.',
      model: 'gpt-a',
      origin: 'EVAL',
    },
    ...{ labels: { task: ['repo-1'], exit_status: ['submitted'] }, leftOut: [{ what: 'replay_config' }] },
    notes: ['its history lacks 1 step; its metadata has what is missing'],
    metadata: { 'swe-agent': { steps_after_history: [{ action: 'submit' }] } },
    messages: [
      { role: 'SYSTEM', content: 'Setting.' },
      { role: 'SYSTEM', content: 'An example.' },
      { role: 'USER', content: 'Fix it.' },
      {
        ...{ role: 'ASSISTANT', toolCalls: [{ id: 'c', name: 'open', arguments: '{}' }] },
        usage: { inputTokens: 70, outputTokens: 7, costUsd: 0.5 },
        metadata: { 'swe-agent': { action: 'open a', execution_time: 0.2 } },
      },
      { role: 'TOOL', toolCallId: 'c', content: 'text' },
    ],
  })
})

test('a trajectory of mini-swe-agent gives time, usage and cost of each answer, and how the run ended', () => {
  const extra = {
    timestamp: 1767952800,
    cost: 0.25,
    response: { usage: { prompt_tokens: 10, completion_tokens: 2 } },
  }
  const [session] = readWhole(miniSweAgent, [
    {
      ...{ instance_id: 'repo-2', trajectory_format: 'mini-swe-agent-1.1' },
      info: {
        exit_status: 'Submitted',
        model_stats: { instance_cost: 0.25 },
        config: { model: { model_name: 'm-1' } },
      },
      messages: [
        { role: 'user', content: 'Fix it.' },
        { role: 'assistant', content: 'ls', extra: { ...extra, actions: [{ command: 'ls' }] } },
        { role: 'exit', content: 'diff', extra: { exit_status: 'Submitted' } },
      ],
    },
  ])
  expect(session).toMatchObject({
    ...{ name: 'task repo-2', model: 'm-1', labels: { exit_status: ['Submitted'] } },
    messages: [
      { role: 'USER' },
      {
        ...{
          createdAt: '2026-01-09T10:00:00.000Z',
          usage: { inputTokens: 10, outputTokens: 2, costUsd: 0.25 },
        },
        metadata: { extra: { actions: [{ command: 'ls' }] } },
      },
      { role: 'SYSTEM', content: 'diff', metadata: { exit: true } },
    ],
  })
})

test('a run that tells its cost as a whole has it with the last answer, beside the tokens that answers tell', () => {
  const response = { usage: { prompt_tokens: 10, completion_tokens: 2 } }
  const [session] = readWhole(miniSweAgent, [
    {
      ...{ trajectory_format: 'mini-swe-agent-1', info: { model_stats: { instance_cost: 0.5 } } },
      messages: [
        { role: 'assistant', content: 'ls', extra: { response } },
        { role: 'assistant', content: 'done', extra: { response } },
      ],
    },
  ])
  expect(session?.messages.map(({ usage }) => [usage?.inputTokens, usage?.costUsd])).toEqual([
    [10, null],
    [10, 0.5],
  ])
  expect(session?.leftOut).toEqual([{ what: 'responses as the provider gave them', count: 2 }])
})

test('an answer that mini-swe-agent could not read is no row, and its price is kept and named', () => {
  const response = { usage: { prompt_tokens: 9, completion_tokens: 3 } }
  const [session] = readWhole(miniSweAgent, [
    {
      trajectory_format: 'mini-swe-agent-1.1',
      info: { model_stats: { instance_cost: 0.75 } },
      messages: [
        { role: 'user', content: 'Fix it.' },
        { role: 'user', content: 'No tool call found.', extra: { cost: 0.5, response } },
        { role: 'assistant', content: 'ls', extra: { cost: 0.25, response } },
      ],
    },
  ])
  expect(session?.messages.map(({ usage, metadata }) => [usage?.costUsd ?? null, metadata])).toMatchObject([
    [null, undefined],
    [null, { extra: { cost: 0.5, usage: { prompt_tokens: 9 } } }],
    [0.25, undefined],
  ])
  expect(session?.leftOut).toContainEqual({ what: 'usage of answers that were not read', count: 1 })
})

test('each attempt at a task is a session with its own money, and the one that was chosen counts once', () => {
  const attempt = (answer: string, instance_cost: number) => ({
    history: [
      { role: 'user', content: 'Fix it.' },
      { role: 'assistant', content: answer },
    ],
    trajectory: [{ action: 'submit' }],
    info: { exit_status: 'submitted', model_stats: { instance_cost } },
    replay_config: JSON.stringify({ problem_statement: { id: 'repo-1' } }),
    environment: 'main',
  })
  const attempts = [attempt('One.', 0.1), attempt('Two.', 0.2)]
  const rloop_model_stats = { instance_cost: 0.05 }
  const info = { model_stats: { instance_cost: 0.35 }, best_attempt_idx: 1, rloop_model_stats }
  const expected = [
    { labels: { attempt: ['1'] }, messages: [{}, { content: 'One.', usage: { costUsd: 0.1 } }] },
    { labels: { attempt: ['2'] }, messages: [{}, { content: 'Two.', usage: { costUsd: 0.2 } }] },
  ]
  const sessions = readWhole(sweAgent, [{ attempts, ...attempts[1], info }])
  expect(sessions).toMatchObject(expected)
  expect(sessions).toHaveLength(2)
  expect(sessions[1]?.metadata).toMatchObject({ 'swe-agent': { best_attempt_idx: 1, rloop_model_stats } })
  expect(readWhole(sweAgent, [{ attempts }])).toMatchObject(expected)
  const start = { shape: 'object', values: [{ attempts }], path: 'a.traj' } as const
  expect(sweAgent.recognizes(start)).toBe(true)
})
