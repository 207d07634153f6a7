import { LRUCache } from 'lru-cache'
import type { Replica } from './replica.js'

/** Keys that are remembered one by one. */
const MOST = 20_000
const NEVER = Number.NEGATIVE_INFINITY

/** What a key has written and seen: where it reads next must have that. */
export interface Reader {
  /** A position in the log behind what it wrote, and behind what it has seen elsewhere than at `from`. */
  position: bigint
  /** When it last wrote, or saw something elsewhere, whose position is not known yet; `performance.now()`. */
  unsettledAt: number
  /** The replica that it read from last, and when. */
  from: Replica | null
  readAt: number
}

/** Keeps what each key of this process has written and seen. */
export class Readers {
  /** What keys that are forgotten had: it holds for every key that is not known. */
  readonly #forgotten: Reader = { position: 0n, unsettledAt: NEVER, from: null, readAt: NEVER }
  readonly #readers = new LRUCache<string, Reader>({
    max: MOST,
    dispose: ({ position, unsettledAt, readAt }) => {
      const forgotten = this.#forgotten
      if (position > forgotten.position) forgotten.position = position
      forgotten.unsettledAt = Math.max(forgotten.unsettledAt, unsettledAt, readAt)
    },
  })

  of(key: string): Reader {
    const before = this.#readers.get(key)
    if (before !== undefined) return before
    const reader = { ...this.#forgotten }
    this.#readers.set(key, reader)
    return reader
  }

  /** It wrote, or read from the primary. */
  sawPrimary(key: string, at: number): void {
    const reader = this.of(key)
    reader.unsettledAt = Math.max(reader.unsettledAt, at)
  }

  sawReplica(key: string, replica: Replica, at: number): void {
    const reader = this.of(key)
    if (reader.from !== null && reader.from !== replica)
      reader.unsettledAt = Math.max(reader.unsettledAt, reader.readAt)
    reader.from = replica
    reader.readAt = at
  }
}

/** When the position is to be known of what a reader has seen elsewhere than at the replica; null where it is known. */
export function unsettledFor({ unsettledAt, from, readAt }: Reader, replica: Replica): number | null {
  const moment = Math.max(unsettledAt, from === null || from === replica ? NEVER : readAt)
  return moment === NEVER ? null : moment
}

/** Takes in that all that the reader had seen by a moment is before a position. */
export function settle(reader: Reader, moment: number, position: bigint): void {
  if (position > reader.position) reader.position = position
  if (reader.unsettledAt <= moment) reader.unsettledAt = NEVER
}
