import type { MessageRole } from '../../documents.generated.js'
import { isObject, type SourceMessage, textAt, Unreadable } from '../source.js'

const roles: Record<string, MessageRole> = {
  system: 'SYSTEM',
  developer: 'SYSTEM',
  user: 'USER',
  assistant: 'ASSISTANT',
  tool: 'TOOL',
  function: 'TOOL',
}

/** A message of OpenAI's Chat Completions; what a transcript has no place for is kept in the metadata. */
function readChatMessage(value: unknown): SourceMessage {
  if (!isObject(value)) throw new Unreadable('is no object')
  const { role, content, tool_calls: _calls, tool_call_id: _callId, ...others } = value
  const known = typeof role === 'string' ? roles[role] : undefined
  if (known === undefined) throw new Unreadable(`has the unknown role ${JSON.stringify(role) ?? 'none'}`)
  const { text, rest } = readContent(content)
  const { toolCalls, raw } = readToolCalls(value.tool_calls)
  const metadata = {
    ...Object.fromEntries(Object.entries(others).filter(([, member]) => member !== null)),
    ...(role === 'developer' || role === 'function' ? { role } : {}),
    ...(rest === undefined ? {} : { content: rest }),
    ...(raw === undefined ? {} : { tool_calls: raw }),
  }
  return {
    role: known,
    content: text,
    ...(toolCalls === null ? {} : { toolCalls }),
    ...(value.tool_call_id == null ? {} : { toolCallId: textAt(value, 'tool_call_id') }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
  }
}

/** Texts of parts are joined by line breaks; of other parts the rest tells what they are and where they stood. */
export function readContent(content: unknown): { text: string; rest?: unknown } {
  if (content === undefined || content === null) return { text: '' }
  if (typeof content === 'string') return { text: content }
  if (!Array.isArray(content)) return { text: '', rest: content }
  const text = content.map(textOfPart).filter((part) => part !== null)
  const rest = content.flatMap((part, index) => (textOfPart(part) === null ? [{ index, part }] : []))
  return { text: text.join('\n'), ...(rest.length === 0 ? {} : { rest }) }
}

function textOfPart(part: unknown): string | null {
  if (typeof part === 'string') return part
  return isObject(part) && typeof part.text === 'string' && String(part.type ?? 'text').endsWith('text')
    ? part.text
    : null
}

function readToolCalls(value: unknown): { toolCalls: SourceMessage['toolCalls'] | null; raw?: unknown } {
  if (value === undefined || value === null) return { toolCalls: null }
  if (!Array.isArray(value)) throw new Unreadable('has tool_calls that are no list')
  const plain = value.every((call) => isObject(call) && (call.type ?? 'function') === 'function')
  return { toolCalls: value.map(readToolCall), ...(plain ? {} : { raw: value }) }
}

function readToolCall(call: unknown) {
  const { id, ...kinds } = isObject(call) ? call : {}
  const called = [kinds.function, kinds.custom].find(isObject) ?? kinds
  if (typeof called.name !== 'string') throw new Unreadable('calls a tool without a name')
  const given = called.arguments ?? called.input ?? ''
  return { id: typeof id === 'string' ? id : '', name: called.name, arguments: asText(given) }
}

function asText(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Every message of a conversation; the first that cannot be read is named by its number. */
export function readChatMessages(values: unknown): SourceMessage[] {
  if (!Array.isArray(values)) throw new Unreadable('its messages are no list')
  return values.map((value, index) => {
    try {
      return readChatMessage(value)
    } catch (error) {
      if (error instanceof Unreadable) throw new Unreadable(`message ${index + 1} ${error.message}`)
      throw error
    }
  })
}
