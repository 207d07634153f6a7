import { setOf } from '../../../rules/listed.js'
import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isObject, type SourceDefaults, type SourceMessage, Unreadable } from '../source.js'
import { AnswerRows } from './codex-answer.js'
import { type ExecCall, execCallOf, execResultOf } from './codex-exec-items.js'
import { execEvent } from './codex-members.js'
import { toHead } from './codex-meta.js'
import { TokenTotals } from './codex-tokens.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseObject } from './loose.js'

/** What `codex exec --json` prints: events of threads, turns and items, without times, models and what was asked. */
export const codexExec: Format = {
  title: 'stream of codex exec',
  input: 'file',
  recognizes: ({ shape, values }) => shape !== 'array' && values.some(isBeginning),
  looksLike: ({ values }) =>
    values.some((value) => isObject(value) && (eventTypes.has(String(value.type)) || isObject(value.msg))),
  *read(records, defaults) {
    const threads = new Map<string, ExecThread>()
    let thread: ExecThread | null = null
    for (const { value, at } of records) {
      const { thread_id, session_id } = looseObject(value)
      const id = isBeginning(value) ? (looseName(thread_id) ?? looseName(session_id)) : null
      if (id !== null || thread === null) {
        thread = threads.get(id ?? '') ?? new ExecThread(id)
        threads.set(id ?? '', thread)
      }
      for (const message of thread.take(value, at)) yield { key: thread.key, message }
    }
    if (threads.size === 0) throw new Unreadable('it has no events')
    for (const one of threads.values()) yield* one.end(defaults)
  },
}

const eventTypes = setOf(`
  thread.started turn.started turn.completed turn.failed session.created item.started item.updated
  item.completed
`)

/** The event that names the thread; its name was a session's once. */
function isBeginning(value: unknown): boolean {
  if (!isObject(value)) return false
  if (value.type === 'thread.started') return looseName(value.thread_id) !== null
  return value.type === 'session.created' && looseName(value.session_id) !== null
}

/** One thread, which a run begins and later ones may resume. */
class ExecThread {
  readonly key: string
  private readonly rows = new AnswerRows()
  private readonly tokens = new TokenTotals()
  private readonly leftOut = new LeftOutTally()
  private readonly asked = new Set<string>()
  private lastError: string | null = null
  private runs = 0

  constructor(private readonly id: string | null) {
    this.key = id ?? ''
  }

  /** The rows that an event makes certain. */
  take(value: SourceRecord['value'], at: string): SourceMessage[] {
    if (!isObject(value)) {
      this.leftOut.add('lines that are no events')
      return []
    }
    this.leftOut.addUnread(value, execEvent)
    const type = looseName(value.type) ?? 'unknown'
    if (isBeginning(value)) this.runs += 1
    else if (type.startsWith('item.')) return this.takeItem(type, looseObject(value.item), at)
    else if (type === 'turn.completed') this.takeUsage(value.usage)
    else if (type === 'turn.failed' || type === 'error')
      return this.takeError(looseObject(value.error).message ?? value.message, type, at)
    else if (type !== 'turn.started') this.leftOut.add(`${type} events`)
    return []
  }

  *end(defaults: SourceDefaults): Generator<SourcePiece> {
    const { key } = this
    const { isOver } = this.rows
    for (const message of this.rows.flush())
      yield { key, message: isOver ? message : { ...message, open: true } }
    const meta = this.id === null ? {} : { id: this.id }
    yield {
      key,
      head: toHead(meta, defaults, { title: null, model: null, leftOut: this.leftOut.list() }),
    }
  }

  private takeItem(event: string, given: Json, at: string): SourceMessage[] {
    const kind = looseName(given.type) ?? looseName(given.item_type) ?? 'unknown'
    const item: Json = { ...given, type: kind }
    const isDone = event === 'item.completed'
    const call = execCallOf(item, this.callId(item, at))
    if (call !== null) return this.takeCall(item, call, isDone, at)
    if (!isDone) return []
    if (kind === 'error') return this.takeError(item.message, kind, at)
    if (kind === 'todo_list' && this.rows.hasAnswer) this.rows.add({ todo_list: item.items }, null)
    else if (kind === 'reasoning') return this.takeText({ type: kind, summary: [{ text: item.text }] }, at)
    else if (kind === 'agent_message' || kind === 'assistant_message' || kind === 'plan')
      return this.takeText({ type: 'message', content: item.text }, at)
    else this.leftOut.add(`${kind} items`)
    return []
  }

  /** Ids of items begin anew with each run. */
  private callId(item: Json, at: string): string {
    const id = looseName(item.id) ?? `item_${at.replace(' ', '_')}`
    return this.runs > 1 ? `${id}_${this.runs}` : id
  }

  private takeText(item: Json, at: string): SourceMessage[] {
    const before = this.rows.continues(null) ? [] : this.rows.begin(answerOf(at))
    this.rows.add(item, null)
    return before
  }

  private takeCall(item: Json, call: ExecCall, isDone: boolean, at: string): SourceMessage[] {
    let before: SourceMessage[] = []
    if (!this.asked.has(call.id)) {
      this.asked.add(call.id)
      before = this.rows.continues(call.id) ? [] : this.rows.begin(answerOf(at))
      this.rows.add({}, call)
    }
    const result = isDone ? execResultOf(item) : null
    if (result === null) return before
    return [...before, ...this.rows.append({ at, role: 'TOOL', toolCallId: call.id, ...result })]
  }

  /** The end of a turn tells what its thread has consumed so far. */
  private takeUsage(usage: unknown): void {
    const grown = this.tokens.take({ total_token_usage: usage })
    if (grown !== null && this.rows.hasAnswer) this.rows.addUsage(grown)
    else if (grown !== null) this.leftOut.add('token counts without an answer')
    this.rows.end()
  }

  /** What ends a turn repeats the error before it. */
  private takeError(message: unknown, event: string, at: string): SourceMessage[] {
    const content = looseName(message) ?? 'Error'
    if (event === 'turn.failed') this.rows.end()
    if (event === 'turn.failed' && content === this.lastError) return []
    this.lastError = content
    return this.rows.append({ at, role: 'SYSTEM', content, metadata: { codex: { event } } })
  }
}

function answerOf(at: string): SourceMessage {
  return { at, role: 'ASSISTANT', content: '' }
}
