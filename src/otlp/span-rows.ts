import type { SpanMessage } from './span-messages.js'
import type { SpanRow } from './span-row.js'

/** Rows of a conversation in their order, which are found by what they are and say without a look at all of them. */
export class SpanRows {
  readonly #rows: SpanRow[] = []
  /** Ordered as the rows are, so that a row tells its position. */
  readonly #ranks = new Map<SpanRow, number>()
  readonly #byName = new Map<string, SpanRow[]>()
  #latestMs = 0

  get rows(): readonly SpanRow[] {
    return this.#rows
  }

  insert(position: number, row: SpanRow): void {
    this.#ranks.set(row, this.#rankAt(position))
    this.#rows.splice(position, 0, row)
    for (const name of namesOf(row)) {
      const named = this.#byName.get(name)
      if (named === undefined) this.#byName.set(name, [row])
      else named.splice(this.#firstFrom(named, this.#rankOf(row)), 0, row)
    }
    this.#latestMs = Math.max(this.#latestMs, row.timeMs)
  }

  remove(position: number): void {
    const [row] = this.#rows.splice(position, 1)
    if (row === undefined) return
    for (const name of namesOf(row)) {
      const named = this.#byName.get(name) ?? []
      named.splice(this.#firstFrom(named, this.#rankOf(row)), 1)
      if (named.length === 0) this.#byName.delete(name)
    }
    this.#ranks.delete(row)
  }

  replace(position: number, row: SpanRow): void {
    this.remove(position)
    this.insert(position, row)
  }

  positionOf(row: SpanRow): number {
    return this.#firstFrom(this.#rows, this.#rankOf(row))
  }

  /** Those of one name in their order. */
  named(name: string): readonly SpanRow[] {
    return this.#byName.get(name) ?? []
  }

  /** Whether any says the same as a message. */
  says(message: SpanMessage): boolean {
    return askedOf(message).some((name) => this.#byName.has(name))
  }

  /** The first row from a position on that says the same, stands in for no other and is fit; -1 for none. */
  find(message: SpanMessage, position: number, isFit: (row: SpanRow) => boolean = () => true): number {
    const from = this.#rows[position]
    if (from === undefined) return -1
    const rank = this.#rankOf(from)
    const found = askedOf(message).flatMap((name) => {
      const named = this.named(name)
      for (let at = this.#firstFrom(named, rank); at < named.length; at++) {
        const row = named[at]
        if (row !== undefined && !row.implied && isFit(row)) return [this.positionOf(row)]
      }
      return []
    })
    return found.length === 0 ? -1 : Math.min(...found)
  }

  /** Before the first row from a position on that is later. */
  positionInTime(from: number, timeMs: number): number {
    if (timeMs >= this.#latestMs) return Math.max(from, this.#rows.length)
    let position = from
    while (position < this.#rows.length && (this.#rows[position]?.timeMs ?? 0) <= timeMs) position += 1
    return position
  }

  #rankOf(row: SpanRow): number {
    return this.#ranks.get(row) ?? 0
  }

  /** A number between those of the neighbours; all get new ones where there is none left. */
  #rankAt(position: number): number {
    const [before, after] = [this.#rows[position - 1], this.#rows[position]]
    if (before === undefined) return after === undefined ? 0 : this.#rankOf(after) - 1
    if (after === undefined) return this.#rankOf(before) + 1
    const between = (this.#rankOf(before) + this.#rankOf(after)) / 2
    if (between > this.#rankOf(before) && between < this.#rankOf(after)) return between
    for (const [index, row] of this.#rows.entries()) this.#ranks.set(row, index)
    return position - 0.5
  }

  /** The place of the first whose rank is at least this. */
  #firstFrom(rows: readonly SpanRow[], rank: number): number {
    let [low, high] = [0, rows.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#rankOf(rows[middle] as SpanRow) < rank) low = middle + 1
      else high = middle
    }
    return low
  }
}

const wordsByMessage = new WeakMap<SpanMessage, string>()

function wordsOf(message: SpanMessage): string {
  const before = wordsByMessage.get(message)
  if (before !== undefined) return before
  const calls = message.toolCalls.map(({ id, name }) => id || name)
  const words = JSON.stringify([message.role, message.text.trim(), ...calls])
  wordsByMessage.set(message, words)
  return words
}

const ofCall = (id: string) => `call ${id}`
const withoutCall = (words: string) => `no call ${words}`
/** The name of the row with this key. */
export const byKey = (key: string) => `key ${key}`
/** The name of rows that are this span's own. */
export const bySpan = (spanId: string) => `span ${spanId}`
/** The name of rows that make this call. */
export const byCall = (id: string) => `calls ${id}`
/** The name of rows that answer this call, in whatever role. */
export const byAnsweredCall = (id: string) => `answers ${id}`

function namesOf(row: SpanRow): Set<string> {
  const words = wordsOf(row)
  const names = new Set([words, byKey(row.key), ...row.toolCalls.map(({ id }) => byCall(id))])
  if (row.spanId !== null) names.add(bySpan(row.spanId))
  if (row.toolCallId !== null) names.add(byAnsweredCall(row.toolCallId))
  if (row.role === 'tool') names.add(row.toolCallId === null ? withoutCall(words) : ofCall(row.toolCallId))
  return names
}

/** Of a result its call tells which it is, where both sides name one; else its words do, as of all others. */
function askedOf(message: SpanMessage): string[] {
  const words = wordsOf(message)
  if (message.role !== 'tool' || message.toolCallId === null) return [words]
  return [ofCall(message.toolCallId), withoutCall(words)]
}
