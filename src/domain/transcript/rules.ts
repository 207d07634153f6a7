import type { Issue } from '../../rules/issue.js'
import { findIntegerFault, MAX_NAME_LENGTH } from '../../rules/limits.js'
import { findDepthFault, toStorableJson } from '../../rules/metadata.js'
import { findPastIssues } from '../../rules/past.js'
import { findTextFault, findTextIssues, isStorable, toStorable } from '../../rules/text.js'
import { parseUuid } from '../../rules/uuid.js'
import type { MessageInput, ToolCall } from './message.js'
import type { TranscriptContext } from './segment.js'

const MAX_SYSTEM_PROMPT = 1_048_576
const MAX_TOOL_CALLS = 1000
const MAX_CALL_ID = 256
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
  note(findDepthFault(metadata), 'metadata')
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
    // Of tens of thousands hardly one is not.
    toolCalls: toolCalls?.every(isStorableCall)
      ? toolCalls
      : toolCalls?.map((call) => ({
          ...call,
          name: toStorable(call.name),
          arguments: toStorable(call.arguments),
        })),
    metadata: metadata && (toStorableJson(metadata) as typeof metadata),
  }
}

function isStorableCall({ name, arguments: text }: ToolCall): boolean {
  return isStorable(name) && isStorable(text)
}
