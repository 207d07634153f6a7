import type { SourceMessage, SourceUsage } from '../source.js'
import { isObject } from '../source.js'
import { readBlocks, withoutPlaces } from './content-blocks.js'
import { splitHarnessText } from './harness-text.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import {
  asText,
  type Json,
  looseCount,
  looseName,
  looseNumber,
  looseObject,
  membersBut,
  metadataOf,
} from './loose.js'
import { rowId } from './row-id.js'

const FORMAT = 'claude-code'

/** An entry's members that say the same in nearly every line; the session keeps the first, a row what differs. */
const ambientMembers = ['cwd', 'gitBranch', 'version', 'userType', 'entrypoint', 'slug', 'permissionMode']
const readMembers = new Set([
  ...['type', 'uuid', 'parentUuid', 'logicalParentUuid', 'sessionId', 'session_id', 'timestamp', 'message'],
  ...[
    'isSidechain',
    'isMeta',
    'isCompactSummary',
    'isVisibleInTranscriptOnly',
    'requestId',
    'agentId',
    'costUSD',
  ],
  ...['toolUseResult', 'subtype', 'content', 'attachment', ...ambientMembers],
])
const readMessageMembers = new Set([
  ...['id', 'type', 'role', 'model', 'content', 'stop_reason', 'stop_sequence', 'usage'],
])
const readUsageMembers = new Set([
  ...['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens'],
])

/** An answer that lines may still add to, with the rows that follow it. */
interface PendingAnswer {
  id: string | null
  message: SourceMessage
  usage: unknown
  costUsd: number | null
  ended: boolean
  following: SourceMessage[]
}

/** A call of a tool that starts sub-agents. */
export interface SubagentCall {
  callId: string
  prompt: string
  kind: string | null
  description: string | null
}

/**
 * One conversation of a file, the main one or a sub-agent's, as its entries tell it. An answer is spread over lines with one
 * `message.id`, between which results of its first calls may stand, so it is held until the next answer begins.
 */
export class ClaudeCodeThread {
  readonly leftOut = new LeftOutTally()
  readonly ambient: Json = {}
  readonly calls: SubagentCall[] = []
  /** Agent ids by the call that started them. */
  readonly callByAgent = new Map<string, string>()
  firstModel: string | null = null
  firstTyped: string | null = null
  private readonly rowByUuid = new Map<string, string | null>()
  private readonly toldAnswers = new Set<string>()
  private pending: PendingAnswer | null = null
  private rows = 0
  private model: string | null = null
  private time: string | null = null
  /** Of a boundary whose summary has not come yet. */
  private boundary: Json | null = null

  constructor(
    private readonly session: string,
    private readonly agent: string,
  ) {}

  has(uuid: string): boolean {
    return this.rowByUuid.has(uuid)
  }

  /** The rows that an entry makes certain, in their order. */
  take(entry: Json, at: string): SourceMessage[] {
    this.time = isoTime(entry.timestamp) ?? this.time
    const uuid = looseName(entry.uuid)
    if (uuid !== null && this.rowByUuid.has(uuid)) {
      this.takeAgain(entry)
      return []
    }
    for (const key of ambientMembers) if (entry[key] != null) this.ambient[key] ??= entry[key]
    const rows = this.read(entry, at)
    const [first] = rows
    if (uuid !== null && (first !== undefined || entry.type === 'assistant'))
      this.rowByUuid.set(uuid, (rows.at(-1) ?? this.pending?.message)?.id ?? null)
    // Entries without a row stand for the row before them, so that parents lead to rows.
    else if (uuid !== null && !('message' in entry)) this.rowByUuid.set(uuid, this.parentOf(entry))
    if (entry.type === 'assistant' || first === undefined) return this.release()
    if (this.pending === null) return [...this.release(), ...this.number(rows)]
    if (first.replacesUpTo !== undefined) return [...this.end(), ...this.number(rows)]
    this.pending.following.push(...rows)
    return []
  }

  /** What is left at the end of the file; an answer without its end may still grow, and what follows it with it. */
  end(): SourceMessage[] {
    const rows = [...this.release(), ...this.flush()]
    if (this.boundary !== null) {
      const { content, ...told } = this.boundary
      this.boundary = null
      rows.push(
        ...this.number([
          {
            role: 'SYSTEM',
            content: asText(content),
            createdAt: this.time,
            metadata: metadataOf(FORMAT, told),
          },
        ]),
      )
    }
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
    this.leftOut.add(
      'message' in entry ? 'lines without a message' : `${looseName(entry.type) ?? 'unknown'} lines`,
    )
    return []
  }

  private readAnswer(entry: Json, message: Json, at: string): void {
    const id = looseName(message.id)
    if (this.pending === null || id === null || this.pending.id !== id) {
      this.released.push(...this.flush({ isNext: true }))
      this.pending = this.startAnswer(entry, message, id, at)
    }
    const { pending } = this
    const blocks = readBlocks(message.content)
    const row = pending.message
    this.leftOut.add('signatures of thinking', blocks.sealed)
    row.content = [row.content, blocks.text].filter((text) => text !== '').join('\n')
    const reasoning = [row.reasoning, blocks.reasoning].filter((text) => text != null)
    if (reasoning.length > 0) row.reasoning = reasoning.join('\n\n')
    if (blocks.toolCalls.length > 0) row.toolCalls = [...(row.toolCalls ?? []), ...blocks.toolCalls]
    if (blocks.pictures.length > 0)
      row.pictures = [...(row.pictures ?? []), ...withoutPlaces(blocks.pictures)]
    this.noteCalls(message.content)
    pending.usage = message.usage ?? pending.usage
    pending.costUsd = looseNumber(entry.costUSD) ?? pending.costUsd
    pending.ended ||= looseName(message.stop_reason) !== null
    for (const result of blocks.results) pending.following.push(this.toResult(entry, result, at))
    row.metadata = this.answerMetadata(entry, message, blocks.rest)
  }

  private startAnswer(entry: Json, message: Json, id: string | null, at: string): PendingAnswer {
    const model = looseName(message.model)
    const isSynthetic = model === '<synthetic>'
    if (model !== null && !isSynthetic) this.model = model
    if (this.firstModel === null) this.firstModel = this.model
    const answer = id !== null && !isSynthetic && !this.toldAnswers.has(id) ? id : null
    return {
      id,
      usage: null,
      costUsd: null,
      ended: isSynthetic,
      following: [],
      message: {
        ...this.rowOf(entry, at),
        role: 'ASSISTANT',
        content: '',
        ...(answer === null ? {} : { answer }),
      },
    }
  }

  private answerMetadata(entry: Json, message: Json, rest: readonly unknown[]): Json | null {
    const usage = isObject(message.usage) ? membersBut(message.usage, readUsageMembers) : null
    return metadataOf(FORMAT, {
      message_id: message.id,
      request_id: entry.requestId,
      stop_reason: message.stop_reason,
      usage,
      ...membersBut(message, readMessageMembers),
      ...this.ownMembers(entry),
      content: rest.length > 0 ? rest : null,
    })
  }

  /** The held answer and what follows it, numbered; the beginning of the next answer is its end. */
  private flush({ isNext = false } = {}): SourceMessage[] {
    const { pending } = this
    if (pending === null) return []
    this.pending = null
    const { message, following, id } = pending
    if (id !== null) this.toldAnswers.add(id)
    // An answer without a name of its own was told before, or is the harness's: it consumed nothing more.
    message.usage = id !== null && message.answer === undefined ? null : toUsage(pending)
    const answered = new Set(following.map(({ toolCallId }) => toolCallId))
    const isOver =
      isNext ||
      pending.ended ||
      following.some(({ role }) => role === 'USER') ||
      (message.toolCalls?.length && message.toolCalls.every((call) => answered.has(call.id)))
    const rows = [message, ...following]
    return this.number(isOver ? rows : rows.map((row) => ({ ...row, open: true })))
  }

  private readUser(entry: Json, content: unknown, at: string): SourceMessage[] {
    const { text, results, pictures, rest, toolCalls } = readBlocks(content)
    this.leftOut.add('tool calls of a person', toolCalls.length)
    if (entry.isCompactSummary === true) return [this.readSummary(entry, text, at)]
    const alone = results.length === 1 && text === '' && pictures.length === 0
    const rows: SourceMessage[] = results.map((result) => this.toResult(entry, result, at, alone))
    this.noteAgent(entry, rows)
    if (text === '' && pictures.length === 0 && rest.length === 0) {
      if (rows.length === 0) this.leftOut.add('lines without content')
      return rows
    }
    const command = commandIn(text)
    const { typed, wrapped } = command === null ? splitHarnessText(text) : { typed: command, wrapped: text }
    const isTyped = entry.isMeta !== true && (typed !== '' || pictures.length > 0 || rest.length > 0)
    if (isTyped && typed !== '') this.firstTyped ??= typed
    rows.push({
      ...this.rowOf(entry, at),
      role: isTyped ? 'USER' : 'SYSTEM',
      content: isTyped ? typed : text,
      ...(pictures.length > 0 ? { pictures } : {}),
      metadata: metadataOf(FORMAT, {
        ...(isTyped && wrapped !== '' ? { wrapped } : {}),
        ...(entry.isMeta === true ? { isMeta: true } : {}),
        ...this.ownMembers(entry),
        content: rest.length > 0 ? rest : null,
      }),
    })
    return rows
  }

  private readSummary(entry: Json, text: string, at: string): SourceMessage {
    const metadata = metadataOf(FORMAT, { ...this.boundary, ...this.ownMembers(entry) })
    const held = this.pending === null ? 0 : 1 + this.pending.following.length
    const before = this.rows + held
    this.boundary = null
    return {
      ...this.rowOf(entry, at),
      role: before === 0 ? 'SYSTEM' : 'USER',
      content: text,
      metadata,
      ...(before === 0 ? {} : { replacesUpTo: before - 1 }),
    }
  }

  private readSystem(entry: Json, at: string): SourceMessage[] {
    const told = { subtype: entry.subtype, ...this.ownMembers(entry) }
    if (entry.subtype === 'compact_boundary') {
      this.boundary = { content: entry.content, ...told }
      return []
    }
    const content = looseName(entry.content)
    if (content === null) {
      this.leftOut.add(`system lines of kind ${looseName(entry.subtype) ?? 'unknown'}`)
      return []
    }
    return [{ ...this.rowOf(entry, at), role: 'SYSTEM', content, metadata: metadataOf(FORMAT, told) }]
  }

  /** What a person typed while the agent worked; other attachments are the harness's own. */
  private readAttachment(entry: Json, at: string): SourceMessage[] {
    const attachment = looseObject(entry.attachment)
    if (attachment.type === 'queued_command') return this.readUser(entry, attachment.prompt, at)
    this.leftOut.add('attachments')
    return []
  }

  private toResult(
    entry: Json,
    result: ReturnType<typeof readBlocks>['results'][number],
    at: string,
    alone = false,
  ) {
    const { callId, text, isError, pictures, rest } = result
    const own = alone && isObject(entry.toolUseResult) ? entry.toolUseResult : null
    return {
      ...this.rowOf(entry, at),
      ...(alone ? {} : { id: rowId(this.session, entry.uuid, callId ?? '') }),
      role: 'TOOL' as const,
      content: text,
      toolCallId: callId,
      isError,
      ...(pictures.length > 0 ? { pictures } : {}),
      metadata: metadataOf(FORMAT, {
        toolUseResult: own,
        ...(alone ? this.ownMembers(entry) : {}),
        content: rest.length > 0 ? rest : null,
      }),
    }
  }

  private noteCalls(content: unknown): void {
    for (const block of Array.isArray(content) ? content.filter(isObject) : []) {
      const input = looseObject(block.input)
      if (block.type !== 'tool_use' || (block.name !== 'Task' && block.name !== 'Agent')) continue
      this.calls.push({
        callId: looseName(block.id) ?? '',
        prompt: asText(input.prompt).trim(),
        kind: looseName(input.subagent_type),
        description: looseName(input.description),
      })
    }
  }

  private noteAgent(entry: Json, rows: readonly SourceMessage[]): void {
    const agentId = looseName(looseObject(entry.toolUseResult).agentId)
    const callId = rows[0]?.toolCallId
    if (agentId !== null && callId != null) this.callByAgent.set(agentId, callId)
  }

  /** A line that stands in the file twice: only its usage may be newer. */
  private takeAgain(entry: Json): void {
    const message = looseObject(entry.message)
    if (this.pending !== null && this.pending.id !== null && message.id === this.pending.id)
      this.pending.usage = message.usage ?? this.pending.usage
    this.leftOut.add('repeated lines')
  }

  private rowOf(entry: Json, at: string) {
    return {
      id: rowId(this.session, entry.uuid),
      parentId: this.parentOf(entry),
      at,
      createdAt: isoTime(entry.timestamp) ?? this.time,
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
    }
  }

  private parentOf(entry: Json): string | null {
    const parent = looseName(entry.parentUuid) ?? looseName(entry.logicalParentUuid)
    return parent === null ? null : (this.rowByUuid.get(parent) ?? null)
  }

  private ownMembers(entry: Json): Json {
    const changed = ambientMembers.filter((key) => entry[key] != null && entry[key] !== this.ambient[key])
    return {
      ...membersBut(entry, readMembers),
      ...Object.fromEntries(changed.map((key) => [key, entry[key]])),
    }
  }

  private number(rows: SourceMessage[]): SourceMessage[] {
    this.rows += rows.length
    return rows
  }
}

function toUsage({ usage, costUsd }: PendingAnswer): SourceUsage | null {
  if (!isObject(usage)) return null
  return {
    inputTokens: looseCount(usage.input_tokens),
    outputTokens: looseCount(usage.output_tokens),
    cacheReadInputTokens: looseCount(usage.cache_read_input_tokens),
    cacheCreationInputTokens: looseCount(usage.cache_creation_input_tokens),
    costUsd,
  }
}

/** What a person typed that the harness wrote as elements: `/review src`, `! ls`; null for other texts. */
function commandIn(text: string): string | null {
  const shell = /^\s*<bash-input>([\s\S]*?)<\/bash-input>\s*$/.exec(text)
  if (shell !== null) return `! ${shell[1]}`
  if (!/^\s*<command-(?:name|message|args|contents)>/.test(text)) return null
  const name = /<command-name>\/?([\s\S]*?)<\/command-name>/.exec(text)?.[1]?.trim()
  const args = /<command-args>([\s\S]*?)<\/command-args>/.exec(text)?.[1]?.trim()
  return name ? `/${name}${args ? ` ${args}` : ''}` : null
}
