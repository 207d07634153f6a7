import type { SourceMessage, SourcePicture } from '../source.js'
import { isObject } from '../source.js'
import { pictureAt, readBlocks } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import { asText, type Json, looseName, looseNumber, looseObject, looseObjects, metadataOf } from './loose.js'
import { apiUsage } from './token-usage.js'

const FORMAT = 'openhands'
/** Events of the harness's own. */
const quiet = new Set([
  ...['null', 'recall', 'agent_state_changed', 'change_agent_state', 'pause', 'condensation_request'],
])
/** Actions of one answer follow each other: so many answers are remembered, to be told from new ones. */
const MAX_ANSWERS = 100

/** A row, and its place in the transcript: one that was told before, where an action adds to it. */
export interface EventRow {
  message: SourceMessage
  index: number
}

export /** Rows of events. Several actions may come of one answer of the model: they are one row, whose usage counts once. */
class EventReader {
  rows = 0
  firstTyped: string | null = null
  readonly leftOut = new LeftOutTally()
  systemPrompt: string | null = null
  firstModel: string | null = null
  private readonly answers = new Map<string, EventRow>()
  private waiting: EventRow[] = []
  private model: string | null = null
  private spentUsd = 0

  constructor(private readonly agent: string) {}

  /** The rows that an event makes, or adds to. */
  take(event: Json, at: string): EventRow[] {
    this.waiting = []
    if (typeof event.kind === 'string') this.takeKind(event, event.kind, at)
    else if ('observation' in event && event.observation !== undefined) this.takeObservation(event, at)
    else this.takeAction(event, looseObject(event.args), at)
    return this.waiting
  }

  private takeAction(event: Json, args: Json, at: string): void {
    const action = looseName(event.action) ?? 'unknown'
    if (quiet.has(action)) {
      this.leftOut.add(`${action} events`)
      return
    }
    if (action === 'system') {
      if (this.systemPrompt === null) this.systemPrompt = looseName(args.content)
      return
    }
    const metadata = looseObject(event.tool_call_metadata)
    const response = looseObject(metadata.model_response)
    if (action === 'message' && !isObject(event.tool_call_metadata)) {
      const urls = Array.isArray(args.image_urls)
        ? args.image_urls.filter((url) => typeof url === 'string')
        : []
      const role = event.source === 'user' ? 'USER' : event.source === 'agent' ? 'ASSISTANT' : 'SYSTEM'
      const usage = role === 'ASSISTANT' ? { usage: this.usageOf(event, response) } : {}
      this.push(event, at, {
        role,
        content: asText(args.content),
        ...usage,
        ...withPictures(urls.map(pictureAt)),
      })
      return
    }
    const { thought, ...given } = args
    const callId = looseName(metadata.tool_call_id) ?? `event_${looseName(event.id) ?? this.rows}`
    const message = looseObject(looseObject(looseObjects(response.choices)[0]).message)
    const called = looseObjects(message.tool_calls).find(({ id }) => id === callId)
    this.addCall(event, at, {
      answer: looseName(response.id),
      response,
      text: looseName(message.content) ?? asText(thought),
      reasoning: looseName(message.reasoning_content),
      call: {
        id: callId,
        name: looseName(metadata.function_name) ?? action,
        arguments: asText(looseObject(called?.function).arguments ?? given),
      },
    })
  }

  private takeObservation(event: Json, at: string): void {
    const observation = looseName(event.observation) ?? 'unknown'
    const extras = looseObject(event.extras)
    if (quiet.has(observation)) {
      this.leftOut.add(`${observation} events`)
      return
    }
    const callId = looseName(looseObject(event.tool_call_metadata).tool_call_id)
    const cause = looseName(event.cause)
    const exitCode = looseNumber(looseObject(extras.metadata).exit_code) ?? looseNumber(extras.exit_code)
    const isKnown = callId !== null || cause !== null
    this.push(event, at, {
      role: isKnown ? 'TOOL' : 'SYSTEM',
      content: asText(event.content),
      ...(isKnown ? { toolCallId: callId ?? `event_${cause}` } : {}),
      ...(isKnown
        ? { isError: observation === 'error' ? true : exitCode === null ? null : exitCode !== 0 }
        : {}),
      metadata: metadataOf(FORMAT, { observation, extras: Object.keys(extras).length > 0 ? extras : null }),
    })
  }

  /** Events of the newer agent server, which name their kind. */
  private takeKind(event: Json, kind: string, at: string): void {
    if (kind === 'SystemPromptEvent') {
      this.systemPrompt ??= looseName(looseObject(event.system_prompt).text)
    } else if (kind === 'MessageEvent') {
      const { role, content } = looseObject(event.llm_message)
      const { text, pictures } = readBlocks(content)
      const speaker = role === 'user' ? 'USER' : role === 'assistant' ? 'ASSISTANT' : 'SYSTEM'
      this.push(event, at, { role: speaker, content: text, ...withPictures(pictures) })
    } else if (kind === 'ActionEvent') {
      const call = looseObject(event.tool_call)
      this.addCall(event, at, {
        answer: looseName(event.llm_response_id),
        response: {},
        text: readBlocks(event.thought).text,
        reasoning: looseName(event.reasoning_content),
        call: {
          id: looseName(event.tool_call_id) ?? looseName(call.id) ?? '',
          name: looseName(event.tool_name) ?? looseName(call.name) ?? 'unknown',
          arguments: asText(call.arguments ?? looseObject(call.function).arguments ?? event.action ?? {}),
        },
      })
    } else if (
      kind === 'ObservationEvent' ||
      kind === 'AgentErrorEvent' ||
      kind === 'UserRejectObservation'
    ) {
      const observation = looseObject(event.observation)
      const { text, pictures } = readBlocks(observation.content ?? event.error ?? observation.output)
      const exitCode =
        looseNumber(looseObject(observation.metadata).exit_code) ?? looseNumber(observation.exit_code)
      const failed = observation.is_error ?? observation.error
      this.push(event, at, {
        role: 'TOOL',
        content: text,
        toolCallId: looseName(event.tool_call_id),
        isError:
          kind !== 'ObservationEvent'
            ? true
            : typeof failed === 'boolean'
              ? failed
              : exitCode === null
                ? null
                : exitCode !== 0,
        ...withPictures(pictures),
      })
    } else this.leftOut.add(`${kind}s`)
  }

  private addCall(
    event: Json,
    at: string,
    told: {
      answer: string | null
      response: Json
      text: string
      reasoning: string | null
      call: { id: string; name: string; arguments: string }
    },
  ): void {
    const { answer, response, text, reasoning, call } = told
    const known = answer === null ? undefined : this.answers.get(answer)
    if (known !== undefined) {
      const { message } = known
      known.message = { ...message, toolCalls: [...(message.toolCalls ?? []), call] }
      this.waiting.push(known)
      return
    }
    this.model = looseName(response.model) ?? this.model
    this.firstModel ??= this.model
    const row = this.push(event, at, {
      role: 'ASSISTANT',
      content: text,
      toolCalls: [call],
      usage: this.usageOf(event, response),
      ...(reasoning === null ? {} : { reasoning }),
    })
    if (answer === null) return
    this.answers.set(answer, row)
    for (const key of this.answers.keys()) {
      if (this.answers.size <= MAX_ANSWERS) break
      this.answers.delete(key)
    }
  }

  /** Tokens of the answer; its cost is what the run's cost has grown by. */
  private usageOf(event: Json, response: Json) {
    const spentUsd = looseNumber(looseObject(event.llm_metrics).accumulated_cost)
    const costUsd = spentUsd === null ? null : Math.max(0, spentUsd - this.spentUsd)
    this.spentUsd = spentUsd ?? this.spentUsd
    return apiUsage(response.usage, isObject(response.usage) ? costUsd : null)
  }

  private push(event: Json, at: string, message: SourceMessage): EventRow {
    const createdAt = isoTime(event.timestamp)
    const told = {
      at,
      ...(createdAt === null ? {} : { createdAt }),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
      ...message,
    }
    const row = { message: told, index: this.rows }
    this.rows += 1
    if (message.role === 'USER') this.firstTyped ??= message.content
    this.waiting.push(row)
    return row
  }
}

function withPictures(pictures: readonly SourcePicture[]) {
  return pictures.length > 0 ? { pictures } : {}
}
