import { join, raw, type Sql, sql } from '../../../db/sql.js'
import { heldFields } from '../../session/field-kinds.js'
import { columnOf } from '../../session/fields.js'
import { titleAndPreview } from '../../session/search.js'

const state = sql`((case s.visibility when 'workspace' then 2 else 1 end) + (case when s.archived_at is null then 0 else 4 end)
  + (case when s.frozen_at is null then 0 else 8 end))::int2`

const fields: Sql = join([
  columnOf('id'),
  sql`${columnOf('origin')}::text`,
  state,
  ...(['createdAt', 'lastMessageAt', 'totalCostUsd'] as const).map(columnOf),
  ...heldFields.codes.map(columnOf),
  ...heldFields.numbers.map((name) => sql`${columnOf(name)}::int8`),
  ...heldFields.lists.map(columnOf),
])

/**
 * What columns hold of a session `s`, in PostgreSQL's binary form, in the order in which `WorkspaceColumns.put` takes it;
 * its texts at the end where they are searched.
 */
export const recordOfSession = (withTexts: boolean): Sql =>
  sql`record_send(row(${fields}${withTexts ? sql`, ${titleAndPreview}` : raw('')}))`

/** Microseconds between 1970 and 2000, where PostgreSQL begins to count. */
const BEGIN_MS = 946_684_800_000

/** Reads the fields of one record, one after the other. */
export class RecordReader {
  bytes: Buffer = Buffer.alloc(0)
  at = 0
  /** Where the field's value begins, and how long it is; -1 for null. */
  start = 0
  length = 0

  /** Fields that are left. */
  left = 0

  /** Begins with the record at this place: past its number of fields. */
  open(bytes: Buffer, at: number): void {
    this.bytes = bytes
    this.left = bytes.readInt32BE(at)
    this.at = at + 4
  }

  /** Goes on to the next field; false when it is null. */
  next(): boolean {
    this.left--
    this.length = this.bytes.readInt32BE(this.at + 4)
    this.start = this.at + 8
    this.at = this.start + Math.max(this.length, 0)
    return this.length >= 0
  }

  int2(): number {
    return this.bytes.readInt16BE(this.start)
  }

  /** A whole number; exact up to 2^53. */
  int8(): number {
    return this.bytes.readInt32BE(this.start) * 2 ** 32 + this.bytes.readUInt32BE(this.start + 4)
  }

  /** Milliseconds since 1970. */
  moment(): number {
    const high = this.bytes.readInt32BE(this.start)
    if (high === 0x7fffffff) return Number.POSITIVE_INFINITY
    if (high === -0x80000000) return Number.NEGATIVE_INFINITY
    return (high * 2 ** 32 + this.bytes.readUInt32BE(this.start + 4)) / 1000 + BEGIN_MS
  }

  /** A decimal of at most 12 places as millionths, and what is left in millionths of these; millionths are exact up to 2^53. */
  decimal(): { millionths: number; rest: number } {
    const { bytes, start } = this
    const groups = bytes.readInt16BE(start)
    const weight = bytes.readInt16BE(start + 2)
    let units = 0
    let millionths = 0
    let rest = 0
    for (let index = 0; index < groups; index++) {
      const group = bytes.readInt16BE(start + 8 + index * 2)
      const position = weight - index
      if (position >= 0) units = units + group * 10_000 ** position
      else if (position === -1) millionths += group * 100
      else if (position === -2) {
        millionths += Math.floor(group / 100)
        rest += (group % 100) * 10_000
      } else if (position === -3) rest += group
    }
    const sign = bytes.readUInt16BE(start + 4) === 0x4000 ? -1 : 1
    return { millionths: sign * (units * 1e6 + millionths), rest: sign * rest }
  }

  /** Calls back with each text of an array, as a stretch of `bytes`; nulls are passed over. */
  eachText(take: (bytes: Buffer, start: number, end: number) => void): void {
    const { bytes, start } = this
    if (bytes.readInt32BE(start) === 0) return
    let count = 1
    const dimensions = bytes.readInt32BE(start)
    for (let index = 0; index < dimensions; index++) count *= bytes.readInt32BE(start + 12 + index * 8)
    let at = start + 12 + dimensions * 8
    for (let index = 0; index < count; index++) {
      const length = bytes.readInt32BE(at)
      at += 4
      if (length < 0) continue
      take(bytes, at, at + length)
      at += length
    }
  }
}
