import { setOf } from '../../../rules/listed.js'
import { isObject, type SourceUsage } from '../source.js'
import { pictureAt } from './content-blocks.js'
import { asText, type Json, looseName, looseObject, looseObjects, metadataOf } from './loose.js'
import { takeKind, takeState } from './openhands-kinds.js'
import { eventMembers } from './openhands-members.js'
import { type EventRow, EventRows, exitFailure, FORMAT, withPictures } from './openhands-rows.js'
import { ConversationStats } from './openhands-stats.js'
import { apiUsage } from './token-usage.js'

/** Events of the harness's own. */
const quiet = setOf('null recall agent_state_changed change_agent_state pause condensation_request')

/** Rows of events. Several actions may come of one answer of the model: they are one row, whose usage counts once. */
export class EventReader {
  readonly rows: EventRows
  private readonly stats = new ConversationStats()
  private last: string | null = null

  constructor(agent: string) {
    this.rows = new EventRows(agent)
  }

  /** Takes in the state of a conversation that stands beside its events. */
  takeState(state: Json): void {
    takeState(this.rows, this.stats, state)
  }

  /** What is known at the end. */
  end(): void {
    this.rows.leftOut.add('usage of requests without an answer', this.stats.rest)
  }

  /** The rows that an event makes, or adds to. */
  take(event: Json, at: string): EventRow[] {
    const parent = looseName(event.parent_id)
    if (parent !== null && this.last !== null && parent !== this.last) this.rows.leftOut.add('branches')
    this.last = looseName(event.id)
    if (typeof event.kind === 'string') takeKind(this.rows, this.stats, event, event.kind, at)
    else {
      this.rows.leftOut.addUnread(event, eventMembers)
      if (event.observation !== undefined) this.takeObservation(event, at)
      else this.takeAction(event, looseObject(event.args), at)
    }
    return this.rows.taken()
  }

  private takeAction(event: Json, args: Json, at: string): void {
    const action = looseName(event.action) ?? 'unknown'
    if (quiet.has(action)) {
      this.rows.leftOut.add(`${action} events`)
      return
    }
    if (action === 'system') {
      this.rows.systemPrompt ??= looseName(args.content)
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
      this.rows.push(event, at, {
        role,
        content: asText(args.content),
        ...usage,
        ...withPictures(urls.map(pictureAt)),
      })
      return
    }
    const { thought, ...given } = args
    const callId = looseName(metadata.tool_call_id) ?? `event_${looseName(event.id) ?? this.rows.count}`
    const message = looseObject(looseObject(looseObjects(response.choices)[0]).message)
    const called = looseObjects(message.tool_calls).find(({ id }) => id === callId)
    const answer = looseName(response.id)
    this.rows.addToAnswer(event, at, {
      answer,
      text: looseName(message.content) ?? asText(thought),
      reasoning: looseName(message.reasoning_content),
      call: {
        id: callId,
        name: looseName(metadata.function_name) ?? action,
        arguments: asText(looseObject(called?.function).arguments ?? given),
      },
      usage: () => this.usageOf(event, response),
    })
  }

  private takeObservation(event: Json, at: string): void {
    const observation = looseName(event.observation) ?? 'unknown'
    const extras = looseObject(event.extras)
    if (quiet.has(observation)) {
      this.rows.leftOut.add(`${observation} events`)
      return
    }
    const callId = looseName(looseObject(event.tool_call_metadata).tool_call_id)
    const cause = looseName(event.cause)
    const isKnown = callId !== null || cause !== null
    this.rows.push(event, at, {
      role: isKnown ? 'TOOL' : 'SYSTEM',
      content: asText(event.content),
      ...(isKnown ? { toolCallId: callId ?? `event_${cause}` } : {}),
      ...(isKnown ? { isError: observation === 'error' ? true : exitFailure(extras) } : {}),
      metadata: metadataOf(FORMAT, { observation, extras: Object.keys(extras).length > 0 ? extras : null }),
    })
  }

  /** Tokens of the answer, or what those of the run have grown by; its cost is what the run's cost has grown by. */
  private usageOf(event: Json, response: Json): SourceUsage | null {
    this.stats.take({ usage_to_metrics: { agent: event.llm_metrics } })
    this.rows.setModel(looseName(response.model) ?? this.stats.model)
    const grown = this.stats.of(null)
    return isObject(response.usage) ? apiUsage(response.usage, grown?.costUsd) : grown
  }
}
