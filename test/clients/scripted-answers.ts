/** What the model answers to one question. */
export interface Turn {
  say?: string
  think?: string
  call?: { id: string; name: string; arguments: object }
}

const stopOf = ({ call }: Turn, told: { calls: string; end: string }) => (call ? told.calls : told.end)

/** OpenAI's answer in one piece. */
export function chatCompletion(model: string, turn: Turn): object {
  const message = { role: 'assistant', content: turn.say ?? null, ...reasoning(turn), ...chatCalls(turn) }
  const choice = { index: 0, message, finish_reason: stopOf(turn, { calls: 'tool_calls', end: 'stop' }) }
  return { ...chatHead(model, 'chat.completion'), choices: [choice], usage: chatUsage }
}

/** OpenAI's answer as a stream of chunks. */
export function chatStream(model: string, turn: Turn): string[] {
  const head = chatHead(model, 'chat.completion.chunk')
  const chunk = (delta: object, finish_reason: string | null = null) =>
    toData({ ...head, choices: [{ index: 0, delta, finish_reason }] })
  return [
    chunk({ role: 'assistant', content: '' }),
    ...halves(turn.think).map((part) => chunk({ reasoning_content: part })),
    ...halves(turn.say).map((part) => chunk({ content: part })),
    ...(turn.call ? [chunk(chatCalls(turn))] : []),
    chunk({}, stopOf(turn, { calls: 'tool_calls', end: 'stop' })),
    toData({ ...head, choices: [], usage: chatUsage }),
    'data: [DONE]\n\n',
  ]
}

/** Anthropic's answer in one piece. */
export function anthropicMessage(model: string, turn: Turn): object {
  const stop_reason = stopOf(turn, { calls: 'tool_use', end: 'end_turn' })
  return { ...anthropicHead(model), content: contentBlocks(turn), stop_reason, usage: anthropicUsage }
}

/** Anthropic's answer as a stream of events. */
export function anthropicStream(model: string, turn: Turn): string[] {
  const blocks = contentBlocks(turn).flatMap((block, index) => [
    { type: 'content_block_start', index, content_block: emptied(block) },
    ...deltasOf(block).map((delta) => ({ type: 'content_block_delta', index, delta })),
    { type: 'content_block_stop', index },
  ])
  const stop = { stop_reason: stopOf(turn, { calls: 'tool_use', end: 'end_turn' }), stop_sequence: null }
  const events: { type: string }[] = [
    { type: 'message_start', message: { ...anthropicHead(model), content: [], usage: anthropicUsage } } as {
      type: string
    },
    ...blocks,
    { type: 'message_delta', delta: stop, usage: { output_tokens: 40 } } as { type: string },
    { type: 'message_stop' },
  ]
  return events.map((event) => `event: ${event.type}\n${toData(event)}`)
}

const chatUsage = { prompt_tokens: 900, completion_tokens: 40, total_tokens: 940 }
const anthropicUsage = { input_tokens: 900, output_tokens: 40 }

const chatHead = (model: string, object: string) => ({ id: 'chat-1', object, created: 1_767_225_600, model })
const anthropicHead = (model: string) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  model,
  stop_reason: null,
})

function reasoning({ think }: Turn): object {
  return think === undefined ? {} : { reasoning_content: think }
}

function chatCalls({ call }: Turn): object {
  if (call === undefined) return {}
  const asked = { name: call.name, arguments: JSON.stringify(call.arguments) }
  return { tool_calls: [{ index: 0, id: call.id, type: 'function', function: asked }] }
}

type Block =
  | { type: 'thinking'; thinking: string; signature: string }
  | { type: 'text'; text: string }
  | { type: 'tool_use'; id: string; name: string; input: object }

function contentBlocks({ think, say, call }: Turn): Block[] {
  return [
    ...(think === undefined ? [] : [{ type: 'thinking', thinking: think, signature: 'c2lnbmVk' } as const]),
    ...(say === undefined ? [] : [{ type: 'text', text: say } as const]),
    ...(call ? [{ type: 'tool_use', id: call.id, name: call.name, input: call.arguments } as const] : []),
  ]
}

function emptied(block: Block): Block {
  if (block.type === 'thinking') return { ...block, thinking: '', signature: '' }
  return block.type === 'text' ? { ...block, text: '' } : { ...block, input: {} }
}

function deltasOf(block: Block): object[] {
  if (block.type === 'text') return halves(block.text).map((text) => ({ type: 'text_delta', text }))
  if (block.type === 'tool_use')
    return [{ type: 'input_json_delta', partial_json: JSON.stringify(block.input) }]
  const thoughts = halves(block.thinking).map((thinking) => ({ type: 'thinking_delta', thinking }))
  return [...thoughts, { type: 'signature_delta', signature: block.signature }]
}

/** A text in two pieces, as streams bring it. */
function halves(text: string | undefined): string[] {
  if (text === undefined) return []
  const middle = Math.ceil(text.length / 2)
  return [text.slice(0, middle), text.slice(middle)].filter((part) => part !== '')
}

const toData = (value: object) => `data: ${JSON.stringify(value)}\n\n`
