import { randomBytes } from 'node:crypto'
import { longer } from './longer.js'

/** Clients choose the ids of sessions, and must not know which of them meet in a slot. */
const seeds = Array.from({ length: 4 }, () => randomBytes(4).readInt32BE() | 1) as [
  number,
  number,
  number,
  number,
]

/** Rows by the uuid of their session. A uuid is four words, as `readWords` gives them. */
export class IdTable {
  /** The words of each row's uuid. */
  #ids: Uint32Array
  /** One more than the row; zero where nothing is. */
  #slots: Uint32Array
  #count = 0

  constructor(capacity: number) {
    this.#ids = new Uint32Array(capacity * 4)
    this.#slots = new Uint32Array(slotsFor(capacity))
  }

  get memory(): number {
    return this.#ids.byteLength + this.#slots.byteLength
  }

  grow(capacity: number): void {
    this.#ids = longer(this.#ids, capacity * 4)
  }

  /** The row of a uuid; -1 when it has none. */
  find(bytes: Buffer, at: number): number {
    return (this.#slots[this.#slotOf(bytes, at)] as number) - 1
  }

  /** The uuid of a row, as hex digits. */
  hexOf(row: number): string {
    return [...this.#ids.subarray(row * 4, row * 4 + 4)]
      .map((word) => word.toString(16).padStart(8, '0'))
      .join('')
  }

  add(bytes: Buffer, at: number, row: number): void {
    for (let word = 0; word < 4; word++) this.#ids[row * 4 + word] = bytes.readUInt32BE(at + word * 4)
    this.#slots[this.#slotOf(bytes, at)] = row + 1
    if (++this.#count * 3 > this.#slots.length * 2) this.#spread()
  }

  /** Takes a uuid out; rows behind its slot that would not be found any more move up. */
  remove(bytes: Buffer, at: number): void {
    const slots = this.#slots
    const mask = slots.length - 1
    let gap = this.#slotOf(bytes, at)
    if (slots[gap] === 0) return
    this.#count--
    for (let slot = (gap + 1) & mask; slots[slot] !== 0; slot = (slot + 1) & mask) {
      const first = this.#firstSlot((slots[slot] as number) - 1, mask)
      if (((slot - first) & mask) >= ((slot - gap) & mask)) {
        slots[gap] = slots[slot] as number
        gap = slot
      }
    }
    slots[gap] = 0
  }

  #slotOf(bytes: Buffer, at: number): number {
    const ids = this.#ids
    const slots = this.#slots
    const mask = slots.length - 1
    const a = bytes.readUInt32BE(at)
    const b = bytes.readUInt32BE(at + 4)
    const c = bytes.readUInt32BE(at + 8)
    const d = bytes.readUInt32BE(at + 12)
    let slot = mix(a, b, c, d) & mask
    for (;;) {
      const position = ((slots[slot] as number) - 1) * 4
      if (position < 0) return slot
      if (
        ids[position] === a &&
        ids[position + 1] === b &&
        ids[position + 2] === c &&
        ids[position + 3] === d
      )
        return slot
      slot = (slot + 1) & mask
    }
  }

  #firstSlot(row: number, mask: number): number {
    const ids = this.#ids
    const position = row * 4
    return (
      mix(
        ids[position] as number,
        ids[position + 1] as number,
        ids[position + 2] as number,
        ids[position + 3] as number,
      ) & mask
    )
  }

  #spread(): void {
    const rows = this.#slots.filter((row) => row !== 0)
    this.#slots = new Uint32Array(this.#slots.length * 2)
    const mask = this.#slots.length - 1
    for (const row of rows) {
      let slot = this.#firstSlot(row - 1, mask)
      while (this.#slots[slot] !== 0) slot = (slot + 1) & mask
      this.#slots[slot] = row
    }
  }
}

function slotsFor(capacity: number): number {
  let slots = 64
  while (capacity * 3 > slots * 2) slots *= 2
  return slots
}

function mix(a: number, b: number, c: number, d: number): number {
  let mixed = Math.imul(a ^ seeds[0], 0x9e3779b1)
  mixed = Math.imul((mixed ^ (mixed >>> 15)) + (b ^ seeds[1]), 0x85ebca6b)
  mixed = Math.imul((mixed ^ (mixed >>> 13)) + (c ^ seeds[2]), 0xc2b2ae35)
  mixed = Math.imul((mixed ^ (mixed >>> 16)) + (d ^ seeds[3]), 0x27d4eb2f)
  return mixed ^ (mixed >>> 15)
}
