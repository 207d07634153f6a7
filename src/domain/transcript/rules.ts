import type { Issue } from '../errors.js'
import { findIntegerIssues, MAX_NAME_LENGTH } from '../session/rules.js'
import { findTextIssues } from '../text.js'
import { parseUuid } from '../uuid.js'
import type { MessageInput } from './message.js'
import type { TranscriptContext } from './segment.js'

const MAX_CONTENT = 1_048_576
const MAX_TOOL_CALLS = 128
const MAX_TOOL_NAME = 256
const MAX_METADATA_BYTES = 65_536
const MAX_METADATA_DEPTH = 100
const MAX_COST_USD = 1_000_000

/** Every way in which a message breaks its limits (contract 1.7), with paths below `at`. */
export function findMessageIssues(message: MessageInput, at: readonly (string | number)[]): Issue[] {
  const { toolCalls, usage } = message
  return [
    ...(message.id && parseUuid(message.id) === null
      ? [{ path: [...at, 'id'], message: 'Takes a uuid' }]
      : []),
    ...findTextIssues(message.content, [...at, 'content'], MAX_CONTENT),
    ...findTextIssues(message.toolCallId, [...at, 'toolCallId'], MAX_TOOL_NAME),
    ...((toolCalls?.length ?? 0) > MAX_TOOL_CALLS
      ? [{ path: [...at, 'toolCalls'], message: `At most ${MAX_TOOL_CALLS} tool calls` }]
      : []),
    ...(toolCalls ?? []).flatMap((call, index) => [
      ...findTextIssues(call.id, [...at, 'toolCalls', index, 'id'], MAX_TOOL_NAME),
      ...findTextIssues(call.name, [...at, 'toolCalls', index, 'name'], MAX_TOOL_NAME),
      ...findTextIssues(call.arguments, [...at, 'toolCalls', index, 'arguments'], MAX_CONTENT),
    ]),
    ...findMetadataIssues(message.metadata, [...at, 'metadata']),
    ...(usage ? findUsageIssues(usage, [...at, 'usage']) : []),
  ]
}

function findUsageIssues(
  { costUsd, ...tokens }: NonNullable<MessageInput['usage']>,
  at: readonly (string | number)[],
) {
  const issues = Object.entries(tokens).flatMap(([name, count]) => findIntegerIssues(count, [...at, name]))
  if (costUsd !== null && !(costUsd >= 0 && costUsd <= MAX_COST_USD))
    issues.push({ path: [...at, 'costUsd'], message: `Takes 0 to ${MAX_COST_USD}` })
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
