import type { Format, SourcePiece } from '../format.js'
import { isObject, type SourceDefaults, type SourceMessage, Unreadable } from '../source.js'
import { isBeginning, isOfRun, resultOf, usageOf } from './gemini-events.js'
import { identityOf } from './gemini-identity.js'
import { geminiEvent } from './gemini-members.js'
import { splitHarnessText } from './harness-text.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { asText, type Json, looseName, looseObject, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'gemini-cli'

/** What `gemini -o stream-json` prints: the events of a run, with answers in pieces and the usage of the whole run. */
export const geminiStream: Format = {
  title: 'stream of gemini -o stream-json',
  input: 'file',
  recognizes: ({ shape, values }) => shape !== 'array' && values.some(isBeginning),
  looksLike: ({ values }) => values.some(isOfRun),
  *read(records, defaults) {
    const sessions = new Map<string, StreamSession>()
    let session: StreamSession | null = null
    for (const { value, at } of records) {
      const id = isBeginning(value) ? looseName(looseObject(value).session_id) : null
      if (id !== null || session === null) {
        session = sessions.get(id ?? '') ?? new StreamSession(id, defaults)
        sessions.set(id ?? '', session)
      }
      for (const message of session.take(value, at)) yield { key: session.key, message }
    }
    if (sessions.size === 0) throw new Unreadable('it has no events')
    for (const one of sessions.values()) yield* one.end()
  },
}

/** One session, which a run begins and later ones may resume. */
class StreamSession {
  readonly key: string
  private readonly agent: string
  private readonly leftOut = new LeftOutTally()
  private model: string | null = null
  private firstModel: string | null = null
  private firstTyped: string | null = null
  private lastError: string | null = null
  /** Held until the next one begins, since its calls, results and usage come after it. */
  private answer: SourceMessage | null = null
  private following: SourceMessage[] = []
  /** Whether the run that the held answer is of goes on. */
  private isRunning = false

  constructor(
    private readonly id: string | null,
    private readonly defaults: SourceDefaults,
  ) {
    this.key = id ?? ''
    this.agent = defaults.agent ?? FORMAT
  }

  /** The rows that an event makes certain. */
  take(value: unknown, at: string): SourceMessage[] {
    if (!isObject(value)) {
      this.leftOut.add('lines that are no events')
      return []
    }
    this.leftOut.addUnread(value, geminiEvent)
    const row = { at, createdAt: isoTime(value.timestamp) }
    if (value.type === 'message') return this.takeText(value, row)
    if (value.type === 'tool_use') return this.takeCall(value, row)
    if (value.type === 'tool_result') return this.append({ ...row, ...resultOf(value) })
    if (value.type === 'error') return this.takeError(value, row)
    if (value.type === 'result') return this.takeResult(value, row)
    if (value.type !== 'init') this.leftOut.add(`${looseName(value.type) ?? 'unknown'} events`)
    else {
      this.isRunning = false
      this.model = looseName(value.model) ?? this.model
      this.firstModel ??= this.model
    }
    return []
  }

  *end(): Generator<SourcePiece> {
    const { key, id, defaults, agent, isRunning } = this
    for (const message of this.flush())
      yield { key, message: isRunning ? { ...message, open: true } : message }
    const title = titleFrom(this.firstTyped)
    yield {
      key,
      head: {
        name: nameOf(id, 1),
        identity: id === null ? { by: 'content', beside: [FORMAT] } : identityOf(id, null),
        ...madeHead(title, defaults),
        agent,
        model: this.firstModel ?? defaults.model ?? '',
        startContext: startContext(defaults, agent),
        leftOut: this.leftOut.list(),
      },
    }
  }

  private takeText(event: Json, row: Row): SourceMessage[] {
    const text = asText(event.content)
    if (event.role !== 'user') {
      const isMore = event.delta === true || this.answer?.content === ''
      const before = isMore && this.goesOn ? [] : this.begin(row)
      if (this.answer !== null) this.answer.content += text
      return before
    }
    const { typed, wrapped } = splitHarnessText(text)
    if (typed !== '') this.firstTyped ??= typed
    const said: SourceMessage = {
      ...row,
      role: typed === '' ? 'SYSTEM' : 'USER',
      content: typed === '' ? text : typed,
      metadata: metadataOf(FORMAT, { wrapped: typed === '' || wrapped === '' ? null : wrapped }),
    }
    this.isRunning = false
    return [...this.flush(), said]
  }

  private takeCall(event: Json, row: Row): SourceMessage[] {
    const before = this.goesOn ? [] : this.begin(row)
    const call = {
      id: looseName(event.tool_id) ?? `call_${row.at.replace(' ', '_')}`,
      name: looseName(event.tool_name) ?? 'unknown',
      arguments: asText(event.parameters ?? {}),
    }
    if (this.answer !== null) this.answer.toolCalls = [...(this.answer.toolCalls ?? []), call]
    return before
  }

  private takeError(event: Json, row: Row): SourceMessage[] {
    const content = looseName(event.message) ?? 'Error'
    this.lastError = content
    const { severity } = event
    return this.append({ ...row, role: 'SYSTEM', content, metadata: metadataOf(FORMAT, { severity }) })
  }

  /** The end of a run, which tells its usage, and may repeat the error before it. */
  private takeResult({ stats, error, status }: Json, row: Row): SourceMessage[] {
    const usage = usageOf(stats)
    if (this.isRunning && this.answer !== null) this.answer.usage = usage
    else if (usage !== null && usage.inputTokens + usage.outputTokens > 0)
      this.leftOut.add('usage of runs without an answer')
    this.isRunning = false
    const { message, type } = looseObject(error)
    const content = looseName(message) ?? (status === 'error' ? 'Error' : null)
    if (content === null || content === this.lastError) return []
    return this.append({ ...row, role: 'SYSTEM', content, metadata: metadataOf(FORMAT, { type }) })
  }

  /** Whether what comes next is of the answer that is held. */
  private get goesOn(): boolean {
    return this.answer !== null && this.isRunning && this.following.length === 0
  }

  private begin(row: Row): SourceMessage[] {
    const before = this.flush()
    const context = this.model === null ? {} : { context: { model: this.model, agent: this.agent } }
    this.answer = { ...row, role: 'ASSISTANT', content: '', usage: null, ...context }
    this.isRunning = true
    return before
  }

  private append(row: SourceMessage): SourceMessage[] {
    if (this.answer === null) return [row]
    this.following.push(row)
    return []
  }

  private flush(): SourceMessage[] {
    const rows = this.answer === null ? [] : [this.answer, ...this.following]
    this.answer = null
    this.following = []
    return rows
  }
}

interface Row {
  at: string
  createdAt: string | null
}
