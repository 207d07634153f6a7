import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { tau2Bench, tau2Simulation } from './tau2-bench.js'

const call = (id: string, requestor: string) => ({ id, name: 'look', arguments: { at: id }, requestor })
const result = (id: string, error: boolean) => ({
  id,
  role: 'tool',
  content: id,
  requestor: 'assistant',
  error,
})
const simulation = {
  ...{
    id: '7a020000-0000-4000-8000-000000000002',
    task_id: '12',
    trial: 1,
    start_time: '2026-02-02T08:00:00',
  },
  ...{ reward_info: { reward: 0.5 }, termination_reason: 'user_stop', seed: 3 },
  messages: [
    {
      role: 'user',
      content: 'Where?',
      tool_calls: [call('u', 'user')],
      cost: 0.1,
      usage: { prompt_tokens: 9, completion_tokens: 1 },
    },
    {
      ...{
        role: 'assistant',
        content: null,
        tool_calls: [call('a', 'assistant'), call('b', 'assistant')],
        cost: 0.3,
      },
      ...{
        usage: { prompt_tokens: 300, completion_tokens: 20 },
        timestamp: '2026-02-02T08:00:05',
        raw_data: { x: 1 },
      },
    },
    { role: 'tool', id: 'm', tool_messages: [result('a', false), result('b', true)] },
  ],
}

test("results name their calls, the model's usage counts and the user's stays in the metadata", () => {
  const [session] = readWhole(tau2Bench, [
    {
      info: {
        agent_info: { implementation: 'llm_agent', llm: 'gpt-a' },
        environment_info: { domain_name: 'retail', policy: 'Be kind.' },
      },
      tasks: [{ id: '12', description: { purpose: 'Find an order.' } }],
      simulations: [simulation],
    },
  ])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'id', id: simulation.id },
      agent: 'llm_agent',
      model: 'gpt-a',
      systemPrompt: 'Be kind.',
    },
    ...{ title: 'Task 12, trial 1: Find an order.', origin: 'EVAL', createdAt: '2026-02-02T08:00:00.000Z' },
    labels: {
      task: ['12'],
      trial: ['1'],
      reward: ['0.5'],
      domain: ['retail'],
      termination_reason: ['user_stop'],
    },
    messages: [
      { role: 'USER', toolCalls: [{ id: 'u' }], metadata: { cost: 0.1 } },
      {
        ...{ role: 'ASSISTANT', toolCalls: [{ id: 'a', arguments: '{"at":"a"}' }, { id: 'b' }] },
        ...{
          usage: { inputTokens: 300, outputTokens: 20, costUsd: 0.3 },
          createdAt: '2026-02-02T08:00:05.000Z',
        },
      },
      { role: 'TOOL', toolCallId: 'a', isError: false },
      { role: 'TOOL', toolCallId: 'b', isError: true },
    ],
  })
  expect(session?.messages[0]?.usage).toBeUndefined()
})

test('a simulation alone is read as well', () => {
  expect(tau2Simulation.recognizes({ shape: 'object', values: [simulation], path: 'x' })).toBe(true)
  expect(readWhole(tau2Simulation, [simulation])).toMatchObject([{ name: 'task 12, trial 1', model: '' }])
})

test('the result above a folder of simulations tells agent, model and policy of each', () => {
  const result = {
    info: { agent_info: { implementation: 'llm_agent', llm: 'gpt-a' } },
    simulation_index: [{ id: simulation.id, task_id: '12', trial: 1 }],
  }
  expect(tau2Bench.recognizes({ shape: 'object', values: [result], path: 'x' })).toBe(true)
  expect(readWhole(tau2Bench, [result])).toEqual([])
  const around = {
    valuesIn: () => [],
    valueAt: (path: string) => (path === '../results.json' ? result : undefined),
  }
  expect(readWhole(tau2Simulation, [simulation], {}, 'object', around)).toMatchObject([
    { agent: 'llm_agent', model: 'gpt-a', messages: [{}, {}, {}, {}] },
  ])
})

test('a simulation that was spoken is refused as such', () => {
  const spoken = { ...simulation, messages: null, ticks: [{ tick_id: 0 }] }
  expect(tau2Simulation.recognizes({ shape: 'object', values: [spoken], path: 'x' })).toBe(true)
  expect(() => readWhole(tau2Simulation, [spoken])).toThrow('it was spoken, in ticks, which are not read')
})
