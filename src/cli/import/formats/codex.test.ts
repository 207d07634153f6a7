import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { codex } from './codex.js'

const id = 'c0de0000-0000-4000-8000-000000000005'
let second = 0

function line(
  type: string,
  payload: object,
  at = new Date(Date.UTC(2026, 4, 2, 10, 0, ++second)).toISOString(),
) {
  return { timestamp: at, type, payload }
}

function item(type: string, members: object) {
  return line('response_item', { type, ...members })
}

function said(role: string, text: string) {
  const type = role === 'assistant' ? 'output_text' : 'input_text'
  return item('message', { role, content: [{ type, text }] })
}

function tokens(total: number[], last: number[] | null = null) {
  const of = ([input, cached, output]: number[]) => ({
    ...{ input_tokens: input, cached_input_tokens: cached, output_tokens: output },
  })
  return line('event_msg', {
    type: 'token_count',
    info: { total_token_usage: of(total), ...(last === null ? {} : { last_token_usage: of(last) }) },
  })
}

const meta = (members: object = {}) => line('session_meta', { id, cwd: '/w', ...members })
const turn = (model = 'gpt-a') => line('turn_context', { model, effort: 'high' })

function read(lines: unknown[]) {
  const [session] = readWhole(codex, lines)
  if (session === undefined) throw new Error('nothing was read')
  return session
}

test('items make rows, events only what items do not say, and a total counts once', () => {
  const { messages, ...head } = read([
    meta(),
    turn(),
    said('user', '<environment_context>cwd</environment_context>'),
    said('user', 'Test it.'),
    line('event_msg', { type: 'user_message', message: 'Test it.' }),
    item('reasoning', { summary: [{ type: 'summary_text', text: 'Use npm.' }], encrypted_content: 'x' }),
    item('function_call', { call_id: 'a', name: 'shell', arguments: '{}' }),
    item('custom_tool_call', { call_id: 'b', name: 'apply_patch', input: '*** Begin' }),
    tokens([100, 60, 5], [100, 60, 5]),
    tokens([100, 60, 5], [100, 60, 5]),
    item('function_call_output', {
      call_id: 'a',
      output: '{"output":"1 failed","metadata":{"exit_code":1}}',
    }),
    item('custom_tool_call_output', { call_id: 'b', output: 'Exit code: 0\nOutput:\nSuccess.' }),
    turn('gpt-b'),
    said('assistant', 'Done.'),
    line('event_msg', { type: 'agent_message', message: 'Done.' }),
    tokens([250, 160, 9]),
  ])
  expect(head).toMatchObject({
    ...{ identity: { by: 'id', id }, title: 'Test it.', titleSource: 'MACHINE', model: 'gpt-a' },
    leftOut: [],
  })
  expect(messages).toMatchObject([
    { role: 'SYSTEM' },
    { role: 'USER', content: 'Test it.' },
    {
      role: 'ASSISTANT',
      reasoning: 'Use npm.',
      toolCalls: [
        { id: 'a', name: 'shell', arguments: '{}' },
        { id: 'b', name: 'apply_patch', arguments: '*** Begin' },
      ],
      usage: { inputTokens: 40, cacheReadInputTokens: 60, outputTokens: 5, costUsd: null },
    },
    { role: 'TOOL', toolCallId: 'a', content: '1 failed', isError: true },
    { role: 'TOOL', toolCallId: 'b', isError: false },
    {
      ...{ role: 'ASSISTANT', content: 'Done.', context: { model: 'gpt-b' } },
      usage: { inputTokens: 50, cacheReadInputTokens: 100, outputTokens: 4 },
    },
  ])
})

test.each([
  ['older than the fork', (n: number) => `2026-05-02T08:00:0${n}.000Z`],
  ['written anew at its beginning', (n: number) => `2026-05-02T11:00:00.${n}00Z`],
])('the replay of a fork gives rows without usage, its lines being %s', (_what, timeOf) => {
  const replayed = [
    meta({ id: 'c0de0000-0000-4000-8000-000000000001' }),
    turn(),
    said('user', 'Parent.'),
    said('assistant', 'Yes.'),
    tokens([10, 0, 1], [10, 0, 1]),
  ].map((entry, index) => ({ ...entry, timestamp: timeOf(index + 1) }))
  const own = [said('user', 'Child.'), said('assistant', 'Too.'), tokens([30, 10, 3], [20, 10, 2])]
  const { identity, messages } = read([
    line(
      'session_meta',
      { id, forked_from_id: 'c0de0000-0000-4000-8000-000000000001' },
      '2026-05-02T11:00:00.000Z',
    ),
    ...replayed,
    ...own.map((entry, index) => ({ ...entry, timestamp: `2026-05-02T11:01:0${index}.000Z` })),
  ])
  expect(identity).toEqual({ by: 'id', id })
  expect(messages.map(({ content, usage }) => [content, usage?.inputTokens ?? null])).toEqual([
    ['Parent.', null],
    ['Yes.', null],
    ['Child.', null],
    ['Too.', 10],
  ])
})

test('a compaction stands for all rows before it', () => {
  const { messages } = read([
    ...[meta(), said('user', 'One'), said('assistant', 'Two')],
    ...[line('compacted', { message: 'So far.' }), said('user', 'Three')],
  ])
  expect(messages[2]).toMatchObject({ content: 'So far.', replacesUpTo: 1 })
  expect(messages[3]).toMatchObject({ content: 'Three' })
})

test('an aborted turn and an error are said, and what is unknown is counted', () => {
  const { messages, leftOut } = read([
    ...[meta(), said('user', 'One'), line('event_msg', { type: 'turn_aborted', reason: 'interrupted' })],
    ...[line('event_msg', { type: 'new_event' }), item('new_item', {}), line('world_state', {})],
  ])
  expect(messages[1]).toMatchObject({ role: 'SYSTEM', content: 'Turn aborted: interrupted' })
  expect(leftOut).toEqual([
    { what: 'new_event events', count: 1 },
    { what: 'new_item items', count: 1 },
    { what: 'world_state lines', count: 1 },
  ])
})

test('rollouts from before entries had a payload, and a sub-agent that names its parent, are read', () => {
  const old = read([
    { id, timestamp: '2025-06-01T10:00:00Z', instructions: 'Be brief.' },
    { record_type: 'state' },
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Hi' }] },
  ])
  expect(old).toMatchObject({ systemPrompt: 'Be brief.', messages: [{ role: 'USER', content: 'Hi' }] })
  const spawn = { parent_thread_id: 'c0de0000-0000-4000-8000-000000000001', agent_role: 'scout' }
  const child = read([meta({ source: { subagent: { thread_spawn: spawn } } }), said('user', 'Look.')])
  expect(child).toMatchObject({ agent: 'scout', parent: { identity: { id: spawn.parent_thread_id } } })
})

test('an answer without its tokens may still grow', () => {
  expect(read([meta(), said('user', 'One'), said('assistant', 'Tw')]).messages[1]?.open).toBe(true)
  const done = line('event_msg', { type: 'task_complete' })
  expect(
    read([meta(), said('user', 'One'), said('assistant', 'Two'), done]).messages[1]?.open,
  ).toBeUndefined()
})

test('a tool of a server that answers with an error has failed', () => {
  const { messages } = read([
    meta(),
    turn(),
    item('function_call', { call_id: 'c1', name: 'search', arguments: '{}' }),
    line('event_msg', {
      type: 'mcp_tool_call_end',
      call_id: 'c1',
      result: { Ok: { content: [{ type: 'text', text: 'no such index' }], isError: true } },
    }),
    item('function_call_output', { call_id: 'c1', output: 'no such index' }),
  ])
  expect(messages[1]).toMatchObject({ role: 'TOOL', isError: true })
})

test('calls without an id get one each, and what a message says beside its words is kept', () => {
  const { messages } = read([
    meta(),
    turn(),
    said('user', 'Search.'),
    item('web_search_call', { status: 'completed', action: { type: 'search', query: 'a' } }),
    item('web_search_call', { status: 'completed', action: { type: 'search', query: 'b' } }),
    item('message', {
      role: 'assistant',
      phase: 'final_answer',
      content: [{ type: 'output_text', text: 'Found.' }],
    }),
    tokens([10, 0, 2]),
  ])
  expect(messages).toHaveLength(2)
  expect(messages[1]).toMatchObject({
    content: 'Found.',
    toolCalls: [
      { id: 'call_line_4', name: 'web_search' },
      { id: 'call_line_5', name: 'web_search' },
    ],
    metadata: { codex: { phase: 'final_answer', calls: { call_line_4: { status: 'completed' } } } },
  })
})

test('what other agents say to this one is a row of the harness, with who said it', () => {
  const content = [{ type: 'input_text', text: 'Look at the tests.' }]
  const { messages, leftOut } = read([
    meta(),
    turn(),
    item('agent_message', { author: '/root', recipient: '/root/scout', content }),
    said('assistant', 'They pass.'),
  ])
  expect(leftOut).toEqual([])
  expect(messages).toMatchObject([
    {
      role: 'SYSTEM',
      content: 'Look at the tests.',
      metadata: { codex: { author: '/root', recipient: '/root/scout' } },
    },
    { role: 'ASSISTANT', content: 'They pass.' },
  ])
})

test('messages of other agents, rolled back turns and plans that only an event tells are kept', () => {
  const completed = (text: string) =>
    line('event_msg', { type: 'item_completed', item: { type: 'Plan', id: 'p', text } })
  const { messages, leftOut } = read([
    { ...meta(), ordinal: 0 },
    turn(),
    line('inter_agent_communication', {
      author: '/root',
      recipient: '/root/a',
      content: 'Test it.',
      trigger_turn: true,
    }),
    said('assistant', 'I plan: <proposed_plan>Run them.</proposed_plan>'),
    completed('Run them.'),
    line('event_msg', { type: 'thread_rolled_back', num_turns: 1 }),
    said('user', 'Plan again.'),
    said('assistant', 'I do.'),
    completed('Mend them.'),
  ])
  expect(messages.map(({ role, content, metadata }) => [role, content, metadata?.codex ?? null])).toEqual([
    ['SYSTEM', 'Test it.', { role: 'agent', author: '/root', recipient: '/root/a', trigger_turn: true }],
    ['ASSISTANT', 'I plan: <proposed_plan>Run them.</proposed_plan>', { turn_context: { effort: 'high' } }],
    ['SYSTEM', 'Turns rolled back: 1', { event: 'thread_rolled_back', num_turns: 1 }],
    ['USER', 'Plan again.', null],
    ['ASSISTANT', 'I do.', { plan: 'Mend them.' }],
  ])
  expect(leftOut).toEqual([])
})

test('a summary with which a rollout begins is a row, and an encrypted one is said to be left out', () => {
  const summary = { role: 'USER', content: 'So far.', replacesUpTo: -1 }
  expect(
    read([meta(), turn(), line('compacted', { message: 'So far.' }), said('user', 'And?')]),
  ).toMatchObject({
    messages: [summary, { role: 'USER', content: 'And?' }],
  })
  expect(read([meta(), turn(), line('compacted', {}), said('user', 'And?')])).toMatchObject({
    messages: [{ role: 'USER', content: 'And?' }],
    leftOut: [{ what: 'compactions without a summary', count: 1 }],
  })
})
