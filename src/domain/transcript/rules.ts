import type { Issue } from '../errors.js'
import { findIntegerFault, MAX_NAME_LENGTH } from '../session/rules.js'
import { findTextFault, findTextIssues } from '../text.js'
import { findPastIssues } from '../time-issues.js'
import { parseUuid } from '../uuid.js'
import type { MessageInput } from './message.js'
import type { TranscriptContext } from './segment.js'

const MAX_CONTENT = 1_048_576
const MAX_TOOL_CALLS = 128
const MAX_TOOL_NAME = 256
const MAX_METADATA_BYTES = 65_536
const MAX_METADATA_DEPTH = 100
const MAX_COST_USD = 1_000_000
const tokenCounts = [
  'inputTokens',
  'outputTokens',
  'cacheReadInputTokens',
  'cacheCreationInputTokens',
] as const

/** Every way in which a message breaks its limits (contract 1.7), with paths below `at`. */
export function findMessageIssues(message: MessageInput, at: readonly (string | number)[]): Issue[] {
  const { id, role, content, toolCallId, toolCalls, isError, metadata, usage } = message
  const issues: Issue[] = []
  // A request has up to 500 messages with nothing wrong: paths are made for what is.
  const note = (fault: string | null, ...below: (string | number)[]) => {
    if (fault !== null) issues.push({ path: [...at, ...below], message: fault })
  }
  if (id) note(parseUuid(id) === null ? 'Takes a uuid' : null, 'id')
  note(findTextFault(content, MAX_CONTENT), 'content')
  note(findTextFault(toolCallId, MAX_TOOL_NAME), 'toolCallId')
  const isOfCall = role === 'tool' || isError === null || isError === undefined
  note(isOfCall ? null : 'Only a message of role TOOL takes it', 'isError')
  if (toolCalls) {
    note(toolCalls.length > MAX_TOOL_CALLS ? `At most ${MAX_TOOL_CALLS} tool calls` : null, 'toolCalls')
    for (const [index, call] of toolCalls.entries()) {
      note(findTextFault(call.id, MAX_TOOL_NAME), 'toolCalls', index, 'id')
      note(findTextFault(call.name, MAX_TOOL_NAME), 'toolCalls', index, 'name')
      note(findTextFault(call.arguments, MAX_CONTENT), 'toolCalls', index, 'arguments')
    }
  }
  issues.push(...findPastIssues(message.createdAt, [...at, 'createdAt']))
  if (metadata) issues.push(...findMetadataIssues(metadata, [...at, 'metadata']))
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
    ...findTextIssues(context.systemPrompt, [...at, 'systemPrompt'], MAX_CONTENT),
  ]
}

/** Metadata too large or too deep, or with text that PostgreSQL cannot store. */
export function findMetadataIssues(metadata: unknown, path: readonly (string | number)[]): Issue[] {
  if (metadata === null || metadata === undefined) return []
  const texts = findNestedTexts(metadata)
  if (texts === null) return [{ path, message: `At most ${MAX_METADATA_DEPTH} levels` }]
  if (Buffer.byteLength(JSON.stringify(metadata)) > MAX_METADATA_BYTES)
    return [{ path, message: `At most ${MAX_METADATA_BYTES} bytes of JSON` }]
  return texts.flatMap((nested) => findTextIssues(nested, path)).slice(0, 1)
}

/** Every key and text in a JSON value; null when it is nested too deep. */
function findNestedTexts(value: unknown, depth = 0): string[] | null {
  if (depth > MAX_METADATA_DEPTH) return null
  if (typeof value === 'string') return [value]
  if (value === null || typeof value !== 'object') return []
  const found: string[] = []
  for (const [key, nested] of Object.entries(value)) {
    const inside = findNestedTexts(nested, depth + 1)
    if (inside === null) return null
    found.push(key, ...inside)
  }
  return found
}
