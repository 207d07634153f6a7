import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'

/**
 * What a server ends a transaction with to let another one go on: a deadlock, of one server or of a cluster, a change that came
 * first, and a shard that moved to another node in the midst of it.
 */
const undoneStates: ReadonlySet<string | undefined> = new Set(['40P01', '40001', 'CIINF'])
/** What a cluster says as an internal error where the row's shard moved on, and those that its trigger writes to are elsewhere. */
const undoneWords = /^cannot execute a distributed query from a query on a shard$/

/** What a transaction holds is not as it was, as when it lies on another node meanwhile; thrown by whoever notices. */
export class NoLongerHeld extends Error {
  override name = 'NoLongerHeld'
}

const TRIES = 4
/** At most, before the second try; twice as long before each further one. */
const PAUSE_MS = 20

/** Does again, a few times, a statement or transaction that the server has undone as a whole for the sake of another one. */
export async function againWhenUndone<Result>(act: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried++) {
    try {
      return await act()
    } catch (error) {
      if (tried === TRIES || !isUndone(error)) throw error
      await sleep(Math.random() * PAUSE_MS * 2 ** tried)
    }
  }
}

function isUndone(error: unknown): boolean {
  if (!(error instanceof pg.DatabaseError)) return error instanceof NoLongerHeld
  return undoneStates.has(error.code) || undoneWords.test(error.message)
}
