import { asText, isObject, type Json, parsed, textOf } from './loose-values.js'
import type { Span } from './spans.js'

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

/** Messages of the conventions: parts by type; also as chats have them. Null for none. */
export function messagesIn(value: unknown): SpanMessage[] | null {
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
export function flattened(attributes: Json, prefixes: readonly string[]): SpanMessage[] {
  for (const prefix of prefixes) {
    const root: Json = Object.create(null)
    for (const [name, value] of Object.entries(attributes))
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
export function eventMessages({ events }: Span): Record<'input' | 'output', SpanMessage[]> {
  const found: Record<'input' | 'output', SpanMessage[]> = { input: [], output: [] }
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

/** The system prompt in an attribute: a text, or a list of parts; null without one. */
export function systemIn(value: unknown): string | null {
  const parts = typeof value === 'string' ? (parsed(value) ?? value) : value
  if (typeof parts === 'string') return parts
  if (!Array.isArray(parts)) return null
  const texts = parts.map((part) => (isObject(part) ? asText(part.content ?? part.text) : asText(part)))
  return texts.length === 0 ? null : texts.join('\n')
}

/** A message of the role that says nothing yet. */
export function emptyMessage(role: SpanMessage['role']): SpanMessage {
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
