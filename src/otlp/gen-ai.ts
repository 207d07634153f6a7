import type { Span } from './spans.js'

type Json = Record<string, unknown>

/** A message that spans tell of: one text, one answer, or one result of a tool. */
export interface SpanMessage {
  role: 'user' | 'assistant' | 'tool' | 'system'
  text: string
  reasoning: string | null
  toolCalls: { id: string; name: string; arguments: string }[]
  toolCallId: string | null
  /** Parts that are neither text, thinking nor tools. */
  parts: unknown[]
}

/** Tokens in disjoint buckets. */
export interface SpanUsage {
  inputTokens: number
  outputTokens: number
  cacheReadInputTokens: number
  cacheCreationInputTokens: number
  costUsd: number | null
}

/** What a span says of an agent's work, in one shape for GenAI's semantic conventions and OpenInference's. */
export interface GenAiSpan {
  span: Span
  kind: 'chat' | 'tool' | 'agent'
  /** `gen_ai.conversation.id`, else `session.id`; null where it tells none. */
  conversation: string | null
  agent: string | null
  model: string | null
  system: string | null
  /** The conversation so far, then what came of it. */
  input: SpanMessage[]
  output: SpanMessage[]
  usage: SpanUsage | null
  tool: { id: string | null; name: string; arguments: string; result: string | null } | null
}

const kinds = new Map<string, GenAiSpan['kind']>([
  ...['chat', 'text_completion', 'generate_content', 'LLM'].map((name) => [name, 'chat'] as const),
  ...['execute_tool', 'TOOL'].map((name) => [name, 'tool'] as const),
  ...['invoke_agent', 'create_agent', 'invoke_workflow', 'AGENT'].map((name) => [name, 'agent'] as const),
])

/** Reads a span by its attributes and events; null for one that tells nothing of an agent's work. */
export function readGenAi(span: Span): GenAiSpan | null {
  const { attributes: told } = span
  const operation = textOf(told['gen_ai.operation.name']) ?? textOf(told['openinference.span.kind'])
  const kind = operation === null ? guessKind(told) : (kinds.get(operation) ?? null)
  if (kind === null) return null
  const all = [told, ...span.events.map(({ attributes }) => attributes)]
  const first = (...names: string[]) =>
    names.flatMap((name) => all.map((from) => from[name])).find((value) => value != null)
  const input =
    messagesIn(first('gen_ai.input.messages')) ?? flattened(told, ['llm.input_messages', 'gen_ai.prompt'])
  const output =
    messagesIn(first('gen_ai.output.messages')) ??
    flattened(told, ['llm.output_messages', 'gen_ai.completion'])
  const events = eventMessages(span)
  return {
    ...{ span, kind },
    conversation: textOf(first('gen_ai.conversation.id', 'session.id')),
    agent: textOf(first('gen_ai.agent.name', 'agent.name')),
    model: textOf(
      first('gen_ai.response.model', 'gen_ai.request.model', 'llm.response.model_name', 'llm.model_name'),
    ),
    system: systemIn(first('gen_ai.system_instructions')),
    input: input.length > 0 ? input : events.input,
    output: output.length > 0 ? output : events.output,
    usage: kind === 'chat' ? usageOf(told) : null,
    tool: kind === 'tool' ? toolOf(told, span.name) : null,
  }
}

function guessKind(told: Json): GenAiSpan['kind'] | null {
  if ('gen_ai.tool.call.id' in told || 'gen_ai.tool.name' in told) return 'tool'
  const names = Object.keys(told)
  const isChat = names.some((name) =>
    /^(?:gen_ai\.(?:input|output)\.messages|gen_ai\.(?:prompt|completion)\.0|llm\.(?:in|out)put_messages)/.test(
      name,
    ),
  )
  return isChat ? 'chat' : null
}

/** Messages of the conventions: parts by type; also as chats have them. Null for none. */
function messagesIn(value: unknown): SpanMessage[] | null {
  const list = typeof value === 'string' ? parsed(value) : value
  if (!Array.isArray(list)) return null
  return list.filter(isObject).flatMap(readMessage)
}

function readMessage(message: Json): SpanMessage[] {
  const content = message.parts ?? message.content
  const parts = Array.isArray(content) ? content : content == null ? [] : [content]
  const found = emptyMessage(roleOf(message.role))
  const results: SpanMessage[] = []
  const texts: string[] = []
  for (const part of parts) {
    if (typeof part === 'string') texts.push(part)
    else if (!isObject(part)) found.parts.push(part)
    else if (part.type === 'text' || part.type === undefined) texts.push(asText(part.content ?? part.text))
    else if (part.type === 'reasoning' || part.type === 'thinking')
      found.reasoning = [found.reasoning, asText(part.content ?? part.thinking)].filter(Boolean).join('\n\n')
    else if (part.type === 'tool_call' || part.type === 'tool_use')
      found.toolCalls.push(toCall(part.id, part.name, part.arguments ?? part.input))
    else if (part.type === 'tool_call_response' || part.type === 'tool_result') {
      const result = part.response ?? part.result ?? part.content
      results.push({
        ...emptyMessage('tool'),
        text: asText(result),
        toolCallId: textOf(part.id) ?? textOf(part.tool_use_id),
      })
    } else found.parts.push(part)
  }
  for (const call of Array.isArray(message.tool_calls) ? message.tool_calls.filter(isObject) : []) {
    const called = isObject(call.function) ? call.function : call
    found.toolCalls.push(toCall(call.id, called.name, called.arguments))
  }
  found.text = texts.join('\n')
  if (found.role === 'tool' && results.length === 0)
    found.toolCallId = textOf(message.tool_call_id ?? message.id)
  const isEmpty =
    found.text === '' && found.toolCalls.length === 0 && found.parts.length === 0 && !found.reasoning
  return results.length > 0 && isEmpty ? results : [...results, found]
}

/** Messages that stand in attributes of their own: `llm.input_messages.0.message.content`, `gen_ai.prompt.0.content`. */
function flattened(told: Json, prefixes: readonly string[]): SpanMessage[] {
  for (const prefix of prefixes) {
    const root: Json = Object.create(null)
    for (const [name, value] of Object.entries(told))
      if (name.startsWith(`${prefix}.`)) put(root, name.slice(prefix.length + 1).split('.'), value)
    const messages = inOrder(root).map((entry) => (isObject(entry.message) ? entry.message : entry))
    if (messages.length > 0) return messages.flatMap((message) => readMessage(withoutNesting(message)))
  }
  return []
}

function put(root: Json, path: readonly string[], value: unknown): void {
  let at = root
  for (const [index, step] of path.entries()) {
    if (index === path.length - 1 || index > 20) at[step] = value
    else {
      const next = at[step]
      const made: Json = isObject(next) ? next : Object.create(null)
      at[step] = made
      at = made
    }
  }
}

function inOrder(value: unknown): Json[] {
  if (!isObject(value)) return []
  return Object.entries(value)
    .filter(([index, entry]) => /^\d+$/.test(index) && isObject(entry))
    .sort(([a], [b]) => Number(a) - Number(b))
    .map(([, entry]) => entry as Json)
}

function withoutNesting(message: Json): Json {
  const contents = inOrder(message.contents).map(({ message_content: part }) => {
    const { type, text, image } = isObject(part) ? part : {}
    return {
      type: type ?? 'text',
      ...(text === undefined ? {} : { text }),
      ...(image === undefined ? {} : { image }),
    }
  })
  const calls = inOrder(message.tool_calls).map((call) => (isObject(call.tool_call) ? call.tool_call : call))
  return {
    ...message,
    ...(contents.length > 0 ? { content: contents } : {}),
    tool_calls: calls,
  }
}

/** Messages as events of older conventions: `gen_ai.user.message`, `gen_ai.choice`. */
function eventMessages({ events }: Span): Pick<GenAiSpan, 'input' | 'output'> {
  const found: Pick<GenAiSpan, 'input' | 'output'> = { input: [], output: [] }
  for (const { name, attributes } of events) {
    const role = /^gen_ai\.(system|user|assistant|tool)\.message$/.exec(name)?.[1]
    if (role !== undefined) found.input.push(...readMessage({ role, ...withLists(attributes) }))
    if (name === 'gen_ai.choice') {
      const message = typeof attributes.message === 'string' ? parsed(attributes.message) : attributes.message
      found.output.push(
        ...readMessage({ role: 'assistant', ...withLists(isObject(message) ? message : attributes) }),
      )
    }
  }
  return found
}

function withLists(attributes: Json): Json {
  const { tool_calls: calls } = attributes
  return typeof calls === 'string' ? { ...attributes, tool_calls: parsed(calls) } : { ...attributes }
}

function systemIn(value: unknown): string | null {
  const parts = typeof value === 'string' ? (parsed(value) ?? value) : value
  if (typeof parts === 'string') return parts
  if (!Array.isArray(parts)) return null
  const texts = parts.map((part) => (isObject(part) ? asText(part.content ?? part.text) : asText(part)))
  return texts.length === 0 ? null : texts.join('\n')
}

/** The input holds what was read from and written to a cache, by both conventions. */
function usageOf(told: Json): SpanUsage | null {
  const input = numberOf(
    told['gen_ai.usage.input_tokens'] ?? told['gen_ai.usage.prompt_tokens'] ?? told['llm.token_count.prompt'],
  )
  const output = numberOf(
    told['gen_ai.usage.output_tokens'] ??
      told['gen_ai.usage.completion_tokens'] ??
      told['llm.token_count.completion'],
  )
  const costUsd = numberOf(told['gen_ai.usage.cost'] ?? told['llm.cost.total'])
  if (input === null && output === null && costUsd === null) return null
  const read = count(
    told['gen_ai.usage.cache_read.input_tokens'] ??
      told['gen_ai.usage.cache_read_input_tokens'] ??
      told['llm.token_count.prompt_details.cache_read'],
  )
  const written = count(
    told['gen_ai.usage.cache_creation.input_tokens'] ??
      told['gen_ai.usage.cache_creation_input_tokens'] ??
      told['llm.token_count.prompt_details.cache_write'],
  )
  return {
    inputTokens: Math.max(0, count(input) - read - written),
    outputTokens: count(output),
    ...{ cacheReadInputTokens: read, cacheCreationInputTokens: written, costUsd },
  }
}

function toolOf(told: Json, spanName: string): GenAiSpan['tool'] {
  const result = told['gen_ai.tool.call.result'] ?? told['output.value']
  return {
    id: textOf(told['gen_ai.tool.call.id'] ?? told['tool_call.id'] ?? told['tool.id']),
    name: textOf(told['gen_ai.tool.name'] ?? told['tool.name']) ?? spanName.replace(/^execute_tool /, ''),
    arguments: asText(
      told['gen_ai.tool.call.arguments'] ?? told['tool.parameters'] ?? told['input.value'] ?? {},
    ),
    result: result == null ? null : asText(result),
  }
}

function emptyMessage(role: SpanMessage['role']): SpanMessage {
  return { role, text: '', reasoning: null, toolCalls: [], toolCallId: null, parts: [] }
}

function roleOf(role: unknown): SpanMessage['role'] {
  if (role === 'assistant' || role === 'model' || role === 'ai') return 'assistant'
  if (role === 'tool' || role === 'function') return 'tool'
  return role === 'system' || role === 'developer' ? 'system' : 'user'
}

function toCall(id: unknown, name: unknown, given: unknown) {
  return { id: textOf(id) ?? '', name: textOf(name) ?? 'unknown', arguments: asText(given ?? {}) }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : null
}

function asText(value: unknown): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function numberOf(value: unknown): number | null {
  const number = typeof value === 'string' && value !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}

function count(value: unknown): number {
  return Math.max(0, Math.trunc(numberOf(value) ?? 0))
}
