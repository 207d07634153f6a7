import { type Format, piecesOf } from '../format.js'
import {
  isObject,
  type SourceDefaults,
  type SourceMessage,
  type SourcePicture,
  type SourceSession,
  Unreadable,
} from '../source.js'
import { pictureAt, readBlocks } from './content-blocks.js'
import { isoTime } from './iso-time.js'
import { LeftOutTally } from './left-out.js'
import {
  asText,
  type Json,
  looseName,
  looseNumber,
  looseObject,
  looseObjects,
  membersBut,
  metadataOf,
} from './loose.js'
import { startContext } from './start-context.js'
import { titleFrom } from './title.js'
import { apiUsage } from './token-usage.js'

const FORMAT = 'openhands'
/** Events of the harness's own. */
const quiet = new Set([
  'null',
  'recall',
  'agent_state_changed',
  'change_agent_state',
  'pause',
  'condensation_request',
])
const runMembers = new Set(['history', 'trajectory', 'events', 'instance_id'])

/** Events of OpenHands: one list, or one a line. */
export const openHandsEvents: Format = {
  title: 'OpenHands trajectory',
  input: 'file',
  recognizes: ({ values, shape }) => (shape !== 'object' || values.length > 1) && isEvents(values),
  read: (records, defaults) =>
    piecesOf([readRun({ history: [...records].map(({ value }) => value) }, defaults)]),
}

/** Results of OpenHands' evaluations, which hold the events of a run. */
export const openHandsRuns: Format = {
  title: 'OpenHands result',
  input: 'value',
  recognizes: ({ values: [first] }) => isObject(first) && eventsOf(first) !== null,
  name: ({ value, number }) => looseName(looseObject(value).instance_id) ?? `run ${number}`,
  read: ({ value }, defaults) => [readRun(looseObject(value), defaults)],
}

function isEvents(values: unknown): boolean {
  return Array.isArray(values) && values.length > 0 && values.some(isEvent) && values.every(isObject)
}

function isEvent(value: unknown): boolean {
  if (!isObject(value) || !('source' in value)) return false
  return 'action' in value || 'observation' in value || /^[A-Z]\w+Event$/.test(String(value.kind))
}

function eventsOf(run: Json): readonly unknown[] | null {
  const found = [run.history, run.trajectory, run.events].find(isEvents)
  return Array.isArray(found) ? found : null
}

function readRun(run: Json, defaults: SourceDefaults): SourceSession {
  const task = looseName(run.instance_id)
  const reader = new EventReader(defaults.agent ?? FORMAT)
  for (const [index, event] of (eventsOf(run) ?? looseObjects(run.history)).entries())
    if (isObject(event)) reader.take(event, `event ${index + 1}`)
  if (reader.messages.length === 0) throw new Unreadable('it has no messages')
  const title = titleFrom(reader.messages.find(({ role }) => role === 'USER')?.content)
  const agent = defaults.agent ?? FORMAT
  const told = looseName(looseObject(looseObject(run.metadata).llm_config).model) ?? defaults.model
  return {
    name: task === null ? 'trajectory' : `task ${task}`,
    identity: { by: 'content', beside: [FORMAT, task ?? ''] },
    title,
    titleSource: title === null ? null : 'MACHINE',
    agent,
    model: reader.firstModel ?? told ?? '',
    startContext: startContext({ model: told }, agent, reader.systemPrompt),
    systemPrompt: reader.systemPrompt,
    origin: defaults.origin ?? (task === null ? 'USER' : 'EVAL'),
    labels: { ...(task === null ? {} : { task: [task] }), ...defaults.labels },
    metadata: metadataOf(FORMAT, membersBut(run, runMembers) ?? {}),
    leftOut: reader.leftOut.list(),
    messages: reader.messages,
  }
}

/** Rows of events. Several actions may come of one answer of the model: they are one row, whose usage counts once. */
class EventReader {
  readonly messages: SourceMessage[] = []
  readonly leftOut = new LeftOutTally()
  systemPrompt: string | null = null
  firstModel: string | null = null
  private readonly answers = new Map<string, SourceMessage>()
  private model: string | null = null
  private spentUsd = 0

  constructor(private readonly agent: string) {}

  take(event: Json, at: string): void {
    if (typeof event.kind === 'string') this.takeKind(event, event.kind, at)
    else if ('observation' in event && event.observation !== undefined) this.takeObservation(event, at)
    else this.takeAction(event, looseObject(event.args), at)
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
    const callId = looseName(metadata.tool_call_id) ?? `event_${looseName(event.id) ?? this.messages.length}`
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
      known.toolCalls = [...(known.toolCalls ?? []), call]
      return
    }
    this.model = looseName(response.model) ?? this.model
    this.firstModel ??= this.model
    this.push(event, at, {
      role: 'ASSISTANT',
      content: text,
      toolCalls: [call],
      usage: this.usageOf(event, response),
      ...(reasoning === null ? {} : { reasoning }),
    })
    const pushed = this.messages.at(-1)
    if (answer !== null && pushed !== undefined) this.answers.set(answer, pushed)
  }

  /** Tokens of the answer; its cost is what the run's cost has grown by. */
  private usageOf(event: Json, response: Json) {
    const spentUsd = looseNumber(looseObject(event.llm_metrics).accumulated_cost)
    const costUsd = spentUsd === null ? null : Math.max(0, spentUsd - this.spentUsd)
    this.spentUsd = spentUsd ?? this.spentUsd
    return apiUsage(response.usage, isObject(response.usage) ? costUsd : null)
  }

  private push(event: Json, at: string, message: SourceMessage): void {
    const createdAt = isoTime(event.timestamp)
    this.messages.push({
      at,
      ...(createdAt === null ? {} : { createdAt }),
      ...(this.model === null ? {} : { context: { model: this.model, agent: this.agent } }),
      ...message,
    })
  }
}

function withPictures(pictures: readonly SourcePicture[]) {
  return pictures.length > 0 ? { pictures } : {}
}
