import type { MessageRole } from '../../documents.generated.js'
import { isList, isObject, type LeftOut, type SourceMessage, textAt, Unreadable } from '../source.js'
import { stepsOf } from './ai-sdk-parts.js'
import { blocks, readBlocks } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { asText, type Json, looseName } from './loose.js'
import { kept, members, type Shape } from './members.js'
import { apiUsage, apiUsageMembers } from './token-usage.js'
import { UnansweredCalls } from './unanswered-calls.js'

const roles = new Map<unknown, MessageRole>([
  ['system', 'SYSTEM'],
  ['developer', 'SYSTEM'],
  ['user', 'USER'],
  ['human', 'USER'],
  ['assistant', 'ASSISTANT'],
  ['ai', 'ASSISTANT'],
  ['tool', 'TOOL'],
  ['function', 'TOOL'],
])
const timeMembers = ['timestamp', 'created_at', 'createdAt', 'create_time', 'time']
const reasoningMembers = ['reasoning_content', 'reasoning', 'thinking']
const readMembers = new Set(['role', 'content', 'tool_calls', 'tool_call_id', 'function_call'])

const called = members('calls', 'name arguments input')
const plainCall = members('calls', 'id type index name arguments input', { function: called })
/** Calls of other kinds are kept with all that stand beside them. */
const callsOf = (value: Json): Shape => (isPlain(value.tool_calls) ? plainCall : true)
const shaped = (value: Json, usage: Shape): Shape =>
  kept({ content: blocks, tool_calls: callsOf(value), function_call: called, usage })
const messageShape = (value: Json) => shaped(value, true)
const answerMembers = (value: Json) => shaped(value, apiUsageMembers)

/** What readers of formats that hold chat messages say of them. */
interface ChatMessages {
  messages: SourceMessage[]
  leftOut: LeftOut[]
}

/**
 * A conversation in messages of OpenAI's Chat Completions, also with its old `function_call`, or of Anthropic's Messages, whose
 * results of tools stand in messages of the user. What a transcript has no place for is kept in the metadata.
 * @throws {Unreadable} naming the first message that cannot be read by its number
 */
export function readChatMessages(values: unknown, agent: string | null): ChatMessages {
  const reader = new ChatReader(agent)
  const messages = [...reader.readAll(values)]
  return { messages, leftOut: reader.leftOut.list() }
}

/** The same, a message at a time. */
export class ChatReader {
  private readonly calls = new UnansweredCalls()
  private model: string | null = null

  constructor(
    private readonly agent: string | null,
    readonly leftOut = new LeftOutTally(),
  ) {}

  /** @throws {Unreadable} naming the first message that cannot be read by its number */
  *readAll(values: unknown): Generator<SourceMessage> {
    if (!isList(values)) throw new Unreadable('its messages are no list')
    let number = 0
    for (const value of values) {
      number += 1
      try {
        for (const step of stepsOf(value)) yield* this.read(step, `message ${number}`)
      } catch (error) {
        if (error instanceof Unreadable) throw new Unreadable(`message ${number} ${error.message}`)
        throw error
      }
    }
  }

  private read(value: unknown, at: string): SourceMessage[] {
    if (!isObject(value)) throw new Unreadable('is no object')
    const role = roles.get(value.role)
    if (role === undefined)
      throw new Unreadable(`has the unknown role ${JSON.stringify(value.role) ?? 'none'}`)
    const { text, reasoning, toolCalls, results, pictures, rest, sealed } = readBlocks(value.content)
    this.leftOut.add('signatures of thinking', sealed)
    this.leftOut.addUnread(value, role === 'ASSISTANT' ? answerMembers : messageShape)
    if (role === 'ASSISTANT' && typeof value.model === 'string') this.model = value.model
    const shared = { at, ...this.placeOf(value) }
    const rows: SourceMessage[] = results.map((result) => ({
      ...shared,
      role: 'TOOL',
      content: result.text,
      toolCallId: this.calls.answer(result.callId, null),
      isError: result.isError,
      ...(result.pictures.length > 0 ? { pictures: result.pictures } : {}),
      ...(result.rest.length > 0 ? { metadata: { content: result.rest } } : {}),
    }))
    const isEmpty = text === '' && pictures.length === 0 && rest.length === 0
    if (rows.length > 0 && role !== 'ASSISTANT' && isEmpty) return this.withRest(rows, value)
    const own = this.readOwn(value, role, { toolCalls, reasoning, rest })
    const message = { ...shared, role, content: text, ...own, ...(pictures.length > 0 ? { pictures } : {}) }
    return role === 'ASSISTANT' ? [message, ...rows] : [...rows, message]
  }

  /** Results whose message says nothing else: the first one has what stands beside them. */
  private withRest([first, ...rows]: SourceMessage[], value: Json): SourceMessage[] {
    if (first === undefined) return rows
    const { metadata: beside } = this.readOwn(value, 'USER', { toolCalls: [], reasoning: null, rest: [] })
    if (beside === undefined) return [first, ...rows]
    return [{ ...first, metadata: { ...first.metadata, ...beside } }, ...rows]
  }

  /** What a message says beside its content, by its role. */
  private readOwn(
    value: Json,
    role: MessageRole,
    blocks: Pick<ReturnType<typeof readBlocks>, 'toolCalls' | 'reasoning' | 'rest'>,
  ): Partial<SourceMessage> {
    const calls = readToolCalls(value, this.calls)
    const toolCalls = [...blocks.toolCalls, ...(calls?.toolCalls ?? [])]
    this.calls.ask(toolCalls)
    const consumed = new Set(readMembers)
    for (const name of timeMembers) if (isoTime(value[name]) !== null) consumed.add(name)
    const usage = role === 'ASSISTANT' ? apiUsage(value.usage, value.cost ?? value.cost_usd) : null
    const thought = reasoningMembers.find((name) => looseName(value[name]) !== null)
    if (role === 'ASSISTANT') {
      if (thought !== undefined) consumed.add(thought)
      if (typeof value.model === 'string') consumed.add('model')
      if (usage !== null) for (const name of ['usage', 'cost', 'cost_usd']) consumed.add(name)
    }
    const failed = [value.is_error, value.isError, value.error].find((flag) => typeof flag === 'boolean')
    const others = Object.entries(value).filter(([name, member]) => member !== null && !consumed.has(name))
    const metadata = {
      ...Object.fromEntries(others),
      ...(value.role === 'developer' || value.role === 'function' ? { role: value.role } : {}),
      ...(blocks.rest.length > 0 ? { content: blocks.rest } : {}),
      ...(calls?.raw === undefined ? {} : { tool_calls: calls.raw }),
    }
    const reasoning = [blocks.reasoning, thought === undefined ? null : String(value[thought])]
      .filter((text) => text !== null)
      .join('\n\n')
    return {
      ...(toolCalls.length > 0 || calls !== null ? { toolCalls } : {}),
      ...(role === 'TOOL' ? this.readResult(value, failed) : {}),
      ...(role !== 'TOOL' && value.tool_call_id != null ? { toolCallId: textAt(value, 'tool_call_id') } : {}),
      ...(role === 'ASSISTANT' && usage !== null ? { usage } : {}),
      ...(role === 'ASSISTANT' && reasoning !== '' ? { reasoning } : {}),
      ...(Object.keys(metadata).length > 0 ? { metadata } : {}),
    }
  }

  private readResult(value: Json, failed: unknown): Partial<SourceMessage> {
    const id = looseName(textAt(value, 'tool_call_id'))
    const toolCallId = this.calls.answer(id, looseName(value.tool_name) ?? looseName(value.name))
    return { toolCallId, ...(typeof failed === 'boolean' ? { isError: failed } : {}) }
  }

  private placeOf(value: Json) {
    const createdAt = timeMembers.map((name) => isoTime(value[name])).find((time) => time !== null)
    return {
      ...(createdAt === undefined ? {} : { createdAt }),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
    }
  }
}

/** Calls of `tool_calls`, or the one of the old `function_call`; those without an id get one. Null for none. */
function readToolCalls(
  { tool_calls, function_call }: Json,
  calls: UnansweredCalls,
): { toolCalls: { id: string; name: string; arguments: string }[]; raw?: unknown } | null {
  if (tool_calls == null && isObject(function_call))
    return { toolCalls: [readToolCall({ function: function_call }, calls)] }
  if (tool_calls === undefined || tool_calls === null) return null
  if (!Array.isArray(tool_calls)) throw new Unreadable('has tool_calls that are no list')
  return {
    toolCalls: tool_calls.map((call) => readToolCall(call, calls)),
    ...(isPlain(tool_calls) ? {} : { raw: tool_calls }),
  }
}

function isPlain(calls: unknown): boolean {
  return (
    Array.isArray(calls) && calls.every((call) => isObject(call) && (call.type ?? 'function') === 'function')
  )
}

function readToolCall(call: unknown, calls: UnansweredCalls) {
  const { id, ...kinds } = isObject(call) ? call : {}
  const called = [kinds.function, kinds.custom].find(isObject) ?? kinds
  if (typeof called.name !== 'string') throw new Unreadable('calls a tool without a name')
  const given = called.arguments ?? called.input ?? ''
  return { id: looseName(id) ?? calls.newId(), name: called.name, arguments: asText(given) }
}

/** What is taken in of texts alone. */
export const textParts: Shape = (part) =>
  textOfPart(part) === null ? { left: `${looseName(part.type) ?? 'unknown'} parts` } : textPart
const textPart = members('parts', 'type text')

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
