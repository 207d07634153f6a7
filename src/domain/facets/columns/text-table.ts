import { randomBytes } from 'node:crypto'
import { longer } from './longer.js'

/** Callers choose the texts, and must not know which of them meet in a slot. */
const seed = randomBytes(4).readInt32BE()

/** Tables with more texts than this make strings of them each time. */
const MAX_SHOWN = 20_000

/** Texts by number, and numbers by text: what a column of codes stands for. Zero is no text; numbers stay what they are. */
export class TextTable {
  /** One more than the greatest number. */
  size = 1
  #bytes: Buffer
  #ends: Uint32Array
  #slots: Uint32Array
  readonly #shown: (string | undefined)[] = []
  readonly #ranks = new TextRanks((a, b) => this.compare(a, b))

  constructor() {
    this.#bytes = Buffer.allocUnsafeSlow(1024)
    this.#ends = new Uint32Array(64)
    this.#slots = new Uint32Array(128)
  }

  /** What it takes up, in bytes, strings that were shown aside. */
  get memory(): number {
    return this.#bytes.length + this.#ends.byteLength + this.#slots.byteLength
  }

  /** The number of a text, given as UTF-8 or as other bytes; a new one for a new text. */
  add(from: Buffer, start: number, end: number): number {
    const slot = this.#slotOf(from, start, end)
    const taken = this.#slots[slot] as number
    return taken === 0 ? this.#append(slot, from, start, end) : taken
  }

  /** The number of a text that is there; zero when it is not. */
  find(text: Buffer): number {
    return this.#slots[this.#slotOf(text, 0, text.length)] as number
  }

  bytesOf(code: number): Buffer {
    return this.#bytes.subarray(this.#ends[code - 1], this.#ends[code])
  }

  /** Orders two texts by code points, which is the order of their bytes. */
  compare(a: number, b: number): number {
    const bytes = this.#bytes
    let [left, right] = [this.#ends[a - 1] as number, this.#ends[b - 1] as number]
    const [leftEnd, rightEnd] = [this.#ends[a] as number, this.#ends[b] as number]
    for (; left < leftEnd && right < rightEnd; left++, right++) {
      const more = (bytes[left] as number) - (bytes[right] as number)
      if (more !== 0) return more
    }
    return leftEnd - left - (rightEnd - right)
  }

  /** The ranks of the texts in that order, by number; null where they are very many. */
  get ranks(): Uint32Array | null {
    return this.#ranks.upTo(this.size)
  }

  /** The text of a number. It stays at hand: the same ones are shown again and again. */
  textOf(code: number): string {
    const shown = this.#shown[code]
    if (shown !== undefined) return shown
    const text = this.bytesOf(code).toString('utf8')
    if (this.size < MAX_SHOWN) this.#shown[code] = text
    return text
  }

  /** The bytes of a number as hex digits, where they are a uuid. */
  hexOf(code: number): string {
    const shown = this.#shown[code] ?? this.bytesOf(code).toString('hex')
    if (this.size < MAX_SHOWN) this.#shown[code] = shown
    return shown
  }

  #slotOf(from: Buffer, start: number, end: number): number {
    const slots = this.#slots
    const mask = slots.length - 1
    let slot = hash(from, start, end) & mask
    for (;;) {
      const code = slots[slot] as number
      if (code === 0 || this.#equals(code, from, start, end)) return slot
      slot = (slot + 1) & mask
    }
  }

  #equals(code: number, from: Buffer, start: number, end: number): boolean {
    const bytes = this.#bytes
    let at = this.#ends[code - 1] as number
    if ((this.#ends[code] as number) - at !== end - start) return false
    for (let index = start; index < end; index++, at++) if (bytes[at] !== from[index]) return false
    return true
  }

  #append(slot: number, from: Buffer, start: number, end: number): number {
    const code = this.size++
    const begin = this.#ends[code - 1] as number
    const stop = begin + end - start
    if (stop > this.#bytes.length) {
      const larger = Buffer.allocUnsafeSlow(Math.max(stop, this.#bytes.length + (this.#bytes.length >> 1)))
      this.#bytes.copy(larger, 0, 0, begin)
      this.#bytes = larger
    }
    if (code === this.#ends.length) this.#ends = longer(this.#ends, code + (code >> 1))
    from.copy(this.#bytes, begin, start, end)
    this.#ends[code] = stop
    this.#slots[slot] = code
    if (code * 3 > this.#slots.length * 2) this.#spread()
    return code
  }

  #spread(): void {
    const slots = new Uint32Array(this.#slots.length * 2)
    const mask = slots.length - 1
    for (let code = 1; code < this.size; code++) {
      let slot = hash(this.#bytes, this.#ends[code - 1] as number, this.#ends[code] as number) & mask
      while (slots[slot] !== 0) slot = (slot + 1) & mask
      slots[slot] = code
    }
    this.#slots = slots
  }
}

function hash(bytes: Buffer, start: number, end: number): number {
  let mixed = seed
  for (let index = start; index < end; index++) {
    mixed = Math.imul(mixed ^ (bytes[index] as number), 0x5bd1e995)
    mixed ^= mixed >>> 15
  }
  mixed = Math.imul(mixed, 0x2c1b3c6d)
  return mixed ^ (mixed >>> 13)
}

/** Beyond so many texts putting them in order would hold up others. */
const MAX_RANKED = 8192
/** So many new ones are put in between; of more all are sorted. */
const FEW = 32

/** The ranks of texts in their order, by number: a page of many values compares each of them a dozen times. */
export class TextRanks {
  readonly #inOrder: number[] = []
  #ranks = new Uint32Array(1)

  constructor(private readonly compare: (a: number, b: number) => number) {}

  /** The rank of each text below this number; null where they are too many. */
  upTo(size: number): Uint32Array | null {
    if (size > MAX_RANKED) return null
    if (size === this.#ranks.length) return this.#ranks
    const first = this.#inOrder.length + 1
    for (let code = first; code < size; code++)
      if (size - first > FEW) this.#inOrder.push(code)
      else this.#inOrder.splice(this.#rankOf(code), 0, code)
    if (size - first > FEW) this.#inOrder.sort(this.compare)
    this.#ranks = new Uint32Array(size)
    for (const [rank, code] of this.#inOrder.entries()) this.#ranks[code] = rank
    return this.#ranks
  }

  #rankOf(code: number): number {
    let [low, high] = [0, this.#inOrder.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.compare(this.#inOrder[middle] as number, code) < 0) low = middle + 1
      else high = middle
    }
    return low
  }
}
