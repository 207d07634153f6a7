import { type Counts, withCount } from './counts.js'
import { longer } from './longer.js'
import type { RecordReader } from './record.js'

/** A column of whole numbers. */
export class NumberColumn {
  /** NaN for null. */
  values: Counts

  constructor(capacity: number) {
    this.values = new Uint8Array(capacity)
  }

  get memory(): number {
    return this.values.byteLength
  }

  /** Takes in the reader's next field. */
  put(row: number, field: RecordReader): void {
    this.values = withCount(this.values, row, field.next() ? field.int8() : Number.NaN)
  }

  grow(capacity: number): void {
    this.values = longer(this.values, capacity)
  }
}
