import { setOf } from '../../../rules/listed.js'
import { parseUuid } from '../../../rules/uuid.js'
import type { Format, SourcePiece, SourceRecord } from '../format.js'
import { isObject, type SourceDefaults, type SourceHead, type SourceMessage, Unreadable } from '../source.js'
import { readBlocks } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { asText, type Json, looseName, looseNumber, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { metadataOfMessage, piEntry, readParts, usageOf } from './pi-message.js'
import { rowId } from './row-id.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'pi'
const entryMembers = setOf('type id parentId timestamp summary firstKeptEntryId firstKeptEntryIndex')

/** Events of a run, `pi --mode json`, that tell what the ends of its messages tell. */
const repeating = /^(?:agent|turn)_(?:start|end)$|^message_(?:start|update)$|^tool_execution_/

/** Sessions of pi, `~/.pi/agent/sessions/…/….jsonl`: a head, then entries that form a tree. */
export const pi: Format = {
  title: 'pi session',
  input: 'file',
  recognizes: ({ values: [first, second] }) =>
    isObject(first) &&
    first.type === 'session' &&
    'id' in first &&
    (second === undefined || isObject(second)),
  looksLike: ({ path }) => path.includes('.pi/agent/sessions/'),
  *read(records, defaults) {
    yield* new PiReader(defaults).read(records)
  },
}

/** One session; branches that were left stay in the transcript, and rows name the row before them in their branch. */
class PiReader {
  private readonly agent: string
  private readonly leftOut = new LeftOutTally()
  /** Of entries with a row, and of those without: the row before them. */
  private readonly rowByEntry = new Map<string, string | null>()
  private readonly placeByEntry = new Map<string, number>()
  private readonly positions: number[] = []
  private header: Json = {}
  private session = ''
  private title: string | null = null
  private firstTyped: string | null = null
  private model: string | null = null
  private firstModel: string | null = null
  private rows = 0

  constructor(private readonly defaults: SourceDefaults) {
    this.agent = defaults.agent ?? FORMAT
  }

  *read(records: Iterable<SourceRecord>): Generator<SourcePiece> {
    const key = FORMAT
    for (const { value, at } of records) {
      if (!isObject(value)) {
        this.leftOut.add('lines that are no entries')
        continue
      }
      this.positions.push(this.rows)
      const message = this.take(value, at)
      const id = looseName(value.id)
      if (id !== null && value.type !== 'session')
        this.rowByEntry.set(id, message === null ? this.parentOf(value) : (message.id ?? null))
      if (message === null) continue
      if (id !== null) this.placeByEntry.set(id, this.rows)
      this.rows += 1
      yield { key, message }
    }
    if (this.session === '') throw new Unreadable('it has no head')
    yield { key, head: this.head() }
  }

  private take(entry: Json, at: string): SourceMessage | null {
    this.leftOut.addUnread(entry, piEntry)
    const text = (content: string, role: 'USER' | 'SYSTEM', members: Json) => ({
      ...{ ...this.rowOf(entry, at), role, content },
      metadata: metadataOf(FORMAT, { type: entry.type, ...membersBut(entry, entryMembers), ...members }),
    })
    if (entry.type === 'session') {
      this.header = entry
      this.session = looseName(entry.id) ?? ''
    } else if (entry.type === 'message') return this.readMessage(entry, looseObject(entry.message), at)
    else if (entry.type === 'message_end') return this.readEnd(looseObject(entry.message), at)
    else if (entry.type === 'model_change') this.setModel(entry.modelId)
    else if (entry.type === 'session_info') this.title = looseName(entry.name)
    else if (entry.type === 'compaction') {
      const kept = this.keptFrom(entry)
      const summary = text(asText(entry.summary), 'USER', {})
      return kept === 0 ? { ...summary, role: 'SYSTEM' } : { ...summary, replacesUpTo: kept - 1 }
    } else if (entry.type === 'branch_summary') return text(asText(entry.summary), 'SYSTEM', {})
    else if (entry.type === 'custom_message') {
      const { text: said, pictures } = readBlocks(entry.content)
      const row = text(said, 'SYSTEM', { content: null })
      return pictures.length > 0 ? { ...row, pictures } : row
    } else if (!repeating.test(String(entry.type)))
      this.leftOut.add(`${looseName(entry.type) ?? 'unknown'} entries`)
    return null
  }

  /** How many rows stand before the first that a compaction keeps; all where the file does not tell it. */
  private keptFrom({ firstKeptEntryId, firstKeptEntryIndex }: Json): number {
    const named = looseName(firstKeptEntryId)
    if (named !== null) return this.placeByEntry.get(named) ?? this.rows
    const index = looseNumber(firstKeptEntryIndex) ?? 0
    return index > 0 ? (this.positions[index] ?? this.rows) : this.rows
  }

  /** A message as a run prints it: without an id, its time in itself. */
  private readEnd(message: Json, at: string): SourceMessage | null {
    return this.readMessage({ timestamp: message.timestamp }, message, at)
  }

  private readMessage(entry: Json, message: Json, at: string): SourceMessage | null {
    const { role } = message
    if (role === 'bashExecution') {
      const content = [`! ${asText(message.command)}`, asText(message.output)].filter((part) => part !== '')
      return {
        ...this.rowOf(entry, at),
        role: 'USER',
        content: content.join('\n'),
        metadata: metadataOfMessage(entry, message),
      }
    }
    const { text, reasoning, pictures, calls, others, sealed } = readParts(message.content)
    this.leftOut.add('signatures of thinking', sealed)
    if (role === 'assistant') this.setModel(message.model)
    const shared = {
      ...this.rowOf(entry, at),
      content: text,
      ...(pictures.length > 0 ? { pictures } : {}),
      metadata: metadataOfMessage(entry, message, others),
    }
    if (role === 'user') {
      this.firstTyped ??= text
      return { ...shared, role: 'USER' }
    }
    if (role === 'toolResult')
      return {
        ...shared,
        role: 'TOOL',
        toolCallId: looseName(message.toolCallId),
        isError: typeof message.isError === 'boolean' ? message.isError : null,
      }
    if (role !== 'assistant') return { ...shared, role: 'SYSTEM', content: text || asText(message.summary) }
    const id = looseName(entry.id)
    return {
      ...shared,
      role: 'ASSISTANT',
      usage: this.isCopied(entry) ? null : usageOf(message.usage),
      ...(reasoning === null ? {} : { reasoning }),
      ...(calls.length > 0 ? { toolCalls: calls } : {}),
      ...(id === null ? {} : { answer: `pi ${id} ${asText(entry.timestamp)}` }),
    }
  }

  private rowOf(entry: Json, at: string) {
    return {
      at,
      id: rowId(this.session, entry.id),
      parentId: this.parentOf(entry),
      createdAt: isoTime(entry.timestamp),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
    }
  }

  /** A fork begins with entries of the session that it began in, where their usage counts: they are older than itself. */
  private isCopied(entry: Json): boolean {
    const [said, begun] = [isoTime(entry.timestamp), isoTime(this.header.timestamp)]
    return this.header.parentSession != null && said !== null && begun !== null && said < begun
  }

  private parentOf({ parentId }: Json): string | null {
    const parent = looseName(parentId)
    return parent === null ? null : (this.rowByEntry.get(parent) ?? null)
  }

  private setModel(model: unknown): void {
    this.model = looseName(model) ?? this.model
    this.firstModel ??= this.model
  }

  private head(): SourceHead {
    const uuid = parseUuid(this.session)
    const title = titleFrom(this.title ?? this.firstTyped)
    return {
      name: nameOf(this.session, 1),
      identity: uuid === null ? { by: 'name', identityPath: [FORMAT, this.session] } : { by: 'id', id: uuid },
      title,
      titleSource: title === null ? null : this.title === null ? 'MACHINE' : 'PERSON',
      agent: this.agent,
      model: this.firstModel ?? this.defaults.model ?? '',
      startContext: startContext(this.defaults, this.agent),
      origin: this.defaults.origin ?? 'USER',
      labels: this.defaults.labels,
      createdAt: isoTime(this.header.timestamp),
      metadata: metadataOf(FORMAT, membersBut(this.header, setOf('type id timestamp')) ?? {}),
      leftOut: this.leftOut.list(),
    }
  }
}
