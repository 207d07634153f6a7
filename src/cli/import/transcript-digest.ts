import { createHash } from 'node:crypto'

/** What makes a row the same row, wherever it is read from. */
export interface RowContent {
  role: string
  content: string
  toolCallId: string | null
  toolCalls: readonly { id: string; name: string; arguments: string }[] | null
}

const DIGEST_BYTES = 16

/** A digest of one row. */
export function digestRow({ role, content, toolCallId, toolCalls }: RowContent): string {
  const calls = toolCalls?.map(({ id, name, arguments: text }) => [id, name, text]) ?? null
  return createHash('sha256')
    .update(JSON.stringify([role, content, toolCallId, calls]))
    .digest('hex')
    .slice(0, DIGEST_BYTES * 2)
}

/** Digests of the rows of a transcript, 16 bytes each: of every row alone, and of every beginning. */
export class TranscriptDigest {
  readonly #rows = new DigestList()
  readonly #beginnings = new DigestList()

  /** How many rows there are. */
  get length(): number {
    return this.#rows.length
  }

  add(rowDigest: string): void {
    const before = this.at(this.length - 1)
    this.#rows.push(Buffer.from(rowDigest, 'hex'))
    this.#beginnings.push(
      createHash('sha256')
        .update(before + rowDigest)
        .digest(),
    )
  }

  /** The digest of the rows up to this index, as hex digits; empty before the first. */
  at(index: number): string {
    return this.#beginnings.at(index)
  }

  /** The digest of the row with this index alone. */
  rowAt(index: number): string {
    return this.#rows.at(index)
  }
}

/** Many digests in one buffer, as a long transcript has hundreds of thousands. */
class DigestList {
  #bytes = Buffer.alloc(64 * DIGEST_BYTES)
  length = 0

  push(digest: Buffer): void {
    const end = (this.length + 1) * DIGEST_BYTES
    if (end > this.#bytes.length) this.#bytes = Buffer.concat([this.#bytes], this.#bytes.length * 2)
    digest.copy(this.#bytes, this.length * DIGEST_BYTES, 0, DIGEST_BYTES)
    this.length += 1
  }

  at(index: number): string {
    if (index < 0 || index >= this.length) return ''
    return this.#bytes.toString('hex', index * DIGEST_BYTES, (index + 1) * DIGEST_BYTES)
  }
}
