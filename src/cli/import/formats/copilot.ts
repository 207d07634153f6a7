import { parseUuid } from '../../../domain/uuid.js'
import { type Format, piecesOf, type SourceRecord } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceIdentity,
  type SourceMessage,
  type SourceSession,
  type SourceUsage,
  Unreadable,
} from '../source.js'
import { splitHarnessText } from './harness-text.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import {
  asText,
  type Json,
  looseCount,
  looseName,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { nameOf } from './names.js'
import { rowId } from './row-id.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'

const FORMAT = 'copilot'
/** Events that repeat what others say, or tell of the harness's own steps. */
const quiet = new Set([
  ...[
    'assistant.turn_start',
    'assistant.turn_end',
    'assistant.reasoning',
    'session.resume',
    'tool.execution_start',
  ],
  ...['session.compaction_start', 'subagent.completed', 'subagent.selected', 'tool.user_requested'],
])
const answerMembers = new Set([
  ...[
    'messageId',
    'content',
    'toolRequests',
    'reasoningText',
    'reasoningOpaque',
    'parentToolCallId',
    'model',
  ],
])

/** Sessions of the GitHub Copilot CLI, `~/.copilot/session-state/…`: events, one a line. */
export const copilot: Format = {
  title: 'Copilot CLI session',
  input: 'file',
  recognizes: ({ values }) => values.some(isEvent),
  looksLike: ({ path }) => path.includes('.copilot/'),
  read: (records, defaults) => piecesOf(new CopilotReader(defaults).read(records)),
}

function isEvent(value: unknown): boolean {
  return (
    isObject(value) &&
    isObject(value.data) &&
    /^(?:session\.(?:start|resume|model_change|info)|user\.message|assistant\.(?:message|turn_start)|tool\.execution_start)$/.test(
      String(value.type),
    )
  )
}

interface Conversation {
  messages: SourceMessage[]
  name: string | null
  firstTyped: string | null
}

/** The sessions of a file: the main conversation, and one for each sub-agent by the call that started it. */
class CopilotReader {
  private readonly agent: string
  private readonly leftOut = new LeftOutTally()
  private readonly conversations = new Map<string | null, Conversation>()
  private readonly names = new Map<string, string>()
  private begun: Json = {}
  private model: string | null = null
  private firstModel: string | null = null
  /** Of each model: its newest answer since usage was last told. */
  private readonly newestAnswers = new Map<string, SourceMessage>()

  constructor(private readonly defaults: SourceDefaults) {
    this.agent = defaults.agent ?? FORMAT
  }

  read(records: Iterable<SourceRecord>): SourceSession[] {
    for (const { value, at } of records) {
      if (isObject(value) && isObject(value.data)) this.take(value, value.data, at)
      else this.leftOut.add('lines that are no events')
    }
    if (this.conversations.size === 0) throw new Unreadable('it has no messages')
    return [...this.conversations].map(([call, conversation]) => this.toSession(call, conversation))
  }

  private take(event: Json, data: Json, at: string): void {
    const type = looseName(event.type) ?? 'unknown'
    if (type === 'session.start') {
      this.begun = { ...data, ...this.begun }
      this.setModel(data.selectedModel)
    } else if (type === 'session.model_change') this.setModel(data.newModel)
    else if (type === 'user.message') this.readUser(event, data, at)
    else if (type === 'assistant.message') this.readAnswer(event, data, at)
    else if (type === 'tool.execution_complete') this.readResult(event, data, at)
    else if (type === 'assistant.usage') this.addUsage(looseName(data.model), data)
    else if (type === 'session.shutdown') this.readShutdown(data)
    else if (type === 'subagent.started') {
      const name = looseName(data.agentDisplayName) ?? looseName(data.agentName)
      const call = looseName(data.toolCallId)
      if (call !== null && name !== null) this.names.set(call, name)
    } else if (type === 'session.compaction_complete') this.readSummary(event, data, at)
    else if (/^(?:session\.(?:error|warning|info)|system\.message|abort)$/.test(type)) {
      const content = looseName(data.message) ?? looseName(data.content) ?? looseName(data.reason)
      if (content !== null)
        this.push(event, data, at, { role: 'SYSTEM', content, metadata: metadataOf(FORMAT, { type }) })
    } else if (!quiet.has(type)) this.leftOut.add(`${type} events`)
  }

  private readUser(event: Json, data: Json, at: string): void {
    const text = asText(data.content)
    const isSkill = String(data.source ?? '').startsWith('skill-') || text.startsWith('<skill-context')
    const { typed, wrapped } = isSkill ? { typed: '', wrapped: text } : splitHarnessText(text)
    const conversation = this.push(event, data, at, {
      role: typed === '' ? 'SYSTEM' : 'USER',
      content: typed === '' ? text : typed,
      metadata: metadataOf(FORMAT, {
        wrapped: typed !== '' && wrapped !== '' ? wrapped : null,
        attachments: Array.isArray(data.attachments) && data.attachments.length > 0 ? data.attachments : null,
      }),
    })
    if (typed !== '') conversation.firstTyped ??= typed
  }

  private readAnswer(event: Json, data: Json, at: string): void {
    this.setModel(data.model)
    const toolCalls = looseObjects(data.toolRequests).map((request) => ({
      id: looseName(request.toolCallId) ?? '',
      name: looseName(request.name) ?? 'unknown',
      arguments: asText(request.arguments ?? {}),
    }))
    const reasoning = looseName(data.reasoningText)
    if (typeof data.reasoningOpaque === 'string') this.leftOut.add('encrypted reasoning')
    const message: SourceMessage = {
      role: 'ASSISTANT',
      content: asText(data.content),
      usage: null,
      ...(toolCalls.length > 0 ? { toolCalls } : {}),
      ...(reasoning === null ? {} : { reasoning }),
      metadata: metadataOf(FORMAT, { ...membersBut(data, answerMembers), message_id: data.messageId }),
    }
    const { messages } = this.push(event, data, at, message)
    const stored = messages.at(-1)
    if (stored !== undefined) this.newestAnswers.set(this.model ?? '', stored)
  }

  private readResult(event: Json, data: Json, at: string): void {
    const result = isObject(data.result) ? (data.result.content ?? data.result.detailedContent) : data.result
    const failure = looseObject(data.error).message ?? data.error
    this.push(event, data, at, {
      role: 'TOOL',
      content: asText(result ?? failure),
      toolCallId: looseName(data.toolCallId),
      isError: typeof data.success === 'boolean' ? !data.success : null,
      metadata: metadataOf(FORMAT, { toolTelemetry: data.toolTelemetry }),
    })
  }

  private readSummary(event: Json, data: Json, at: string): void {
    const content = looseName(data.summaryContent)
    const { messages } = this.conversation(null)
    if (data.success === false || content === null || messages.length === 0) return
    this.push(event, data, at, { role: 'USER', content, replacesUpTo: messages.length - 1 })
  }

  /** Totals of a run by model: they stand with the newest answer of that model, less what answers were told. */
  private readShutdown(data: Json): void {
    for (const [model, metrics] of Object.entries(looseObject(data.modelMetrics)))
      this.addUsage(model, looseObject(looseObject(metrics).usage))
    this.newestAnswers.clear()
  }

  /** The input holds what was read from and written to the cache. */
  private addUsage(model: string | null, usage: Json): void {
    const answer = this.newestAnswers.get(model ?? '') ?? [...this.newestAnswers.values()].at(-1)
    if (answer === undefined) return
    const read = looseCount(usage.cacheReadTokens)
    const written = looseCount(usage.cacheWriteTokens)
    const told: SourceUsage = {
      inputTokens: Math.max(0, looseCount(usage.inputTokens) - read - written),
      outputTokens: looseCount(usage.outputTokens),
      cacheReadInputTokens: read,
      cacheCreationInputTokens: written,
      costUsd: null,
    }
    // Answers with usage of their own make up the totals already.
    if (answer.usage == null) answer.usage = told
  }

  private push(event: Json, data: Json, at: string, message: SourceMessage): Conversation {
    const conversation = this.conversation(looseName(data.parentToolCallId))
    conversation.messages.push({
      at,
      id: rowId(this.sessionId ?? '', event.id),
      createdAt: isoTime(event.timestamp),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
      ...message,
    })
    return conversation
  }

  private conversation(call: string | null): Conversation {
    const found = this.conversations.get(call) ?? { messages: [], name: null, firstTyped: null }
    this.conversations.set(call, found)
    return found
  }

  private setModel(model: unknown): void {
    this.model = looseName(model) ?? this.model
    this.firstModel ??= this.model
  }

  private get sessionId(): string | null {
    return looseName(this.begun.sessionId)
  }

  private toSession(call: string | null, { messages, firstTyped }: Conversation): SourceSession {
    const id = this.sessionId
    const name = call === null ? null : (this.names.get(call) ?? null)
    const title = titleFrom(firstTyped ?? name)
    return {
      name: call === null ? nameOf(id, 1) : `${nameOf(id, 1)}, sub-agent ${call}`,
      identity: identityOf(id, call),
      title,
      titleSource: title === null ? null : 'MACHINE',
      agent: name ?? this.agent,
      model: this.firstModel ?? this.defaults.model ?? '',
      startContext: startContext(this.defaults, this.agent),
      origin: this.defaults.origin ?? 'USER',
      labels: this.defaults.labels,
      createdAt: call === null ? isoTime(this.begun.startTime) : null,
      metadata:
        call === null
          ? metadataOf(
              FORMAT,
              membersBut(this.begun, new Set(['sessionId', 'startTime', 'selectedModel'])) ?? {},
            )
          : null,
      ...(call === null || id === null ? {} : { parent: { identity: identityOf(id, null), callId: call } }),
      leftOut: call === null || !this.conversations.has(null) ? this.leftOut.list() : [],
      messages,
    }
  }
}

function identityOf(id: string | null, call: string | null): SourceIdentity {
  if (id === null) return { by: 'content', beside: [FORMAT] }
  if (call !== null) return { by: 'name', place: [FORMAT, id, 'agent', call] }
  const uuid = parseUuid(id)
  return uuid === null ? { by: 'name', place: [FORMAT, id] } : { by: 'id', id: uuid }
}
