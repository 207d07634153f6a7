import { timestamp, withoutUnset } from './json.js'
import { CHAT_PARTS, othersOf, thoughtsOf } from './parts.js'
import type { TrajectoryRow } from './rows.js'

type Json = Record<string, unknown>

/** All that is kept of a row, in the members of a native bundle; `prompt` where the system prompt changes with it. */
export function toWholeRow(row: TrajectoryRow, prompt: string | null | undefined): Json {
  return {
    id: row.id,
    seq: row.seq,
    role: row.role,
    content: row.content,
    agent: row.agent,
    model: row.model,
    parent_id: row.parentId,
    tool_call_id: row.toolCallId,
    tool_calls:
      row.toolCalls?.map(({ id, name, arguments: text }) => ({ id, name, arguments: text })) ?? null,
    is_error: row.isError,
    metadata: row.metadata,
    is_summary: row.isSummary,
    ...(row.isSummary ? { up_to_seq: row.place } : {}),
    compacted_at: row.compactedAt && timestamp(row.compactedAt),
    created_at: timestamp(row.createdAt),
    cost_usd: row.costUsd,
    usage: usageOf(row),
    ...(prompt === undefined ? {} : { system_prompt: prompt }),
  }
}

/** What an ATIF step, or a result of one, has no member for; unset members are left out. */
export function toRowBeside(row: TrajectoryRow, prompt?: string | null): Json {
  const isAnswer = row.role === 'assistant' && !row.isSummary
  return {
    ...withoutUnset({
      agent: row.agent,
      model: row.model,
      parent_id: row.parentId,
      is_error: row.isError,
      metadata: row.metadata,
      role: row.isSummary ? row.role : null,
      up_to_seq: row.isSummary ? row.place : null,
      tool_calls: isAnswer && row.toolCalls?.length ? null : row.toolCalls,
      usage: isAnswer ? null : usageOf(row),
    }),
    ...(row.role === 'tool' || row.isSummary
      ? withoutUnset({
          id: row.id,
          seq: row.seq,
          tool_call_id: row.toolCallId,
          created_at: timestamp(row.createdAt),
          compacted_at: row.compactedAt && timestamp(row.compactedAt),
        })
      : withoutUnset({ tool_call_id: row.toolCallId })),
    ...(prompt === null ? { system_prompt: null } : {}),
  }
}

function usageOf(row: TrajectoryRow): Json | null {
  if (row.inputTokens === null) return null
  return {
    input_tokens: row.inputTokens,
    output_tokens: row.outputTokens ?? 0,
    cache_read_input_tokens: row.cacheReadInputTokens ?? 0,
    cache_creation_input_tokens: row.cacheCreationInputTokens ?? 0,
    cost_usd: row.costUsd,
  }
}

/** Kinds of what these rows have and messages of Chat Completions have no room for. */
export function missingInChat(
  rows: readonly TrajectoryRow[],
  session: { agent: string | null; model: string | null },
  hasPrompt: boolean,
): string[] {
  const has: [string, (row: TrajectoryRow) => boolean][] = [
    ['ids and times of messages', () => true],
    ['parents of messages', ({ parentId }) => parentId !== null],
    ['usage and cost', ({ inputTokens }) => inputTokens !== null],
    ['whether calls failed', ({ isError }) => isError !== null],
    [
      'agents and models of messages',
      ({ agent, model }) =>
        (agent ?? '') !== (session.agent ?? '') || (model ?? '') !== (session.model ?? ''),
    ],
    ['thoughts', (row) => thoughtsOf(row) !== null],
    ['metadata of messages', ({ metadata }) => othersOf(metadata, CHAT_PARTS) !== null],
    ['compactions', ({ isSummary }) => isSummary],
    ['system prompts apart from messages', () => hasPrompt],
  ]
  return has.flatMap(([kind, isThere]) => (rows.some(isThere) ? [kind] : []))
}
