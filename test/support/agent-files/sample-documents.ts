import type { Sample } from './sample.js'

const id = '5a17e000-0000-4000-8000-000000000002'
const time = '2026-05-03T11:00:00Z'
const png = 'iVBORw0KGgo='
const image = { type: 'image', source: { type: 'base64', media_type: 'image/png', data: png } }

const blocks = {
  ...{ id, system: [{ type: 'text', text: 'Be brief' }], tools: [{ name: 'ls' }], metadata: { a: { b: 1 } } },
  messages: [
    {
      role: 'user',
      content: [{ type: 'text', text: 'Go' }, image, { type: 'document', source: { url: 'u' } }],
    },
    {
      role: 'assistant',
      content: [
        { type: 'thinking', thinking: 'Hm', signature: 's' },
        { type: 'tool_use', id: 'c1', name: 'ls', input: { at: '.' } },
      ],
      usage: { input_tokens: 1, output_tokens: 1, cache_creation: { ephemeral_5m_input_tokens: 0 } },
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'c1', content: [{ type: 'text', text: 'a' }, image] }],
    },
    { role: 'assistant', content: null, function_call: { name: 'ls', arguments: '{}' } },
    { role: 'function', name: 'ls', content: 'a' },
    {
      role: 'assistant',
      content: 'So',
      tool_calls: [{ id: 'c2', type: 'custom', custom: { name: 'x', input: 'y' } }],
    },
  ],
}

const shareGpt = {
  id: 'one',
  conversations: [
    { from: 'human', value: 'Go' },
    { from: 'function_call', value: '{"name":"ls","arguments":{}}' },
    { from: 'observation', value: 'a' },
    { from: 'gpt', value: 'So' },
  ],
}

const response = {
  request: {
    model: 'm',
    input: [{ role: 'user', content: [{ type: 'input_text', text: 'Go' }] }],
    tools: [{ type: 'function' }],
  },
  response: {
    ...{ id: 'resp_1', object: 'response', created_at: 1777777777, status: 'completed', model: 'm' },
    output: [
      { type: 'reasoning', id: 'r', summary: [{ type: 'summary_text', text: 'Hm' }] },
      { type: 'function_call', call_id: 'c', name: 'ls', arguments: '{}' },
      { type: 'mcp_call', id: 'm', server_label: 's', name: 't', arguments: '{}', output: 'a' },
      { type: 'file_search_call', id: 'f', queries: ['q'], results: [{ file_id: 'f' }] },
      { type: 'message', role: 'assistant', content: [{ type: 'output_text', text: 'So' }] },
    ],
    usage: { input_tokens: 2, output_tokens: 1, input_tokens_details: { cached_tokens: 1 } },
    error: { code: 'e', message: 'Oh' },
  },
}

const checkpoint = [
  { role: 'user', parts: [{ text: 'Go' }, { inlineData: { mimeType: 'image/png', data: png } }] },
  {
    role: 'model',
    parts: [{ text: 'Hm', thought: true }, { functionCall: { name: 'ls', args: { at: '.' } } }],
  },
  { role: 'user', parts: [{ functionResponse: { name: 'ls', response: { output: 'a' } } }] },
  { role: 'model', parts: [{ text: 'So' }, { executableCode: { code: 'x' } }] },
]

const geminiRecord = {
  ...{ sessionId: id, projectHash: 'p', startTime: time, kind: 'main', memory: { a: 1 } },
  messages: [
    { id: 'a', timestamp: time, type: 'user', content: [{ text: 'Go' }] },
    {
      ...{
        id: 'b',
        timestamp: time,
        type: 'gemini',
        content: '',
        model: 'm',
        tokens: { input: 1, output: 1 },
      },
      thoughts: [{ subject: 'S', description: 'D', timestamp: time }],
      toolCalls: [
        {
          id: 'c',
          name: 'ls',
          args: {},
          status: 'success',
          result: [{ functionResponse: { id: 'c', name: 'ls', response: { output: 'a' } } }],
        },
      ],
    },
    { id: 'd', timestamp: time, type: 'info', content: 'Told', detail: { a: 1 } },
  ],
}

const opencode = {
  info: { id: 'ses_1', title: 'A title', time: { created: 1, updated: 2 }, share: { url: 'u' } },
  messages: [
    {
      info: { id: 'm1', role: 'user', time: { created: 1 }, model: { providerID: 'p', modelID: 'm' } },
      parts: [
        { type: 'text', text: 'Go' },
        { type: 'file', mime: 'image/png', url: `data:image/png;base64,${png}` },
        { type: 'file', mime: 'text/plain', url: 'u', source: { path: 'a' } },
      ],
    },
    {
      info: {
        id: 'm2',
        role: 'assistant',
        time: { created: 2, completed: 3 },
        tokens: { input: 1, cache: { read: 1 } },
        path: { cwd: '/w' },
      },
      parts: [
        { type: 'step-start' },
        { type: 'reasoning', text: 'Hm', time: { start: 1 } },
        {
          type: 'tool',
          id: 'p1',
          callID: 'c',
          tool: 'ls',
          state: {
            status: 'completed',
            input: {},
            output: 'a',
            time: { start: 1, end: 2 },
            attachments: [{ type: 'file', mime: 'image/png', url: 'u' }],
          },
        },
        { type: 'patch', files: ['a'], hash: 'h' },
        { type: 'step-finish', cost: 1, tokens: { input: 1, cache: { read: 0 } } },
      ],
    },
  ],
}

const copilotHistory = {
  ...{ sessionId: id, startTime: time, selectedModel: 'm' },
  chatMessages: [
    { role: 'user', content: 'Go' },
    {
      role: 'assistant',
      content: 'So',
      tool_calls: [{ id: 'c', type: 'function', function: { name: 'ls', arguments: '{}' } }],
    },
  ],
}

const codexDocument = {
  session: { id, timestamp: time, instructions: 'Be brief', git: { branch: 'b' } },
  items: [
    { type: 'message', role: 'user', content: [{ type: 'input_text', text: 'Go' }] },
    { type: 'function_call', call_id: 'c', name: 'shell', arguments: '{}' },
    { type: 'function_call_output', call_id: 'c', output: '{"output":"a","metadata":{"exit_code":0}}' },
  ],
}

const completion = {
  ...{ id: 'c1', object: 'chat.completion', created: 1777777777, model: 'm' },
  choices: [{ index: 0, message: { role: 'assistant', content: 'So' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 1, completion_tokens: 1, prompt_tokens_details: { cached_tokens: 0 } },
}
const answer = {
  ...{
    id: 'm1',
    type: 'message',
    role: 'assistant',
    model: 'm',
    usage: { input_tokens: 1, output_tokens: 1 },
  },
  content: [{ type: 'text', text: 'So' }],
}
const batch = [
  { custom_id: 'a', response: { status_code: 200, body: completion } },
  { custom_id: 'b', result: { type: 'succeeded', message: answer } },
  { custom_id: 'c', method: 'POST', body: { messages: [{ role: 'user', content: 'Go' }] } },
  { request: { messages: [{ role: 'user', content: 'Go' }] }, response: completion },
]

const responseStream = [
  { type: 'response.created', response: { ...response.response, status: 'in_progress', output: [] } },
  { type: 'response.output_item.done', output_index: 0, item: response.response.output[1] },
]

const geminiAnswer = {
  ...{ session_id: id, response: 'So', error: { type: 't', message: 'Oh' } },
  stats: {
    models: { m: { api: { totalRequests: 1 }, tokens: { prompt: 1, candidates: 1 } } },
    tools: { totalCalls: 1 },
  },
}

const document = (value: object): Sample => ({ values: [value], shape: 'object' })

/** Documents with members that most of them have not. */
export const documentSamples: Record<string, Sample> = {
  'chat blocks': document(blocks),
  ShareGPT: document(shareGpt),
  'openai-responses': document(response),
  'openai-responses stream': { values: responseStream },
  'chat batch': { values: batch },
  'gemini-cli answer': document(geminiAnswer),
  'gemini-cli checkpoint': { values: checkpoint, shape: 'array' },
  'gemini-cli all': document(geminiRecord),
  'opencode all': document(opencode),
  'copilot history': document(copilotHistory),
  'codex document': document(codexDocument),
}
