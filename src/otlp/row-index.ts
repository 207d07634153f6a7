import type { SpanMessage } from './span-messages.js'
import type { SpanRow } from './span-row.js'

/** How many rows are looked at one by one: what is told again mostly stands in its order. */
const NEAR = 64

/** Finds the row of each message of a span without a look at all of them for each. */
export class RowIndex {
  readonly #rows: readonly SpanRow[]
  /** By what rows say; made when it is needed. */
  #positions: Map<string, number[]> | null = null
  /** How far each list of places has been looked at: whoever asks only ever goes on. */
  readonly #passed = new Map<string, number>()
  /** Rows that were put before all that is still to be found. */
  #shift = 0

  constructor(rows: readonly SpanRow[]) {
    this.#rows = rows
  }

  /** Says that a row was put before the position from which is asked next. */
  shift(): void {
    this.#shift += 1
  }

  /** Says that rows changed their places, so that positions may go back. */
  forget(): void {
    this.#positions = null
  }

  /** The first row from a position on that says the same, stands in for no other and is fit; -1 for none. Positions never go back, and what is fit never grows. */
  find(message: SpanMessage, position: number, isFit: (row: SpanRow) => boolean = () => true): number {
    const near = Math.min(position + NEAR, this.#rows.length)
    for (let at = position; at < near; at++) {
      const row = this.#rows[at]
      if (row !== undefined && !row.implied && isFit(row) && isSame(row, message)) return at
    }
    if (near === this.#rows.length) return -1
    const found = askedOf(message).map((name) => this.#next(name, position, isFit))
    return found.reduce((least, at) => (least === -1 || (at !== -1 && at < least) ? at : least), -1)
  }

  #index(): Map<string, number[]> {
    const positions = new Map<string, number[]>()
    for (const [index, row] of this.#rows.entries())
      if (!row.implied)
        for (const name of namesOf(row)) {
          const there = positions.get(name)
          if (there === undefined) positions.set(name, [index])
          else there.push(index)
        }
    this.#passed.clear()
    this.#shift = 0
    return positions
  }

  #next(name: string, position: number, isFit: (row: SpanRow) => boolean): number {
    this.#positions ??= this.#index()
    const positions = this.#positions.get(name) ?? []
    for (let at = this.#passed.get(name) ?? 0; at < positions.length; at++) {
      const index = (positions[at] ?? 0) + this.#shift
      const row = this.#rows[index]
      if (index >= position && row !== undefined && isFit(row)) return index
      this.#passed.set(name, at + 1)
    }
    return -1
  }
}

/** Of a result its call tells which it is, where both sides name one; else its words do, as of all others. */
export function isSame(row: SpanRow, message: SpanMessage): boolean {
  const names = namesOf(row)
  return askedOf(message).some((name) => names.includes(name))
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

function namesOf(row: SpanRow): string[] {
  const words = wordsOf(row)
  if (row.role !== 'tool') return [words]
  return [words, row.toolCallId === null ? withoutCall(words) : ofCall(row.toolCallId)]
}

function askedOf(message: SpanMessage): string[] {
  const words = wordsOf(message)
  if (message.role !== 'tool' || message.toolCallId === null) return [words]
  return [ofCall(message.toolCallId), withoutCall(words)]
}
