import { listed } from '../../../rules/listed.js'
import { parseUuid } from '../../../rules/uuid.js'
import type { Format, SourcePiece, SourceRecord } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceHead,
  type SourceIdentity,
  type SourceMessage,
  WithoutMessages,
} from '../source.js'
import { copilotEvent } from './copilot-members.js'
import { toAnswer, toPrompt, toResult, toUsage } from './copilot-rows.js'
import { madeHead } from './head.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseObject, membersBut, metadataOf } from './loose.js'
import { nameOf } from './names.js'
import { rowId } from './row-id.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'
import { sumOf } from './token-usage.js'

const FORMAT = 'copilot'
/** Events that repeat what others say, or tell of the harness's own steps. */
const quiet = new Set([
  ...listed('assistant.turn_start assistant.turn_end assistant.reasoning tool.execution_start'),
  ...listed('session.compaction_start subagent.completed subagent.selected tool.user_requested'),
])
/** Sessions of the GitHub Copilot CLI, `~/.copilot/session-state/…`: events, one a line. */
export const copilot: Format = {
  title: 'Copilot CLI session',
  input: 'file',
  recognizes: ({ values }) => values.some(isEvent),
  looksLike: ({ path }) => path.includes('.copilot/'),
  read: (records, defaults) => new CopilotReader(defaults).read(records),
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

const saidMembers = new Set(['message', 'content', 'reason', 'parentToolCallId'])

interface Conversation {
  rows: number
  firstTyped: string | null
}

/** A row with its place in its conversation. */
type Row = Extract<SourcePiece, { message: SourceMessage }>

function keyOf(call: string | null): string {
  return call === null ? 'main' : `call ${call}`
}

/** The sessions of a file: the main conversation, and one for each sub-agent by the call that started it. */
class CopilotReader {
  private readonly agent: string
  private readonly leftOut = new LeftOutTally()
  private readonly conversations = new Map<string | null, Conversation>()
  private readonly names = new Map<string, string>()
  /** By the ids that newer versions give sub-agents. */
  private readonly calls = new Map<string, string>()
  private begun: Json = {}
  private model: string | null = null
  private firstModel: string | null = null
  /** Of each model, the one that answered last behind the others: its newest answer of this run. */
  private readonly newestAnswers = new Map<string, Row>()
  /** Whether answers of this run told their own usage. */
  private isTold = false
  private waiting: Row[] = []

  constructor(private readonly defaults: SourceDefaults) {
    this.agent = defaults.agent ?? FORMAT
  }

  *read(records: Iterable<SourceRecord>): Generator<SourcePiece> {
    for (const { value, at } of records) {
      if (isObject(value) && isObject(value.data)) this.take(value, value.data, at)
      else this.leftOut.add('lines that are no events')
      yield* this.waiting
      this.waiting = []
    }
    if (this.conversations.size === 0) throw new WithoutMessages()
    for (const [call, conversation] of this.conversations)
      yield { key: keyOf(call), head: this.toHead(call, conversation) }
  }

  private take(event: Json, data: Json, at: string): void {
    this.leftOut.addUnread(event, copilotEvent)
    const type = looseName(event.type) ?? 'unknown'
    if (type === 'session.start') {
      this.begun = { ...data, ...this.begun }
      this.setModel(data.selectedModel)
    } else if (type === 'session.model_change') this.setModel(data.newModel)
    else if (type === 'session.resume') this.setModel(data.selectedModel)
    else if (type === 'user.message') this.push(event, data, at, toPrompt(data))
    else if (type === 'assistant.message') this.takeAnswer(event, data, at)
    else if (type === 'tool.execution_complete') this.push(event, data, at, toResult(data))
    else if (type === 'assistant.usage') {
      this.isTold = true
      this.addUsage(looseName(data.model), data)
    } else if (type === 'session.shutdown') this.takeShutdown(data)
    else if (type === 'subagent.started') {
      const name = looseName(data.agentDisplayName) ?? looseName(data.agentName)
      const call = looseName(data.toolCallId)
      if (call !== null && name !== null) this.names.set(call, name)
      this.callOf(event, call)
    } else if (type === 'session.compaction_complete') this.takeSummary(event, data, at)
    else if (/^(?:session\.(?:error|warning|info)|system\.message|abort)$/.test(type)) {
      const content = looseName(data.message) ?? looseName(data.content) ?? looseName(data.reason)
      if (content !== null)
        this.push(event, data, at, {
          role: 'SYSTEM',
          content,
          metadata: metadataOf(FORMAT, { type, ...membersBut(data, saidMembers) }),
        })
    } else if (!quiet.has(type)) this.leftOut.add(`${type} events`)
  }

  private takeAnswer(event: Json, data: Json, at: string): void {
    this.setModel(data.model)
    if (typeof data.reasoningOpaque === 'string') this.leftOut.add('encrypted reasoning')
    const row = this.push(event, data, at, toAnswer(data))
    this.newestAnswers.delete(this.model ?? '')
    this.newestAnswers.set(this.model ?? '', row)
  }

  private takeSummary(event: Json, data: Json, at: string): void {
    const content = looseName(data.summaryContent)
    const { rows } = this.conversation(null)
    if (data.success === false || content === null) return
    this.push(event, data, at, { role: 'USER', content, replacesUpTo: rows - 1 })
  }

  /** Totals of a run by model: they stand with the newest answer of that model. Answers that tell their own make them up. */
  private takeShutdown(data: Json): void {
    if (!this.isTold)
      for (const [model, metrics] of Object.entries(looseObject(data.modelMetrics)))
        this.addUsage(model, looseObject(looseObject(metrics).usage))
    this.newestAnswers.clear()
    this.isTold = false
  }

  /** Usage of the newest answer of a model, else of the newest of all, which may stand for several models. */
  private addUsage(model: string | null, reported: Json): void {
    const answer = this.newestAnswers.get(model ?? '') ?? [...this.newestAnswers.values()].at(-1)
    if (answer === undefined) {
      this.leftOut.add('usage without an answer')
      return
    }
    answer.message = { ...answer.message, usage: sumOf(answer.message.usage, toUsage(reported)) }
    this.waiting.push(answer)
  }

  private push(event: Json, data: Json, at: string, message: SourceMessage): Row {
    const call = this.callOf(event, looseName(data.parentToolCallId))
    const conversation = this.conversation(call)
    const row = {
      ...{ key: keyOf(call), index: conversation.rows },
      message: {
        at,
        id: rowId(this.sessionId ?? '', event.id),
        createdAt: isoTime(event.timestamp),
        ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
        ...message,
      },
    }
    conversation.rows += 1
    if (message.role === 'USER' && message.replacesUpTo === undefined)
      conversation.firstTyped ??= message.content
    this.waiting.push(row)
    return row
  }

  /** The call of the sub-agent that an event is of, or begins; null for the main conversation. */
  private callOf(event: Json, call: string | null): string | null {
    const agent = looseName(event.agentId)
    if (agent === null) return call
    const known = this.calls.get(agent) ?? call ?? agent
    this.calls.set(agent, known)
    return known
  }

  private conversation(call: string | null): Conversation {
    const found = this.conversations.get(call) ?? { rows: 0, firstTyped: null }
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

  private toHead(call: string | null, { firstTyped }: Conversation): SourceHead {
    const id = this.sessionId
    const name = call === null ? null : (this.names.get(call) ?? null)
    const title = titleFrom(firstTyped ?? name)
    return {
      name: call === null ? nameOf(id, 1) : `${nameOf(id, 1)}, sub-agent ${call}`,
      identity: identityOf(id, call),
      ...madeHead(title, this.defaults),
      agent: name ?? this.agent,
      model: this.firstModel ?? this.defaults.model ?? '',
      startContext: startContext(this.defaults, this.agent),
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
    }
  }
}

function identityOf(id: string | null, call: string | null): SourceIdentity {
  if (id === null) return { by: 'content', beside: [FORMAT] }
  if (call !== null) return { by: 'name', identityPath: [FORMAT, id, 'agent', call] }
  const uuid = parseUuid(id)
  return uuid === null ? { by: 'name', identityPath: [FORMAT, id] } : { by: 'id', id: uuid }
}
