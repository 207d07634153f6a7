import type { Issue } from '../errors.js'
import { findIntegerFault, MAX_NAME_LENGTH } from '../session/rules.js'
import { findTextFault, findTextIssues, toStorable } from '../text.js'
import { findPastIssues } from '../time-issues.js'
import { parseUuid } from '../uuid.js'
import type { MessageInput } from './message.js'
import type { TranscriptContext } from './segment.js'

const MAX_SYSTEM_PROMPT = 1_048_576
const MAX_TOOL_CALLS = 1000
const MAX_CALL_ID = 256
const MAX_METADATA_BYTES = 65_536
const MAX_LEVELS = 200
const MAX_COST_USD = 1_000_000
const tokenCounts = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
] as const

/**
 * Every way in which a message breaks its limits (contract 1.7), with paths below `at`. Content, arguments, metadata and
 * names of calls have none but the levels of metadata: one refusal would end the saving of a session, as clients resend.
 */
export function findMessageIssues(message: MessageInput, at: readonly (string | number)[]): Issue[] {
  const { id, role, toolCallId, toolCalls, isError, metadata, usage } = message
  const issues: Issue[] = []
  // A request has up to 500 messages with nothing wrong: paths are made for what is.
  const note = (fault: string | null, ...below: (string | number)[]) => {
    if (fault !== null) issues.push({ path: [...at, ...below], message: fault })
  }
  if (id) note(parseUuid(id) === null ? 'Takes a uuid' : null, 'id')
  note(findTextFault(toolCallId, MAX_CALL_ID), 'toolCallId')
  const isOfCall = role === 'tool' || isError === null || isError === undefined
  note(isOfCall ? null : 'Only a message of role TOOL takes it', 'isError')
  if (toolCalls) {
    note(toolCalls.length > MAX_TOOL_CALLS ? `At most ${MAX_TOOL_CALLS} tool calls` : null, 'toolCalls')
    for (const [index, call] of toolCalls.entries())
      note(findTextFault(call.id, MAX_CALL_ID), 'toolCalls', index, 'id')
  }
  issues.push(...findPastIssues(message.createdAt, [...at, 'createdAt']))
  note(metadata && isTooDeep(metadata) ? `At most ${MAX_LEVELS} levels` : null, 'metadata')
  if (usage) {
    for (const name of tokenCounts) note(findIntegerFault(usage[name]), 'usage', name)
    const { costUsd } = usage
    const isCost = costUsd === null || costUsd === undefined || (costUsd >= 0 && costUsd <= MAX_COST_USD)
    note(isCost ? null : `Takes 0 to ${MAX_COST_USD}`, 'usage', 'costUsd')
  }
  return issues
}

/** Texts of a context that are too long or that PostgreSQL cannot store. */
export function findContextIssues(context: TranscriptContext, at: readonly (string | number)[]): Issue[] {
  return [
    ...findTextIssues(context.model, [...at, 'model'], MAX_NAME_LENGTH),
    ...findTextIssues(context.agent, [...at, 'agent'], MAX_NAME_LENGTH),
    ...findTextIssues(context.systemPrompt, [...at, 'systemPrompt'], MAX_SYSTEM_PROMPT),
  ]
}

/** The texts of a message as they are stored: what tools print may hold U+0000 and lone surrogates, which become U+FFFD. */
export function withStorableTexts<Message extends MessageInput>(message: Message): Message {
  const { content, toolCalls, metadata } = message
  return {
    ...message,
    content: toStorable(content),
    toolCalls: toolCalls?.map((call) => ({
      ...call,
      name: toStorable(call.name),
      arguments: toStorable(call.arguments),
    })),
    metadata: metadata && (toStorableJson(metadata) as typeof metadata),
  }
}

/** A JSON value with its texts and keys as they are stored; the value itself where they are already. */
function toStorableJson(value: unknown): unknown {
  if (typeof value === 'string') return toStorable(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) {
    const items = value.map(toStorableJson)
    return items.some((item, index) => item !== value[index]) ? items : value
  }
  const members = Object.entries(value).map(
    ([key, member]) => [toStorable(key), toStorableJson(member)] as const,
  )
  const isSame = members.every(([key, member]) => (value as Record<string, unknown>)[key] === member)
  return isSame ? value : Object.fromEntries(members)
}

/** Metadata too large or too deep, or with text that PostgreSQL cannot store: of all but messages. */
export function findMetadataIssues(metadata: unknown, path: readonly (string | number)[]): Issue[] {
  if (metadata === null || metadata === undefined) return []
  if (isTooDeep(metadata)) return [{ path, message: `At most ${MAX_LEVELS} levels` }]
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_METADATA_BYTES)
    return [{ path, message: `At most ${MAX_METADATA_BYTES} bytes of JSON` }]
  return textsIn(metadata)
    .flatMap((nested) => findTextIssues(nested, path))
    .slice(0, 1)
}

/** Whether lists and objects are nested in more levels than are kept. */
function isTooDeep(value: unknown, levels = MAX_LEVELS): boolean {
  if (value === null || typeof value !== 'object') return false
  return levels === 0 || Object.values(value).some((nested) => isTooDeep(nested, levels - 1))
}

/** Every key and text in a JSON value. */
function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, nested]) => [key, ...textsIn(nested)])
}
