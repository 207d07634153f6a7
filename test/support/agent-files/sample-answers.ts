const head = { id: 'chatcmpl-1', created: 1_777_777_777, model: 'm', service_tier: 'flex' }
const chunk = (delta: object, choice: object = {}) => ({
  ...{ ...head, object: 'chat.completion.chunk', obfuscation: 'x', usage: null as object | null },
  choices: [{ index: 0, delta, finish_reason: null, ...choice }] as object[],
})
const called = (piece: object) => ({ tool_calls: [{ index: 0, ...piece }] })
const usage = { prompt_tokens: 5, completion_tokens: 3, prompt_tokens_details: { cached_tokens: 1 } }

const chunks = [
  chunk({ role: 'assistant', content: '', refusal: null }),
  chunk({ reasoning_content: 'Hm' }),
  chunk({ content: 'I ' }),
  chunk({ content: 'look' }),
  chunk({ content: '.' }),
  chunk(called({ id: 'c1', type: 'function', function: { name: 'ls', arguments: '' } })),
  chunk(called({ function: { arguments: '{"at":' } })),
  chunk(called({ function: { arguments: '"."}' } })),
  chunk({}, { finish_reason: 'tool_calls' }),
  { ...chunk({}), choices: [], usage },
]
const completion = {
  ...{ ...head, object: 'chat.completion', usage },
  choices: [
    {
      ...{ index: 0, finish_reason: 'tool_calls' },
      message: {
        ...{ role: 'assistant', content: 'I look.', reasoning_content: 'Hm' },
        tool_calls: [{ id: 'c1', type: 'function', function: { name: 'ls', arguments: '{"at":"."}' } }],
      },
    },
  ],
}

const answer = { id: 'msg_1', type: 'message', role: 'assistant', model: 'm' }
const start = (index: number, content_block: object) => ({
  type: 'content_block_start',
  index,
  content_block,
})
const grow = (index: number, delta: object) => ({ type: 'content_block_delta', index, delta })
const stop = (index: number) => ({ type: 'content_block_stop', index })
const events = [
  {
    type: 'message_start',
    message: { ...answer, content: [], stop_reason: null, usage: { input_tokens: 5, output_tokens: 1 } },
  },
  { type: 'ping' },
  start(0, { type: 'text', text: '' }),
  grow(0, { type: 'text_delta', text: 'I ' }),
  grow(0, { type: 'text_delta', text: 'look' }),
  stop(0),
  start(1, { type: 'tool_use', id: 'toolu_1', name: 'ls', input: {} }),
  grow(1, { type: 'input_json_delta', partial_json: '{"at": ' }),
  grow(1, { type: 'input_json_delta', partial_json: '"."}' }),
  stop(1),
  start(2, { type: 'thinking', thinking: '', signature: '' }),
  grow(2, { type: 'thinking_delta', thinking: 'Hm' }),
  grow(2, { type: 'signature_delta', signature: 's' }),
  stop(2),
  {
    type: 'message_delta',
    delta: { stop_reason: 'tool_use', stop_sequence: null },
    usage: { output_tokens: 3, cache_read_input_tokens: null },
  },
  { type: 'message_stop' },
]
const message = {
  ...{ ...answer, stop_reason: 'tool_use', usage: { input_tokens: 5, output_tokens: 3 } },
  content: [
    { type: 'text', text: 'I look' },
    { type: 'tool_use', id: 'toolu_1', name: 'ls', input: { at: '.' } },
    { type: 'thinking', thinking: 'Hm', signature: 's' },
  ],
}

/** Answers that APIs stream, and the same as they give them at once. */
export const answerStreams = { chunks, completion, events, message }

const tool = { toolCallId: 'c1', state: 'output-available', input: { at: '.' }, output: ['a.ts'] }
/** A conversation as the AI SDK keeps it: the answer took two steps. */
export const uiMessages = [
  {
    id: 'm1',
    role: 'user',
    parts: [
      { type: 'text', text: 'Which files?' },
      { type: 'file', mediaType: 'image/png', url: 'data:image/png;base64,aWJv' },
    ],
  },
  {
    id: 'm2',
    role: 'assistant',
    metadata: { took: 2 },
    parts: [
      { type: 'step-start' },
      { type: 'reasoning', text: 'Hm' },
      { type: 'tool-ls', ...tool },
      {
        type: 'dynamic-tool',
        ...tool,
        toolCallId: 'c2',
        toolName: 'cat',
        state: 'output-error',
        output: undefined,
        errorText: 'No',
      },
      { type: 'step-start' },
      { type: 'text', text: 'One.' },
      { type: 'source-url', url: 'https://a.example' },
    ],
  },
]
