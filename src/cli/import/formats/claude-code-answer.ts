import { setOf } from '../../../rules/listed.js'
import { isObject, type SourceMessage, type SourceUsage } from '../source.js'
import type { EntryFrame } from './claude-code-frame.js'
import type { RunTotals } from './claude-code-run.js'
import { readBlocks, withoutPlaces } from './content-blocks.js'
import {
  type Json,
  looseCount,
  looseName,
  looseNumber,
  looseObject,
  membersBut,
  metadataOf,
} from './loose.js'

const FORMAT = 'claude-code'
const readMessageMembers = setOf('id type role model content stop_reason stop_sequence usage')
const readUsageMembers = setOf(
  'input_tokens output_tokens cache_read_input_tokens cache_creation_input_tokens',
)

/** An answer that lines may still add to, with the rows that follow it. */
export interface PendingAnswer {
  id: string | null
  message: SourceMessage
  usage: unknown
  costUsd: number | null
  ended: boolean
  /** Whether the totals of its run have it already. */
  isCounted?: boolean
  following: SourceMessage[]
}

/** Ids of providers are one of a kind; shorter ones, as some proxies give them, are so with their line, which copies keep. */
const PROVIDER_ID_LENGTH = 16

function nameOfAnswer(id: string, { uuid }: Json): string {
  return id.length < PROVIDER_ID_LENGTH ? `${id} ${looseName(uuid)}` : id
}

/** An answer that begins with this line; `isTold` tells that its id was there before. */
export function startAnswer(
  frame: EntryFrame,
  entry: Json,
  message: Json,
  at: string,
  isTold: (id: string) => boolean,
): PendingAnswer {
  const id = looseName(message.id)
  const model = looseName(message.model)
  const isSynthetic = model === '<synthetic>'
  if (model !== null && !isSynthetic) frame.model = model
  if (frame.firstModel === null) frame.firstModel = frame.model
  const isOwn = !isSynthetic && !isCopy(entry)
  const answer = id !== null && isOwn && !isTold(id) ? nameOfAnswer(id, entry) : null
  return {
    id,
    usage: null,
    costUsd: null,
    ended: isSynthetic,
    following: [],
    message: {
      ...frame.rowOf(entry, at),
      role: 'ASSISTANT',
      content: '',
      ...(answer === null ? {} : { answer }),
    },
  }
}

/** Adds what a line tells of the answer; gives its blocks. */
export function addLine(
  frame: EntryFrame,
  pending: PendingAnswer,
  entry: Json,
  message: Json,
): ReturnType<typeof readBlocks> {
  const blocks = readBlocks(message.content)
  const row = pending.message
  row.content = [row.content, blocks.text].filter((text) => text !== '').join('\n')
  const reasoning = [row.reasoning, blocks.reasoning].filter((text) => text != null)
  if (reasoning.length > 0) row.reasoning = reasoning.join('\n\n')
  if (blocks.toolCalls.length > 0) row.toolCalls = [...(row.toolCalls ?? []), ...blocks.toolCalls]
  if (blocks.pictures.length > 0) row.pictures = [...(row.pictures ?? []), ...withoutPlaces(blocks.pictures)]
  pending.usage = message.usage ?? pending.usage
  pending.costUsd = looseNumber(entry.costUSD) ?? pending.costUsd
  pending.ended ||= looseName(message.stop_reason) !== null
  const before = looseObject(row.metadata?.[FORMAT])
  const others = looseObject(metadataOfAnswer(frame, entry, message, blocks.rest)?.[FORMAT])
  const rest = [before.content, others.content].flatMap((parts) => (Array.isArray(parts) ? parts : []))
  row.metadata = metadataOf(FORMAT, { ...before, ...others, content: rest.length > 0 ? rest : null })
  return blocks
}

/** Adds what an event of a stream tells of the answer as it ends. */
export function growAnswer(pending: PendingAnswer, { type, usage, delta }: Json): void {
  if (type !== 'message_delta') return
  if (isObject(usage)) pending.usage = { ...looseObject(pending.usage), ...membersBut(usage, new Set()) }
  pending.ended ||= looseName(looseObject(delta).stop_reason) !== null
}

/** Ends a run of a stream with its last answer, which takes what the others lack of the run's totals. */
export function endRun(pending: PendingAnswer, run: RunTotals, result: Json): void {
  run.add(toUsage(pending))
  const { missingTokens, costUsd } = run.end(result)
  const { usage } = pending
  if (missingTokens > 0 && isObject(usage))
    pending.usage = { ...usage, output_tokens: looseCount(usage.output_tokens) + missingTokens }
  pending.costUsd ??= costUsd
  pending.isCounted = true
}

/** The rows of an answer and of what follows it; one that nothing ends may still grow, and what follows it with it. */
export function rowsOf(
  { message, following, id, ended, ...reported }: PendingAnswer,
  isNext: boolean,
): SourceMessage[] {
  // An answer without a name of its own was told before, or is the harness's: it consumed nothing more.
  message.usage = id !== null && message.answer === undefined ? null : toUsage(reported)
  const answered = new Set(following.map(({ toolCallId }) => toolCallId))
  const isOver =
    isNext ||
    ended ||
    following.some(({ role }) => role === 'USER') ||
    (message.toolCalls?.length && message.toolCalls.every((call) => answered.has(call.id)))
  const rows = [message, ...following]
  return isOver ? rows : rows.map((row) => ({ ...row, open: true }))
}

function metadataOfAnswer(
  frame: EntryFrame,
  entry: Json,
  message: Json,
  rest: readonly unknown[],
): Json | null {
  const usage = isObject(message.usage) ? membersBut(message.usage, readUsageMembers) : null
  return metadataOf(FORMAT, {
    message_id: message.id,
    request_id: entry.requestId,
    stop_reason: message.stop_reason,
    usage,
    ...membersBut(message, readMessageMembers),
    ...frame.ownMembers(entry),
    content: rest.length > 0 ? rest : null,
  })
}

/** Whether a branch of a conversation has this entry of the one that it began in, where its usage counts. */
function isCopy({ forkedFrom, sessionId }: Json): boolean {
  const from = looseName(looseObject(forkedFrom).sessionId)
  return from !== null && from !== sessionId
}

function toUsage({ usage, costUsd }: Pick<PendingAnswer, 'usage' | 'costUsd'>): SourceUsage | null {
  if (!isObject(usage)) return null
  return {
    inputTokens: looseCount(usage.input_tokens),
    outputTokens: looseCount(usage.output_tokens),
    cacheReadInputTokens: looseCount(usage.cache_read_input_tokens),
    cacheCreationInputTokens: looseCount(usage.cache_creation_input_tokens),
    costUsd,
  }
}
