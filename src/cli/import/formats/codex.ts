import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isObject, type SourceDefaults, type SourceMessage, Unreadable } from '../source.js'
import { AnswerRows } from './codex-answer.js'
import { callOf, resultOf, withCallId } from './codex-items.js'
import { repeatingEvents, rolloutEntry } from './codex-members.js'
import { failureOf, toHead } from './codex-meta.js'
import { toPrompt } from './codex-prompt.js'
import { Replay } from './codex-replay.js'
import { TokenTotals } from './codex-tokens.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseNumber, looseObject, membersBut, metadataOf } from './loose.js'

/** Rollouts of the Codex CLI, `~/.codex/sessions/YYYY/MM/DD/rollout-….jsonl`. */
export const codex: Format = {
  title: 'Codex rollout',
  input: 'file',
  recognizes: ({ values }) => values.some(isEntry) || isOldMeta(values[0]),
  looksLike: ({ path }) =>
    path.includes('.codex/sessions/') || /(?:^|[/\\])rollout-[^/\\]*\.jsonl$/.test(path),
  read: readRollout,
}

/** The session that the entries of a rollout tell. */
export function readRollout(
  records: Iterable<SourceRecord>,
  defaults: SourceDefaults,
): Generator<SourcePiece> {
  return new CodexRollout(defaults).read(records)
}

const entryTypes = new Set(['session_meta', 'turn_context', 'response_item', 'event_msg', 'compacted'])
const itemTypes = /^(?:message|reasoning|.*_call|.*_call_output|tool_search_output)$/
/** Texts that messages of the harness have already. */
const repeatedInstructions = ['user_instructions', 'developer_instructions']

function isEntry(value: unknown): boolean {
  return isObject(value) && entryTypes.has(String(value.type)) && isObject(value.payload)
}

/** The first line of rollouts before entries had a payload. */
function isOldMeta(value: unknown): boolean {
  return (
    isObject(value) && 'instructions' in value && 'id' in value && 'timestamp' in value && !('type' in value)
  )
}

const turnEnds = new Set(['task_complete', 'turn_aborted', 'thread_rolled_back'])

/** What an event says that is a row of its own; null for any other. */
function noticeOf(type: string, event: Json): string | null {
  if (type === 'error') return looseName(event.message) ?? 'Error'
  if (type === 'turn_aborted') return `Turn aborted: ${looseName(event.reason) ?? 'unknown'}`
  return type === 'thread_rolled_back'
    ? `Turns rolled back: ${looseNumber(event.num_turns) ?? 'unknown'}`
    : null
}

/** One rollout, entry by entry. */
class CodexRollout {
  private readonly agent: string
  private readonly leftOut = new LeftOutTally()
  private readonly failed = new Map<string, boolean>()
  private meta: Json | null = null
  private readonly rows = new AnswerRows()
  private readonly replay = new Replay()
  private title: string | null = null
  private firstTyped: string | null = null
  private firstModel: string | null = null
  private model: string | null = null
  private turn: Json | null = null
  private readonly tokens = new TokenTotals()
  private time: string | null = null

  constructor(private readonly defaults: SourceDefaults) {
    this.agent = defaults.agent ?? 'codex'
  }

  *read(records: Iterable<SourceRecord>): Generator<SourcePiece> {
    const key = 'rollout'
    for (const { value, at } of records) {
      if (!isObject(value)) this.leftOut.add('lines that are no entries')
      else for (const message of this.take(value, at)) yield { key, message }
    }
    const { isOver } = this.rows
    for (const message of this.rows.flush())
      yield { key, message: isOver ? message : { ...message, open: true } }
    if (this.meta === null && this.rows.count === 0) throw new Unreadable('it has no entries')
    yield {
      key,
      head: toHead(this.meta ?? {}, this.defaults, {
        ...{ title: this.title ?? this.firstTyped, model: this.firstModel, leftOut: this.leftOut.list() },
      }),
    }
  }

  private take(entry: Json, at: string): SourceMessage[] {
    this.leftOut.addUnread(entry, rolloutEntry)
    const time = isoTime(entry.timestamp)
    this.time = time ?? this.time
    if (isOldMeta(entry)) return this.takeMeta(entry, time)
    const payload = looseObject(entry.payload)
    this.replay.pass(time)
    if (entry.type === 'session_meta') return this.takeMeta(payload, time)
    if (entry.type === 'turn_context') return this.takeTurn(payload)
    if (entry.type === 'compacted') return this.takeSummary(payload, at)
    if (entry.type === 'event_msg') return this.takeEvent(payload, at)
    if (entry.type === 'response_item') return this.takeItem(payload, at)
    if (entry.type === 'inter_agent_communication')
      return this.takeItem({ ...payload, type: 'agent_message' }, at)
    if (itemTypes.test(String(entry.type)) && !('payload' in entry)) return this.takeItem(entry, at)
    this.leftOut.add(`${looseName(entry.type) ?? looseName(entry.record_type) ?? 'unknown'} lines`)
    return []
  }

  private takeMeta(meta: Json, time: string | null): SourceMessage[] {
    if (this.meta === null) {
      this.meta = meta
      this.replay.begin(meta, time)
    } else if (this.rows.count === 0) this.replay.beginBehind(this.meta, meta)
    return []
  }

  private takeTurn(context: Json): SourceMessage[] {
    this.model = looseName(context.model) ?? this.model
    this.firstModel ??= this.model
    this.rows.end()
    for (const name of repeatedInstructions) if (context[name] != null) this.leftOut.add(`${name} of turns`)
    this.turn = membersBut(context, new Set(['model', ...repeatedInstructions]))
    return []
  }

  private takeItem(given: Json, at: string): SourceMessage[] {
    const item = withCallId('type' in given || !('role' in given) ? given : { ...given, type: 'message' }, at)
    if (item.type === 'message' && item.role !== 'assistant') return this.rows.append(this.readText(item, at))
    if (item.type === 'agent_message') return this.rows.append(this.readText({ ...item, role: 'agent' }, at))
    const result = resultOf(item)
    const call = callOf(item)
    if (item.type === 'message' || item.type === 'reasoning' || call !== null) {
      const before = this.rows.continues(call?.id ?? null) ? [] : this.rows.begin(this.answerOf(at))
      if (this.rows.add(item, call).isSealed) this.leftOut.add('encrypted reasoning')
      if (result !== null) this.rows.append({ ...this.rowOf(at), ...this.toRow(result) })
      return before
    }
    if (result !== null) return this.rows.append({ ...this.rowOf(at), ...this.toRow(result) })
    this.leftOut.add(`${looseName(item.type) ?? 'unknown'} items`)
    return []
  }

  private readText(item: Json, at: string): SourceMessage {
    const { isTyped, ...prompt } = toPrompt(item)
    if (isTyped) this.firstTyped ??= prompt.content
    return { ...this.rowOf(at), ...prompt }
  }

  private toRow({ callId, content, isError, pictures, metadata }: NonNullable<ReturnType<typeof resultOf>>) {
    const failed = callId === null ? undefined : this.failed.get(callId)
    if (callId !== null) this.failed.delete(callId)
    return {
      role: 'TOOL' as const,
      content,
      toolCallId: callId,
      isError: failed ?? isError,
      ...(pictures.length > 0 ? { pictures } : {}),
      ...(metadata === null ? {} : { metadata: { codex: metadata } }),
    }
  }

  private takeEvent(event: Json, at: string): SourceMessage[] {
    const type = looseName(event.type) ?? 'unknown'
    if (type === 'token_count') return this.takeTokens(looseObject(event.info))
    if (turnEnds.has(type)) this.rows.end()
    const content = noticeOf(type, event)
    if (content !== null)
      return this.rows.append({
        ...{ ...this.rowOf(at), role: 'SYSTEM', content },
        metadata: { codex: { event: type, ...membersBut(event, new Set(['type', 'message', 'reason'])) } },
      })
    const item = looseObject(event.item)
    if (type === 'item_completed' && item.type === 'Plan') this.takePlan(looseName(item.text))
    const callId = looseName(event.call_id)
    if (type.endsWith('_end') && callId !== null) {
      const failed = failureOf(event)
      if (failed !== null) this.failed.set(callId, failed)
    } else if (type === 'thread_name_updated') this.title = looseName(event.thread_name) ?? this.title
    else if (!repeatingEvents.has(type)) this.leftOut.add(`${type} events`)
    return []
  }

  /** A plan is told by its event alone, unless the answer says it too. */
  private takePlan(plan: string | null): void {
    if (plan === null || this.rows.says(plan)) return
    if (this.rows.hasAnswer) this.rows.add({ plan }, null)
    else this.leftOut.add('plans without an answer')
  }

  /** Totals of a replay were the parent's. */
  private takeTokens(info: Json): SourceMessage[] {
    const usage = this.tokens.take(info)
    if (usage === null) return []
    if (!this.replay.goesOn) {
      if (this.rows.hasAnswer) this.rows.addUsage(usage)
      else this.leftOut.add('token counts without an answer')
    }
    this.rows.end()
    return []
  }

  private takeSummary(compacted: Json, at: string): SourceMessage[] {
    const before = this.rows.flush()
    const kept = Array.isArray(compacted.replacement_history) ? compacted.replacement_history.length : null
    const text = looseName(compacted.message)
    if (this.rows.count === 0 && text === null) {
      this.leftOut.add('compactions without a summary')
      return before
    }
    const summary: SourceMessage = {
      ...this.rowOf(at),
      role: 'USER',
      content: text ?? '(The summary is encrypted.)',
      replacesUpTo: this.rows.count - 1,
      metadata: metadataOf('codex', { replacement_history: kept }),
    }
    if (kept !== null) this.leftOut.add('replacement histories')
    return [...before, ...this.rows.append(summary)]
  }

  private rowOf(at: string) {
    const context = this.model === null ? {} : { context: { model: this.model, agent: this.agent } }
    return { at, createdAt: this.time, ...context }
  }

  private answerOf(at: string): SourceMessage {
    const { turn } = this
    this.turn = null
    const metadata = turn === null ? {} : { metadata: { codex: { turn_context: turn } } }
    return { ...this.rowOf(at), role: 'ASSISTANT', content: '', ...metadata }
  }
}
