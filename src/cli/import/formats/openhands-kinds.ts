import { readBlocks } from './content-blocks.js'
import { asText, type Json, looseName, looseObject, looseObjects, membersBut, metadataOf } from './loose.js'
import { kindMembers } from './openhands-members.js'
import { type EventRows, exitFailure, FORMAT, withPictures } from './openhands-rows.js'
import type { ConversationStats } from './openhands-stats.js'

/** Takes in an event of the newer agent server, which names its kind. */
export function takeKind(
  rows: EventRows,
  stats: ConversationStats,
  event: Json,
  kind: string,
  at: string,
): void {
  rows.leftOut.addUnread(event, kindMembers)
  const reader = readers[kind]
  if (reader === undefined) rows.leftOut.add(`${kind}s`)
  else reader({ rows, stats, event, at })
}

const observedMembers = new Set(['content', 'output', 'is_error', 'error'])

type Reader = (taken: { rows: EventRows; stats: ConversationStats; event: Json; at: string }) => void

const readers: Record<string, Reader> = {
  SystemPromptEvent({ rows, event }) {
    const prompts = [event.system_prompt, event.dynamic_context].flatMap(
      (part) => looseName(looseObject(part).text) ?? [],
    )
    rows.systemPrompt ??= looseName(prompts.join('\n\n'))
  },
  MessageEvent({ rows, stats, event, at }) {
    const message = looseObject(event.llm_message)
    const { role } = message
    const { text, pictures, reasoning } = readParts(message.content)
    if (role === 'assistant') {
      const answer = looseName(event.llm_response_id)
      const thoughts = thoughtsOf(message) ?? reasoning
      const usage = () => stats.of(answer)
      rows.addToAnswer(event, at, { answer, text, reasoning: thoughts, call: null, usage })
      return
    }
    const speaker = role === 'user' ? 'USER' : 'SYSTEM'
    const added = readBlocks(event.extended_content).text
    rows.push(event, at, {
      role: speaker,
      content: text,
      ...withPictures(pictures),
      metadata: metadataOf(FORMAT, { extended_content: added === '' ? null : added }),
    })
  },
  ActionEvent({ rows, stats, event, at }) {
    const call = looseObject(event.tool_call)
    const answer = looseName(event.llm_response_id)
    rows.addToAnswer(event, at, {
      answer,
      text: readBlocks(event.thought).text,
      reasoning: thoughtsOf(event),
      call: {
        id: looseName(event.tool_call_id) ?? looseName(call.id) ?? '',
        name: looseName(event.tool_name) ?? looseName(call.name) ?? 'unknown',
        arguments: asText(call.arguments ?? looseObject(call.function).arguments ?? event.action ?? {}),
      },
      usage: () => stats.of(answer),
    })
  },
  ObservationEvent({ rows, event, at }) {
    const observation = looseObject(event.observation)
    const { text, pictures } = readParts(observation.content ?? observation.output)
    const others = membersBut(observation, observedMembers)
    rows.push(event, at, {
      role: 'TOOL',
      content: text,
      toolCallId: looseName(event.tool_call_id),
      isError: failureOf(observation),
      ...withPictures(pictures),
      metadata: metadataOf(FORMAT, { observation: others }),
    })
  },
  AgentErrorEvent: ({ rows, event, at }) => pushRefusal(rows, event, at, asText(event.error)),
  UserRejectObservation: ({ rows, event, at }) =>
    pushRefusal(rows, event, at, asText(event.rejection_reason ?? event.rejection)),
  ACPToolCallEvent({ rows, stats, event, at }) {
    // It is told again as it goes on: its end has what it was called with and what came of it.
    if (event.status !== 'completed' && event.status !== 'failed') return
    const id = looseName(event.tool_call_id) ?? ''
    const name = looseName(event.tool_kind) ?? looseName(event.title) ?? 'unknown'
    const call = { id, name, arguments: asText(event.raw_input ?? {}) }
    rows.addToAnswer(event, at, {
      ...{ answer: null, text: '', reasoning: null, call, usage: () => stats.of(null) },
    })
    const isError = event.status === 'failed' || event.is_error === true
    const said = readBlocks(looseObjects(event.content).map((part) => part.content)).text
    const content = event.raw_output == null ? said : asText(event.raw_output)
    rows.push(event, at, { role: 'TOOL', content, toolCallId: id, isError })
  },
  Condensation({ rows, event, at }) {
    const summary = looseName(event.summary)
    const { forgotten_event_ids: forgotten } = event
    if (summary === null) rows.leftOut.add('condensations without a summary')
    else
      rows.push(event, at, {
        ...{ role: 'SYSTEM', content: summary },
        metadata: metadataOf(FORMAT, {
          forgotten_events: Array.isArray(forgotten) ? forgotten.length : null,
        }),
      })
  },
  ConversationErrorEvent({ rows, event, at }) {
    const content = [event.code, event.detail].map(asText).filter((part) => part !== '')
    rows.push(event, at, { role: 'SYSTEM', content: content.join(': ') })
  },
  PauseEvent: ({ rows, event, at }) => rows.push(event, at, { role: 'SYSTEM', content: 'Paused' }),
  InterruptEvent: ({ rows, event, at }) => rows.push(event, at, { role: 'SYSTEM', content: 'Interrupted' }),
  ConversationStateUpdateEvent({ rows, stats, event, at }) {
    const isWhole = event.key === 'full_state'
    const state = isWhole ? looseObject(event.value) : { [String(event.key)]: event.value }
    takeState(rows, stats, state)
    // Errors and pauses have events of their own.
    if (state.execution_status === 'stuck' && !isWhole)
      rows.push(event, at, { role: 'SYSTEM', content: 'The run is stuck' })
    else if (!isWhole && state.stats === undefined) rows.leftOut.add('changes of state')
  },
}

/** Takes in what a state of a conversation tells of models and usage. */
export function takeState(rows: EventRows, stats: ConversationStats, state: Json): void {
  stats.take(state.stats, rows.count === 0 && 'agent' in state)
  rows.addUsages((answer) => stats.reported(answer))
  rows.setModel(stats.model ?? looseName(looseObject(looseObject(state.agent).llm).model))
}

function pushRefusal(rows: EventRows, event: Json, at: string, content: string): void {
  rows.push(event, at, { role: 'TOOL', content, toolCallId: looseName(event.tool_call_id), isError: true })
}

/** Content of messages, whose parts may hold several pictures. */
function readParts(content: unknown): ReturnType<typeof readBlocks> {
  return readBlocks(Array.isArray(content) ? content.flatMap(picturesApart) : content)
}

function picturesApart(part: unknown): unknown {
  const urls = textsIn(looseObject(part).image_urls)
  return urls.length === 0 ? part : urls.map((url) => ({ type: 'image_url', image_url: { url } }))
}

/** What the model thought, in whichever way its provider tells it. */
function thoughtsOf({ reasoning_content, thinking_blocks, responses_reasoning_item }: Json): string | null {
  const { summary, content } = looseObject(responses_reasoning_item)
  const items = [...textsIn(summary), ...textsIn(content)].join('\n\n')
  return looseName(reasoning_content) ?? readBlocks(thinking_blocks).reasoning ?? looseName(items)
}

function textsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((text) => typeof text === 'string') : []
}

/** Whether an observation says that it failed; null where it does not say. */
function failureOf(observation: Json): boolean | null {
  const failed = observation.is_error ?? observation.error
  if (failed === true) return true
  return exitFailure(observation) ?? (typeof failed === 'boolean' ? failed : null)
}
