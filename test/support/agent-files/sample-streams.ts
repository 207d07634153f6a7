import type { Sample } from './sample.js'

const id = '5a17e000-0000-4000-8000-000000000001'
const time = '2026-05-03T11:00:00Z'
const png = 'iVBORw0KGgo='

/** Lines of Claude Code beside messages and calls. */
const claudeCode = (() => {
  let number = 0
  const uuid = (of: number) => `00000000-0000-4000-8000-00000000000${of}`
  const line = (type: string, members: object) => {
    const parentUuid = number === 0 ? null : uuid(number - 1)
    return { type, sessionId: id, timestamp: time, cwd: '/w', uuid: uuid(number++), parentUuid, ...members }
  }
  const user = (content: unknown, members: object = {}) =>
    line('user', { message: { role: 'user', content }, ...members })
  const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }
  const answer = (message: object) =>
    line('assistant', { message: { id: 'm1', role: 'assistant', model: 'm', ...message } })
  const result = (call: string) => ({
    ...{ type: 'tool_result', tool_use_id: call, content: [{ type: 'text', text: 'done' }, image] },
  })
  return [
    { type: 'summary', summary: 'A title', leafUuid: '00000000-0000-4000-8000-000000000001' },
    user([{ type: 'text', text: 'Look' }, image]),
    answer({ content: [{ type: 'thinking', thinking: 'Hm', signature: 's' }] }),
    answer({
      ...{
        content: [{ type: 'tool_use', id: 'c1', name: 'ls', input: { at: '.' } }],
        stop_reason: 'tool_use',
      },
      usage: { input_tokens: 5, output_tokens: 2, server_tool_use: { web_search_requests: 1 } },
    }),
    user([result('c1'), result('c2')], { toolUseResult: { files: [{ name: 'a' }] } }),
    user([result('c3')], { toolUseResult: { files: [{ name: 'a' }] } }),
    line('attachment', {
      attachment: { type: 'queued_command', prompt: [{ type: 'text', text: 'And that' }] },
    }),
    line('system', { subtype: 'info', content: 'Told', hook: { name: 'h' } }),
    line('system', {
      subtype: 'compact_boundary',
      content: 'Compacted',
      compactMetadata: { trigger: 'auto' },
    }),
    user('A summary', { isCompactSummary: true, origin: { by: 'me' } }),
  ]
})()

const claudeRun = [
  { type: 'system', subtype: 'init', session_id: id, cwd: '/w', model: 'm', tools: ['ls'], mcp_servers: [] },
  {
    ...{ type: 'assistant', session_id: id, parent_tool_use_id: null },
    message: { id: 'm1', role: 'assistant', model: 'm', content: [{ type: 'text', text: 'Hi' }], usage: {} },
  },
  { type: 'result', subtype: 'success', session_id: id, usage: { output_tokens: 3 }, total_cost_usd: 0.1 },
]

const item = (payload: object) => ({ type: 'response_item', timestamp: time, payload })
const event = (payload: object) => ({ type: 'event_msg', timestamp: time, payload })
const codex = [
  {
    type: 'session_meta',
    timestamp: time,
    payload: { id, base_instructions: { text: 'Be brief' }, git: { branch: 'b' } },
  },
  { type: 'turn_context', timestamp: time, payload: { model: 'm', sandbox_policy: { type: 'ro' } } },
  item({
    type: 'message',
    role: 'user',
    content: [
      { type: 'input_text', text: 'Go' },
      { type: 'input_image', image_url: `data:image/png;base64,${png}` },
    ],
  }),
  item({
    type: 'reasoning',
    summary: [{ type: 'summary_text', text: 'Hm' }],
    content: [{ type: 'text', text: 'Hm' }],
  }),
  item({ type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'So' }] }),
  item({ type: 'local_shell_call', call_id: 'c1', action: { type: 'exec', command: ['ls'] } }),
  item({ type: 'custom_tool_call', call_id: 'c2', name: 'patch', input: 'x' }),
  item({ type: 'web_search_call', action: { type: 'search', query: 'q' } }),
  item({ type: 'function_call_output', call_id: 'c1', output: '{"output":"a","metadata":{"exit_code":0}}' }),
  item({ type: 'custom_tool_call_output', call_id: 'c2', output: [{ type: 'input_text', text: 'b' }] }),
  item({ type: 'function_call_output', call_id: 'c3', output: { content: 'c', success: true } }),
  event({ type: 'exec_command_end', call_id: 'c1', exit_code: 0, duration: { secs: 1 } }),
  event({
    type: 'token_count',
    info: { last_token_usage: { input_tokens: 1 }, total_token_usage: { input_tokens: 1 } },
    rate_limits: { primary: {} },
  }),
  event({ type: 'agent_message', message: 'So' }),
  event({ type: 'error', message: 'Oh', codex_error_info: { kind: 'k' } }),
  event({ type: 'turn_aborted', reason: 'interrupted' }),
  {
    type: 'compacted',
    timestamp: time,
    payload: { message: 'All of it', replacement_history: [{ type: 'message' }] },
  },
]

const done = (members: object) => ({ type: 'item.completed', item: { status: 'completed', ...members } })
const codexExec = [
  { type: 'thread.started', thread_id: id },
  { type: 'turn.started' },
  done({ id: 'i0', type: 'reasoning', text: 'Hm' }),
  done({ id: 'i1', type: 'command_execution', command: 'ls', aggregated_output: 'a', exit_code: 0 }),
  done({ id: 'i2', type: 'file_change', changes: [{ path: 'a', kind: 'add' }] }),
  done({
    ...{
      id: 'i3',
      type: 'mcp_tool_call',
      server: 's',
      tool: 't',
      arguments: { q: 1 },
      error: { message: 'e' },
    },
    result: { content: [{ type: 'text', text: 'found' }], structured_content: { a: 1 } },
  }),
  done({
    id: 'i4',
    type: 'collab_tool_call',
    tool: 'ask',
    prompt: 'p',
    agents_states: { a: { status: 'done' } },
  }),
  done({ id: 'i5', type: 'agent_message', text: 'So' }),
  done({ id: 'i6', type: 'todo_list', items: [{ text: 'look', completed: true }] }),
  { type: 'turn.completed', usage: { input_tokens: 2, cached_input_tokens: 1, output_tokens: 1 } },
  { type: 'turn.failed', error: { message: 'Oh' } },
]

const gemini = (type: string, members: object) => ({ type, timestamp: time, ...members })
const geminiRun = [
  gemini('init', { session_id: id, model: 'm' }),
  gemini('message', { role: 'user', content: 'Go' }),
  gemini('message', { role: 'assistant', content: 'I', delta: true }),
  gemini('tool_use', { tool_name: 'ls', tool_id: 't1', parameters: { at: '.' } }),
  gemini('tool_result', { tool_id: 't1', status: 'error', error: { type: 'no', message: 'none' } }),
  gemini('error', { severity: 'warning', message: 'Oh' }),
  gemini('result', {
    status: 'error',
    stats: { input_tokens: 2, output_tokens: 1 },
    error: { type: 't', message: 'End' },
  }),
]

const part = (type: string, members: object) => ({
  ...{ type: type.replace('-', '_'), timestamp: 1, sessionID: 'ses_1' },
  part: { id: `prt_${type}`, messageID: 'msg_1', sessionID: 'ses_1', type, ...members },
})
const opencodeRun = [
  part('step-start', {}),
  part('text', { text: 'Look', time: { start: 1, end: 2 } }),
  {
    ...part('tool', {
      callID: 'c',
      tool: 'ls',
      state: { status: 'completed', input: {}, output: 'a', time: { end: 3 }, metadata: {} },
    }),
    type: 'tool_use',
  },
  part('step-finish', {
    reason: 'stop',
    cost: 0,
    tokens: { input: 1, output: 1, reasoning: 0, cache: { read: 0, write: 0 } },
  }),
  { type: 'error', timestamp: 2, sessionID: 'ses_1', error: { name: 'E', data: { message: 'Oh' } } },
]

const piEntry = (type: string, number: number, members: object) => ({
  ...{
    type,
    id: `e${number}`,
    parentId: number === 1 ? null : `e${number - 1}`,
    timestamp: time,
    ...members,
  },
})
const pi = [
  { type: 'session', version: 3, id, timestamp: time, cwd: '/w', origin: { by: 'me' } },
  piEntry('model_change', 1, { provider: 'p', modelId: 'm' }),
  piEntry('message', 2, {
    message: {
      role: 'user',
      content: [
        { type: 'text', text: 'Go' },
        { type: 'image', data: png, mimeType: 'image/png' },
      ],
    },
  }),
  piEntry('message', 3, {
    message: {
      ...{ role: 'assistant', model: 'm', usage: { input: 1, output: 1, cost: { total: 0.1 } } },
      content: [
        { type: 'thinking', thinking: 'Hm', thinkingSignature: 's' },
        { type: 'toolCall', id: 'c', name: 'ls', arguments: {} },
      ],
    },
  }),
  piEntry('message', 4, { message: { role: 'bashExecution', command: 'ls', output: 'a' } }),
  piEntry('custom_message', 5, { content: [{ type: 'text', text: 'Told' }], details: { a: 1 } }),
  piEntry('session_info', 6, { name: 'A name' }),
  piEntry('compaction', 7, { summary: 'All of it', details: { a: 1 } }),
  {
    type: 'message_end',
    message: { role: 'assistant', content: [{ type: 'text', text: 'So' }], timestamp: 1 },
  },
]

const qwen = (type: string, number: number, members: object) => ({
  ...{ type, uuid: `u${number}`, parentUuid: null, sessionId: id, timestamp: time, cwd: '/w', ...members },
})
const qwenCode = [
  qwen('user', 1, {
    message: { role: 'user', parts: [{ text: 'Go' }, { inlineData: { mimeType: 'image/png', data: png } }] },
  }),
  qwen('assistant', 2, {
    message: { role: 'model', parts: [{ text: 'Hm', thought: true }, { fileData: { uri: 'u' } }] },
    usageMetadata: { promptTokenCount: 1 },
  }),
  qwen('system', 3, {
    subtype: 'custom_title',
    systemPayload: { customTitle: 'A title', titleSource: 'auto' },
  }),
  qwen('system', 4, {
    subtype: 'chat_compression',
    systemPayload: { compressedHistory: [{ role: 'user', parts: [{ text: 'All of it' }] }] },
  }),
]

const copilotEvent = (type: string, data: object) => ({ type, data, id, timestamp: time })
const copilot = [
  copilotEvent('session.start', { sessionId: id, startTime: time, context: { cwd: '/w' } }),
  copilotEvent('user.message', { content: 'Go', attachments: [{ path: 'a' }] }),
  copilotEvent('assistant.message', {
    content: 'So',
    toolRequests: [{ toolCallId: 'c', name: 'ls', arguments: {} }],
  }),
  copilotEvent('tool.execution_complete', {
    toolCallId: 'c',
    success: true,
    result: { content: 'a', detailedContent: 'b' },
  }),
  copilotEvent('subagent.started', { toolCallId: 'c2', agentName: 'scout' }),
  copilotEvent('assistant.message', { content: 'Found', parentToolCallId: 'c2' }),
  copilotEvent('session.error', { message: 'Oh', errorType: 'e', detail: { a: 1 } }),
  copilotEvent('session.compaction_complete', { success: true, summaryContent: 'All of it' }),
  copilotEvent('session.shutdown', { modelMetrics: { m: { usage: { inputTokens: 1 } } } }),
]

/** What runs print, and lines beside messages and calls. */
export const streamSamples: Record<string, Sample> = {
  // What the whole history was told with is a number of turns.
  'codex all': { values: codex, repeats: /replacement_history/ },
  'codex exec': { values: codexExec },
  'claude-code all': { values: claudeCode },
  'claude-code run': { values: claudeRun },
  'gemini-cli run': { values: geminiRun },
  'opencode run': { values: opencodeRun },
  'pi all': { values: pi },
  'qwen-code all': { values: qwenCode, repeats: /compressedHistory/ },
  // Totals by model: of each its usage counts.
  'copilot all': { values: copilot, repeats: /modelMetrics/ },
}
