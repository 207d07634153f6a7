import { describe, expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { openHandsConversation, openHandsEvents, openHandsRuns } from './openhands.js'

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

describe('the newer agent server', () => {
  const text = (content: string) => [{ type: 'text', text: content }]
  const tokens = (prompt: number, completion: number, read: number) => ({
    ...{
      prompt_tokens: prompt,
      completion_tokens: completion,
      cache_read_tokens: read,
      cache_write_tokens: 0,
    },
  })
  const metrics = (prompt: number, completion: number, read: number, cost: number) => ({
    ...{ model_name: 'model-a', accumulated_cost: cost },
    accumulated_token_usage: tokens(prompt, completion, read),
  })
  const state = (key: string, value: unknown) => ({
    ...{ kind: 'ConversationStateUpdateEvent', source: 'environment', key, value },
  })
  const stats = (agent: object, condenser = metrics(0, 0, 0, 0)) =>
    state('stats', { usage_to_metrics: { default: agent, condenser } })
  const asked = { kind: 'MessageEvent', source: 'user', llm_message: { role: 'user', content: text('Go') } }
  const action = (id: string, answer: string) => ({
    ...{ kind: 'ActionEvent', source: 'agent', thought: text('Hm.'), tool_name: 'bash', tool_call_id: id },
    ...{ llm_response_id: answer, tool_call: { arguments: '{}' } },
  })
  const seen = (id: string, observation: object) => ({
    ...{ kind: 'ObservationEvent', source: 'environment', tool_call_id: id, observation },
  })
  const said = (answer: string) => ({
    ...{ kind: 'MessageEvent', source: 'agent', llm_response_id: answer },
    llm_message: { role: 'assistant', content: text('Done.'), reasoning_content: 'Good.' },
  })
  const usage = (inputTokens: number, cacheReadInputTokens: number, outputTokens: number) => ({
    ...{ inputTokens, cacheReadInputTokens, outputTokens },
  })

  test('tells usage, cost and model by the totals that grow before each answer', () => {
    const [session] = readWhole(openHandsEvents, [
      ...[state('execution_status', 'running'), asked],
      ...[stats(metrics(100, 5, 40, 0.5)), action('a', 'r1'), action('b', 'r1')],
      ...[seen('a', { content: text('x'), is_error: false, exit_code: 1 })],
      ...[seen('b', { content: text('y'), is_error: false, metadata: { exit_code: -1 } })],
      ...[{ kind: 'PauseEvent', source: 'user' }, state('execution_status', 'stuck')],
      // A condensation came before the answer.
      ...[stats(metrics(100, 5, 40, 0.5), metrics(30, 3, 0, 0)), stats(metrics(300, 9, 140, 0.75))],
      said('r2'),
      ...[{ kind: 'ConversationErrorEvent', source: 'environment', code: 'LLMError', detail: 'Too long' }],
      stats(metrics(310, 10, 140, 0.75)),
    ])
    expect(session).toMatchObject({
      model: 'model-a',
      leftOut: [
        { what: 'changes of state', count: 1 },
        { what: 'usage of requests without an answer', count: 1 },
      ],
      messages: [
        { role: 'USER', content: 'Go' },
        {
          ...{ role: 'ASSISTANT', toolCalls: [{ id: 'a' }, { id: 'b' }], context: { model: 'model-a' } },
          usage: { ...usage(60, 40, 5), costUsd: 0.5 },
        },
        { role: 'TOOL', toolCallId: 'a', isError: true },
        { role: 'TOOL', toolCallId: 'b', isError: false },
        { role: 'SYSTEM', content: 'Paused' },
        { role: 'SYSTEM', content: 'The run is stuck' },
        {
          ...{ role: 'ASSISTANT', content: 'Done.', reasoning: 'Good.' },
          usage: { ...usage(130, 100, 7), costUsd: 0.25 },
        },
        { role: 'SYSTEM', content: 'LLMError: Too long' },
      ],
    })
  })

  test('tells no cost where nobody knows the price', () => {
    const [session] = readWhole(openHandsEvents, [asked, stats(metrics(10, 1, 0, 0)), said('r1')])
    expect(session?.messages[1]?.usage).toEqual({
      ...{ ...usage(10, 0, 1), cacheCreationInputTokens: 0, costUsd: null },
    })
  })

  test('tells thoughts, pictures and prompts in more than one way', () => {
    const summary = { responses_reasoning_item: { id: 'i', summary: ['I look.'], encrypted_content: 'x' } }
    const url = 'https://a.example/a.png'
    const pictures = [...text('See'), { type: 'image', image_urls: [url, url] }]
    const [session] = readWhole(openHandsEvents, [
      {
        ...{ kind: 'SystemPromptEvent', source: 'agent', id: 'e1', parent_id: null },
        ...{ system_prompt: text('Be kind.')[0], dynamic_context: text('Host a.')[0] },
      },
      {
        ...{ kind: 'MessageEvent', source: 'user', parent_id: 'e1' },
        llm_message: { role: 'user', content: pictures },
      },
      { ...action('a', 'r1'), ...summary },
      seen('a', { content: pictures }),
      {
        ...{ kind: 'MessageEvent', source: 'agent', llm_response_id: 'r2' },
        llm_message: { role: 'assistant', content: text('Done.'), ...summary },
      },
      {
        ...{
          kind: 'ACPToolCallEvent',
          source: 'agent',
          tool_call_id: 'b',
          title: 'Read',
          status: 'completed',
        },
        ...{ id: 'e2', parent_id: 'e1' },
        content: [{ type: 'content', content: text('of the file')[0] }],
      },
      { kind: 'PauseEvent', source: 'user', id: 'e3', parent_id: 'e1' },
    ])
    expect(session).toMatchObject({
      ...{ leftOut: [{ what: 'branches', count: 1 }], systemPrompt: 'Be kind.\n\nHost a.' },
      messages: [
        { role: 'USER', content: 'See', pictures: [{ url }, { url }] },
        { role: 'ASSISTANT', reasoning: 'I look.' },
        { role: 'TOOL', content: 'See', pictures: [{ url }, { url }] },
        { role: 'ASSISTANT', content: 'Done.', reasoning: 'I look.' },
        { role: 'ASSISTANT', toolCalls: [{ id: 'b' }] },
        { role: 'TOOL', content: 'of the file' },
        { role: 'SYSTEM', content: 'Paused' },
      ],
    })
  })

  test('keeps a conversation as a state and a file for each event', () => {
    const id = '0f0f0f0f-0000-4000-8000-00000000000a'
    const base = {
      ...{ id, agent: { llm: { model: 'model-b' } }, execution_status: 'finished', max_iterations: 9 },
      stats: {
        usage_to_metrics: {
          agent: {
            ...metrics(30, 3, 10, 0.3),
            costs: [{ cost: 0.1 }, { cost: 0.2 }],
            token_usages: [
              { ...tokens(10, 1, 0), response_id: 'r1' },
              { ...tokens(20, 2, 10), response_id: 'r2' },
            ],
          },
        },
      },
    }
    if (openHandsConversation.input !== 'beside') throw new Error('Of many files')
    const defaults = {
      ...{ path: 'base_state.json', formerSource: '', agent: null, model: null, origin: null, labels: {} },
    }
    const record = { value: base, number: 1, at: 'value 1' }
    const folders = {
      valueAt: () => undefined,
      valuesIn: () => [asked, action('a', 'r1'), seen('a', { content: text('x') }), said('r2')],
    }
    const pieces = [...openHandsConversation.read(record, defaults, folders)]
    expect(pieces.at(-1)).toMatchObject({
      head: {
        ...{ identity: { by: 'id', id }, model: 'model-a', leftOut: [] },
        metadata: { openhands: { max_iterations: 9 } },
      },
    })
    expect(pieces.slice(0, -1)).toMatchObject([
      { message: { role: 'USER' } },
      { message: { role: 'ASSISTANT', usage: { ...usage(10, 0, 1), costUsd: 0.1 } } },
      { message: { role: 'TOOL', isError: null } },
      { message: { role: 'ASSISTANT', usage: { ...usage(10, 10, 2), costUsd: 0.2 } } },
    ])
  })
})
