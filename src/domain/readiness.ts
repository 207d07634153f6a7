import { type Db, sql } from '../db/sql.js'
import { noRoom, readFailure, readOnly } from './failure.js'

/** How long a store that had no room for a write is taken to have none: nothing but a write can tell. */
const NO_ROOM_MS = 10_000

/** Whether requests can be served, and if not, why. */
export interface Readiness {
  /** Told of every failure of the store. */
  note(error: unknown): void
  /** Null when the store reads and writes, else a sentence; throws what is no expected failure. */
  check(): Promise<string | null>
}

/** Whether the store only reads: a standby, or one that is set so. */
export async function takesNoWrites(db: Db): Promise<boolean> {
  const [row] = await db.$queryRaw<{ closed: boolean }[]>(
    sql`select current_setting('transaction_read_only')::boolean as closed`,
  )
  return row?.closed === true
}

/** Tells whether the store answers, and of late had room to write. */
export function createReadiness(db: Db): Readiness {
  let noRoomAt = Number.NEGATIVE_INFINITY
  return {
    note: (error) => {
      if (readFailure(error)?.message === noRoom.message) noRoomAt = performance.now()
    },
    check: async () => {
      try {
        if (await takesNoWrites(db)) return readOnly.message
      } catch (error) {
        const failure = readFailure(error)
        if (failure === null) throw error
        return failure.message
      }
      return performance.now() - noRoomAt < NO_ROOM_MS ? noRoom.message : null
    },
  }
}
