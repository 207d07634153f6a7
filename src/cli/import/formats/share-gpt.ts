import { parseExactly } from '../../../rules/exact-json.js'
import { isList, isObject } from '../source.js'
import { asText, type Json, looseName } from './loose.js'

const roles = new Map<unknown, string>([
  ...[['human', 'user'] as const, ['user', 'user'] as const],
  ...['gpt', 'chatgpt', 'assistant', 'model', 'bot', 'bing', 'bard'].map(
    (name) => [name, 'assistant'] as const,
  ),
  ...['observation', 'tool', 'tool_response', 'function_response'].map((name) => [name, 'tool'] as const),
  ['system', 'system'],
])

/** Whether an object holds a conversation as ShareGPT has it: `conversations` of `from` and `value`. */
export function isShareGpt({ conversations }: Json): boolean {
  if (!Array.isArray(conversations)) return false
  const [first] = conversations
  return isObject(first) && ('from' in first || 'role' in first)
}

/** The messages of ShareGPT's `conversations` as Chat Completions have them; undefined where there are none. */
export function chatMessagesOf({ conversations }: Json): Iterable<unknown> | undefined {
  return isList(conversations) ? toChatMessages(conversations) : undefined
}

function* toChatMessages(values: Iterable<unknown>): Generator<unknown> {
  for (const value of values) yield isObject(value) && 'from' in value ? toChatMessage(value) : value
}

function toChatMessage({ from, value, ...others }: Json): Json {
  const call = from === 'function_call' || from === 'tool_call' ? callIn(asText(value)) : null
  if (call !== null) return { ...others, ...call, role: 'assistant', content: null }
  const role = from === 'function_call' || from === 'tool_call' ? 'assistant' : (roles.get(from) ?? from)
  return { ...others, role, content: value }
}

/** The call that a text is, `{"name": …, "arguments": …}`, with what it says beside; null for other texts. */
function callIn(text: string): Json | null {
  const call = parseExactly(text)
  if (!isObject(call) || looseName(call.name) === null) return null
  const { name, arguments: given, parameters, ...beside } = call
  return { ...beside, function_call: { name, arguments: given ?? parameters } }
}
