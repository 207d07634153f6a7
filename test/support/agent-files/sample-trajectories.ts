import type { Sample } from './sample.js'

const id = '5a17e000-0000-4000-8000-000000000002'
const time = '2026-05-03T11:00:00Z'
const png = 'iVBORw0KGgo='
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }

const kind = (name: string, number: number, members: object) => ({
  ...{ kind: name, id: `e${number}`, timestamp: time, source: 'agent', ...members },
})
const openHands = [
  kind('SystemPromptEvent', 0, { system_prompt: { type: 'text', text: 'Be brief' } }),
  kind('MessageEvent', 1, {
    source: 'user',
    llm_message: { role: 'user', content: [{ type: 'text', text: 'Go' }] },
    extended_content: [{ type: 'text', text: 'More' }],
  }),
  kind('ActionEvent', 2, {
    ...{
      thought: [{ type: 'text', text: 'So' }],
      thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 's' }],
    },
    ...{ tool_name: 'ls', tool_call_id: 'c', llm_response_id: 'r', action: { kind: 'Ls' } },
    tool_call: { id: 'c', name: 'ls', arguments: '{}' },
  }),
  kind('ObservationEvent', 3, {
    tool_call_id: 'c',
    observation: {
      kind: 'LsObservation',
      content: [{ type: 'text', text: 'a' }],
      metadata: { exit_code: 0 },
    },
  }),
  kind('AgentErrorEvent', 4, { tool_call_id: 'c2', error: 'Oh' }),
  kind('Condensation', 5, { summary: 'All of it', forgotten_event_ids: ['e1'] }),
  kind('ConversationErrorEvent', 6, { code: 'E', detail: 'Oh' }),
]

const atif = {
  ...{
    schema_version: 'ATIF-v1.7',
    session_id: id,
    agent: { name: 'a', extra: { b: 1 } },
    final_metrics: { extra: { c: 1 } },
  },
  steps: [
    { step_id: 1, source: 'user', message: [{ type: 'text', text: 'Go' }, image] },
    {
      ...{
        step_id: 2,
        source: 'agent',
        message: 'So',
        metrics: { prompt_tokens: 1, extra: { d: 1 } },
        extra: { e: 1 },
      },
      tool_calls: [
        { tool_call_id: 'c', function_name: 'ls', arguments: { at: '.' }, extra: { raw_arguments: '{}' } },
      ],
      observation: {
        results: [{ source_call_id: 'c', content: [{ type: 'text', text: 'a' }, image], extra: { f: 1 } }],
      },
    },
  ],
}

const trajectory = {
  ...{ info: { exit_status: 'submitted', model_stats: { instance_cost: 1 } }, environment: 'main' },
  trajectory: [{ action: 'ls', observation: 'a', state: { open_file: 'a' }, execution_time: 1 }],
  history: [
    { role: 'user', content: 'Go', message_type: 'observation' },
    {
      ...{ role: 'assistant', content: 'So', thought: 'So', action: 'ls', agent: 'main' },
      thinking_blocks: [{ type: 'thinking', thinking: 'Hm', signature: 's' }],
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'ls', arguments: '{}' } }],
    },
    { role: 'tool', content: [{ type: 'text', text: 'a' }], tool_call_ids: ['c'] },
  ],
}

const mini = {
  ...{
    instance_id: 'i',
    trajectory_format: 'mini-swe-agent-1.1',
    info: { mini_version: '1.1', config: { model: {} } },
  },
  messages: [
    { role: 'user', content: 'Go', extra: { timestamp: 1777777777 } },
    {
      ...{ object: 'response', id: 'resp_1', model: 'm', usage: { input_tokens: 1, output_tokens: 1 } },
      output: [
        { type: 'reasoning', summary: [{ type: 'summary_text', text: 'Hm' }] },
        { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'So' }] },
        { type: 'function_call', call_id: 'c', name: 'ls', arguments: '{}' },
      ],
      extra: { cost: 0.1, actions: [{ command: 'ls' }] },
    },
    { role: 'exit', content: 'Done', extra: { exit_status: 'Submitted' } },
  ],
}

const tau2 = {
  ...{
    timestamp: time,
    info: {
      agent_info: { implementation: 'a', llm: 'm' },
      environment_info: { domain_name: 'd', policy: 'p' },
    },
  },
  simulations: [
    {
      ...{
        id,
        task_id: '1',
        trial: 0,
        termination_reason: 'user_stop',
        reward_info: { reward: 1, info: { a: 1 } },
      },
      messages: [
        { role: 'user', content: 'Go', turn_idx: 0 },
        { role: 'assistant', content: 'So', tool_calls: [{ id: 'c', name: 'ls', arguments: { at: '.' } }] },
        { role: 'tool', tool_messages: [{ role: 'tool', id: 'c', content: 'a', error: false }] },
      ],
    },
  ],
}

const document = (value: object): Sample => ({ values: [value], shape: 'object' })

/** Trajectories and results of benchmarks with members that most of them have not. */
export const trajectorySamples: Record<string, Sample> = {
  'openhands kinds': { values: openHands, shape: 'array', repeats: /\.action$/ },
  'atif all': { ...document(atif), repeats: /tool_calls\.0\.arguments$/ },
  'swe-agent all': document(trajectory),
  'mini-swe-agent all': document(mini),
  'tau2-bench all': document(tau2),
}
