/**
 * Positions in the log of a database: its timeline, which a promoted standby begins anew, and behind it PostgreSQL's own position.
 * All of a later timeline comes after all of an earlier one that is still there.
 */
const FORM = /^([0-9a-f]{1,8})-([0-9a-f]{1,8})\/([0-9a-f]{1,8})$/i

/** The position that a text such as `1-0/16B3748` names; null for a text that names none. */
export function readPosition(text: string): bigint | null {
  const [, timeline, high, low] = FORM.exec(text) ?? []
  if (timeline === undefined) return null
  return (BigInt(`0x${timeline}`) << 64n) | (BigInt(`0x${high}`) << 32n) | BigInt(`0x${low}`)
}

/** The text of a position. */
export function writePosition(position: bigint): string {
  const hex = (part: bigint) => part.toString(16).toUpperCase()
  return `${hex(position >> 64n)}-${hex((position >> 32n) & 0xffff_ffffn)}/${hex(position & 0xffff_ffffn)}`
}

const PAGE_BYTES = 8192n
const PAGE_HEADER_BYTES = 24n

/** Where the last record ends: the position to insert at stands behind the header of a page that has no record yet. */
export function endOfRecords(insertAt: bigint): bigint {
  return insertAt % PAGE_BYTES === PAGE_HEADER_BYTES ? insertAt - PAGE_HEADER_BYTES : insertAt
}
