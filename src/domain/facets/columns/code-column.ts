import { type Codes, widened } from './counts.js'
import { longer } from './longer.js'
import type { RecordReader } from './record.js'
import { TextTable } from './text-table.js'

/** A column of texts, or of other bytes: the number of each row's in the table. */
export class CodeColumn {
  readonly table = new TextTable()
  /** Zero for null. */
  codes: Codes

  constructor(capacity: number) {
    this.codes = new Uint8Array(capacity)
  }

  get memory(): number {
    return this.table.memory + this.codes.byteLength
  }

  /** Takes in the reader's next field. */
  put(row: number, field: RecordReader): void {
    const code = field.next() ? this.table.add(field.bytes, field.start, field.start + field.length) : 0
    if (code >= 256 ** this.codes.BYTES_PER_ELEMENT) this.codes = widened(this.codes, code)
    this.codes[row] = code
  }

  grow(capacity: number): void {
    this.codes = longer(this.codes, capacity)
  }
}
