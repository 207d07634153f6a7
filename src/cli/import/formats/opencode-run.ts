import type { Format, SourceRecord } from '../format.js'
import { isObject, Unreadable } from '../source.js'
import { LeftOutTally } from './left-out.js'
import { type Json, looseName, looseNumber, looseObject } from './loose.js'
import { readExport } from './opencode.js'
import { opencodeEvent } from './opencode-members.js'

/** What `opencode run --format json` prints: the parts of answers as they end, without what was asked and the model. */
export const opencodeRun: Format = {
  title: 'stream of opencode run',
  input: 'file',
  recognizes: ({ shape, values }) => shape !== 'array' && values.some(isEvent),
  *read(records, defaults) {
    let leftOut = new LeftOutTally()
    const events = eventsOf(records, (what) => leftOut.add(what))
    let number = 0
    let next = events.next()
    if (next.done) throw new Unreadable('it has no events')
    while (!next.done) {
      const id = String(next.value.sessionID)
      const session = function* (): Generator<Json> {
        for (; !next.done && next.value.sessionID === id; next = events.next()) {
          leftOut.addUnread(next.value, opencodeEvent)
          yield next.value
        }
      }
      number += 1
      yield* readExport({ info: { id }, messages: messagesOf(session()) }, number, defaults, leftOut)
      leftOut = new LeftOutTally()
    }
  },
}

const eventTypes = new Set(['step_start', 'step_finish', 'tool_use', 'text', 'reasoning', 'error'])

function isEvent(value: unknown): value is Json {
  return (
    isObject(value) &&
    eventTypes.has(String(value.type)) &&
    looseName(value.sessionID) !== null &&
    (isObject(value.part) || value.type === 'error')
  )
}

function* eventsOf(records: Iterable<SourceRecord>, leave: (what: string) => void): Generator<Json> {
  for (const { value } of records)
    if (isEvent(value)) yield value
    else leave(isObject(value) ? `${looseName(value.type) ?? 'unknown'} events` : 'lines that are no events')
}

/** Messages as an export has them: parts of one message follow each other, and those without its id end with their step. */
function* messagesOf(events: Iterable<Json>): Generator<Json> {
  let parts: Json[] = []
  let begun: unknown = null
  let isOver = false
  for (const { part: given, type, timestamp, error } of events) {
    const part = looseObject(given)
    const isOther = part.messageID === undefined ? isOver : part.messageID !== parts[0]?.messageID
    if (parts.length > 0 && (isOther || type === 'error')) {
      yield answerOf(parts, begun, isOver || type === 'error')
      parts = []
    }
    if (type === 'error') yield faultOf(error, timestamp)
    else {
      if (parts.length === 0) begun = timestamp
      parts.push(part)
      isOver = type === 'step_finish'
    }
  }
  if (parts.length > 0) yield answerOf(parts, begun, isOver)
}

function answerOf(parts: Json[], created: unknown, isOver: boolean): Json {
  const steps = parts.filter(({ type }) => type === 'step-finish')
  const costs = steps.flatMap(({ cost }) => looseNumber(cost) ?? [])
  const info = {
    ...{ id: parts[0]?.messageID, role: 'assistant', tokens: steps[0]?.tokens },
    time: { created, ...(isOver ? { completed: created } : {}) },
    ...(costs.length > 0 ? { cost: costs.reduce((sum, cost) => sum + cost, 0) } : {}),
  }
  return { info, parts }
}

/** What went wrong, as a text of the harness. */
function faultOf(error: unknown, created: unknown): Json {
  const { name, data, message } = looseObject(error)
  const text = looseName(looseObject(data).message) ?? looseName(message) ?? looseName(name) ?? 'Error'
  return {
    info: { role: 'system', time: { created }, event: 'error', name },
    parts: [{ type: 'text', text, synthetic: true }],
  }
}
