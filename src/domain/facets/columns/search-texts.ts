import type { Slices } from '../../slices.js'
import { longer } from './longer.js'

/** Texts lie in pages of this size, so that none is ever copied to make room; a text lies in one page whole. */
const PAGE_BYTES = 2 ** 20
/** Begins an entry; no byte of UTF-8. Five bytes of the row's number follow, which begin no character. */
const MARK = 0xff
const HEADER_BYTES = 6

/** Where a text may have to be found: both parts, or one of them. */
export type TextPart = 'either' | 'before' | 'behind'

/**
 * A folded text for each row, to be searched from end to end: two parts with a separator between, which neither part nor
 * what is searched for contains. At most 4 GiB of them.
 */
export class SearchTexts {
  readonly #pages: Buffer[] = []
  /** How far each page is filled. */
  readonly #ends: number[] = []
  /** One more than where the row's entry begins; zero for none. */
  #starts: Uint32Array
  #live = 0
  #waste = 0

  constructor(
    capacity: number,
    private readonly separator: number,
  ) {
    this.#starts = new Uint32Array(capacity)
  }

  get memory(): number {
    return this.#starts.byteLength + this.#pages.reduce((sum, { length }) => sum + length, 0)
  }

  /** Whether more than half of it are texts that were replaced. */
  get isWorn(): boolean {
    return this.#waste > 2 * PAGE_BYTES && this.#waste > this.#live
  }

  /** Takes the text between two places as the row's. */
  put(row: number, from: Buffer, start: number, end: number): void {
    this.clear(row)
    const size = HEADER_BYTES + end - start
    let last = this.#pages.length - 1
    if (last < 0 || (this.#ends[last] as number) + size > (this.#pages[last] as Buffer).length) {
      this.#pages.push(Buffer.allocUnsafeSlow(Math.max(PAGE_BYTES, size)))
      this.#ends.push(0)
      last++
    }
    const page = this.#pages[last] as Buffer
    const at = this.#ends[last] as number
    const position = last * PAGE_BYTES + at + 1
    if (position >= 2 ** 32) throw new RangeError('More than 4 GiB of texts')
    page[at] = MARK
    for (let index = 1, rest = row; index < HEADER_BYTES; index++, rest = Math.floor(rest / 64))
      page[at + index] = 0x80 | (rest & 63)
    from.copy(page, at + HEADER_BYTES, start, end)
    this.#ends[last] = at + size
    this.#starts[row] = position
    this.#live += size
  }

  /** The text of a row; null for none. */
  of(row: number): Buffer | null {
    const position = this.#starts[row] as number
    if (position === 0) return null
    const index = Math.floor((position - 1) / PAGE_BYTES)
    const at = (position - 1) % PAGE_BYTES
    return (this.#pages[index] as Buffer).subarray(at + HEADER_BYTES, this.#endOf(index, at))
  }

  clear(row: number): void {
    const position = this.#starts[row] as number
    if (position === 0) return
    this.#starts[row] = 0
    const index = Math.floor((position - 1) / PAGE_BYTES)
    const at = (position - 1) % PAGE_BYTES
    const size = this.#endOf(index, at) - at
    this.#live -= size
    this.#waste += size
  }

  grow(capacity: number): void {
    this.#starts = longer(this.#starts, capacity)
  }

  /** Marks the rows that have a text in this part; others get the thread in between. */
  async mark(needle: Buffer, part: TextPart, marks: Uint8Array, slices: Slices): Promise<void> {
    for (const [index, page] of this.#pages.entries()) {
      const filled = page.subarray(0, this.#ends[index])
      for (let hit = filled.indexOf(needle); hit >= 0; ) {
        // Texts are short: stepping to their ends is quicker than to have them searched for.
        let begin = hit
        let isBehind = false
        for (; filled[begin] !== MARK; begin--) isBehind ||= filled[begin] === this.separator
        const row = rowAt(filled, begin)
        const isLive = this.#starts[row] === index * PAGE_BYTES + begin + 1
        const isThere = part === 'either' || isBehind === (part === 'behind')
        if (isLive && isThere) marks[row] = 1
        // One more may follow in the other part of the same text.
        let next = hit + 1
        if (!isLive || isThere) while (next < filled.length && filled[next] !== MARK) next++
        hit = next >= filled.length ? -1 : filled.indexOf(needle, next)
        if (slices.isOverByStep) await slices.rest()
      }
      if (slices.isOver) await slices.rest()
    }
  }

  /** Where the entry that begins here ends. */
  #endOf(index: number, begin: number): number {
    const end = this.#ends[index] as number
    const next = (this.#pages[index] as Buffer).subarray(0, end).indexOf(MARK, begin + 1)
    return next < 0 ? end : next
  }
}

function rowAt(page: Buffer, begin: number): number {
  let row = 0
  for (let index = HEADER_BYTES - 1; index > 0; index--)
    row = row * 64 + ((page[begin + index] as number) & 63)
  return row
}
