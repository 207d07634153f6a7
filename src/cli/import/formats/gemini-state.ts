import type { ValueStore } from '../file/value-store.js'
import { isList, isObject } from '../source.js'
import { geminiLine } from './gemini-members.js'
import { LeftOutTally } from './left-out.js'
import { eachObject, type Json, looseName, looseObject, looseObjects } from './loose.js'

const messageTypes = new Set(['user', 'gemini', 'qwen', 'assistant', 'info', 'error', 'warning'])

/**
 * What the lines of a session's file tell. A message told again counts as it was told last, at its first place. What a rewind
 * took back, or a shortened history no longer holds, was said nevertheless, and stays.
 */
export class GeminiState {
  readonly leftOut = new LeftOutTally()
  record: Json = {}
  /** By message id: where it waits, as it was told last. */
  private readonly positions = new Map<string, number>()
  private unnamed = 0

  constructor(private readonly waiting: ValueStore<Json>) {}

  take(value: unknown): void {
    this.leftOut.addUnread(value, geminiLine)
    if (!isObject(value)) this.leftOut.add('lines that are no records')
    else if (messageTypes.has(String(value.type))) this.put(value)
    else if (typeof value.$rewindTo === 'string') this.leftOut.add('rewinds')
    else this.takeMembers(isObject(value.$set) ? value.$set : value)
  }

  /** The messages, in the order in which they were told first. */
  *messages(): Generator<Json> {
    for (const position of this.positions.values()) yield this.waiting.get(position)
  }

  private takeMembers({ messages, ...members }: Json): void {
    this.record = { ...this.record, ...members }
    if (!isList(messages)) return
    const isFirst = this.positions.size === 0
    let dropped = isFirst ? [] : [...this.positions.keys()]
    const kept = new Set<string>()
    const added: Json[] = []
    for (const message of eachObject(messages)) {
      const id = looseName(message.id)
      const seen = id === null ? undefined : this.positions.get(id)
      if (id !== null && seen !== undefined && !isFirst) {
        kept.add(id)
        this.positions.set(id, this.waiting.put(mergedWith(this.waiting.get(seen), message)))
      } else if (isFirst) this.put(message)
      else added.push(message)
    }
    dropped = dropped.filter((id) => !kept.has(id))
    const [summary, ...others] = added
    // A history that was shortened begins with a summary of what it no longer holds.
    if (summary?.type === 'user' && dropped.length > 0) this.put({ ...summary, summarizes: dropped })
    else if (summary !== undefined) this.put(summary)
    for (const message of others) this.put(message)
  }

  private put(message: Json): void {
    this.positions.set(looseName(message.id) ?? `#${this.unnamed++}`, this.waiting.put(message))
  }
}

/** A message that a history tells anew, whose content holds what its calls hold already, and whose results may be masked. */
function mergedWith(seen: Json, reported: Json): Json {
  const calls = new Map(looseObjects(reported.toolCalls).map((call) => [looseName(call.id), call]))
  const before = looseObjects(seen.toolCalls)
  const merged = before.map((call) => {
    const again = looseObject(calls.get(looseName(call.id)))
    calls.delete(looseName(call.id))
    return { ...again, ...call }
  })
  const toolCalls = [...merged, ...calls.values()]
  return { ...reported, ...seen, ...(toolCalls.length > 0 ? { toolCalls } : {}) }
}
