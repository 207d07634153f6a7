import { BEFORE_FILE, isObject, type SourceMessage } from '../source.js'
import { addLine, endRun, growAnswer, type PendingAnswer, rowsOf, startAnswer } from './claude-code-answer.js'
import { SubagentCalls } from './claude-code-calls.js'
import { EntryFrame } from './claude-code-frame.js'
import { claudeCodeEntry } from './claude-code-members.js'
import { RunTotals } from './claude-code-run.js'
import { toPrompt, toResult } from './claude-code-user.js'
import { readBlocks } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseObject, metadataOf } from './loose.js'

const FORMAT = 'claude-code'

/**
 * One conversation of a file, the main one or a sub-agent's, as its entries tell it. An answer is spread over lines with one
 * `message.id`, between which results of its first calls may stand, so it is held until the next answer begins.
 */
export class ClaudeCodeThread {
  readonly leftOut = new LeftOutTally()
  readonly frame: EntryFrame
  readonly calls = new SubagentCalls()
  firstTyped: string | null = null
  private readonly toldAnswers = new Set<string>()
  private pending: PendingAnswer | null = null
  private readonly run = new RunTotals()
  private rows = 0
  /** Of a boundary whose summary has not come yet. */
  private boundary: Json | null = null

  constructor(session: string, agent: string) {
    this.frame = new EntryFrame(session, agent)
  }

  has(uuid: string): boolean {
    return this.frame.has(uuid)
  }

  /** The rows that an entry makes certain, in their order. */
  take(entry: Json, at: string): SourceMessage[] {
    this.leftOut.addUnread(entry, claudeCodeEntry)
    this.frame.time = isoTime(entry.timestamp) ?? this.frame.time
    const uuid = looseName(entry.uuid)
    if (uuid !== null && this.frame.has(uuid)) {
      this.takeAgain(entry)
      return []
    }
    this.frame.keepAmbient(entry)
    const rows = this.read(entry, at)
    const [first] = rows
    if (uuid !== null && (first !== undefined || entry.type === 'assistant'))
      this.frame.put(uuid, (rows.at(-1) ?? this.pending?.message)?.id ?? null)
    // Entries without a row stand for the row before them, so that parents lead to rows.
    else if (uuid !== null && !('message' in entry)) this.frame.put(uuid, this.frame.parentOf(entry))
    if (entry.type === 'assistant' || first === undefined) return this.release()
    if (this.pending === null) return [...this.release(), ...this.number(rows)]
    if (first.replacesUpTo !== undefined) return [...this.end(), ...this.number(rows)]
    this.pending.following.push(...rows)
    return []
  }

  /** What is left at the end of the file; an answer without its end may still grow, and what follows it with it. */
  end(): SourceMessage[] {
    const rows = [...this.release(), ...this.flush()]
    if (this.boundary !== null) this.leftOut.add('compactions without a summary')
    this.boundary = null
    return rows
  }

  private released: SourceMessage[] = []

  private release(): SourceMessage[] {
    const rows = this.released
    this.released = []
    return rows
  }

  private read(entry: Json, at: string): SourceMessage[] {
    if (entry.type === 'assistant' && isObject(entry.message)) {
      this.readAnswer(entry, entry.message, at)
      return []
    }
    if (entry.type === 'user' && isObject(entry.message))
      return this.readUser(entry, entry.message.content, at)
    if (entry.type === 'system') return this.readSystem(entry, at)
    if (entry.type === 'attachment') return this.readAttachment(entry, at)
    if (entry.type === 'result') {
      this.readResult(entry)
      return []
    }
    if (entry.type === 'stream_event' && this.pending !== null)
      growAnswer(this.pending, looseObject(entry.event))
    this.leftOut.add(
      'message' in entry ? 'lines without a message' : `${looseName(entry.type) ?? 'unknown'} lines`,
    )
    return []
  }

  private readAnswer(entry: Json, message: Json, at: string): void {
    const id = looseName(message.id)
    if (this.pending === null || id === null || this.pending.id !== id) {
      this.released.push(...this.flush({ isNext: true }))
      this.pending = startAnswer(this.frame, entry, message, at, (reported) => this.toldAnswers.has(reported))
    }
    const blocks = addLine(this.frame, this.pending, entry, message)
    this.leftOut.add('signatures of thinking', blocks.sealed)
    this.calls.note(message.content)
    for (const result of blocks.results) this.pending.following.push(toResult(this.frame, entry, result, at))
  }

  /** The end of a run of a stream, which ends the answer. */
  private readResult(entry: Json): void {
    this.frame.keepResult(entry)
    if (this.pending !== null) endRun(this.pending, this.run, entry)
    this.released.push(...this.flush({ isNext: true }))
  }

  /** The held answer and what follows it, numbered; the beginning of the next answer is its end. */
  private flush({ isNext = false } = {}): SourceMessage[] {
    const { pending } = this
    if (pending === null) return []
    this.pending = null
    if (pending.id !== null) this.toldAnswers.add(pending.id)
    const rows = rowsOf(pending, isNext)
    if (pending.isCounted !== true) this.run.add(rows[0]?.usage)
    return this.number(rows)
  }

  private readUser(entry: Json, content: unknown, at: string): SourceMessage[] {
    const { text, results, pictures, rest, toolCalls } = readBlocks(content)
    this.leftOut.add('tool calls of a person', toolCalls.length)
    if (entry.isCompactSummary === true) return [this.readSummary(entry, text, at)]
    const isSaid = text !== '' || pictures.length > 0 || rest.length > 0
    const alone = results.length === 1 && text === '' && pictures.length === 0
    const rows: SourceMessage[] = results.map((result, index) =>
      toResult(this.frame, entry, result, at, { alone, keeps: alone || (index === 0 && !isSaid) }),
    )
    this.calls.noteAgent(entry, rows)
    if (!isSaid) {
      if (rows.length === 0) this.leftOut.add('lines without content')
      return rows
    }
    const prompt = toPrompt(this.frame, entry, { text, pictures, rest }, at)
    if (prompt.role === 'USER' && prompt.content !== '') this.firstTyped ??= prompt.content
    rows.push(prompt)
    return rows
  }

  private readSummary(entry: Json, text: string, at: string): SourceMessage {
    const metadata = metadataOf(FORMAT, { ...this.boundary, ...this.frame.ownMembers(entry) })
    const held = this.pending === null ? 0 : 1 + this.pending.following.length
    const before = this.rows + held
    this.boundary = null
    return {
      ...this.frame.rowOf(entry, at),
      role: 'USER',
      content: text,
      metadata,
      replacesUpTo: before === 0 ? BEFORE_FILE : before - 1,
    }
  }

  private readSystem(entry: Json, at: string): SourceMessage[] {
    const reported = { subtype: entry.subtype, ...this.frame.ownMembers(entry) }
    if (entry.subtype === 'compact_boundary') {
      this.boundary = { content: entry.content, ...reported }
      return []
    }
    if (entry.subtype === 'init') {
      this.frame.keepSetting(entry)
      return []
    }
    const content = looseName(entry.content)
    if (content === null) {
      this.leftOut.add(`system lines of kind ${looseName(entry.subtype) ?? 'unknown'}`)
      return []
    }
    return [
      { ...this.frame.rowOf(entry, at), role: 'SYSTEM', content, metadata: metadataOf(FORMAT, reported) },
    ]
  }

  /** What a person typed while the agent worked; other attachments are the harness's own. */
  private readAttachment(entry: Json, at: string): SourceMessage[] {
    const attachment = looseObject(entry.attachment)
    if (attachment.type === 'queued_command') return this.readUser(entry, attachment.prompt, at)
    this.leftOut.add('attachments')
    return []
  }

  /** A line that stands in the file twice: only its usage may be newer. */
  private takeAgain(entry: Json): void {
    const message = looseObject(entry.message)
    if (this.pending !== null && this.pending.id !== null && message.id === this.pending.id)
      this.pending.usage = message.usage ?? this.pending.usage
    this.leftOut.add('repeated lines')
  }

  private number(rows: SourceMessage[]): SourceMessage[] {
    this.rows += rows.length
    return rows
  }
}
