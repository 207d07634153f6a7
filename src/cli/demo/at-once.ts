import { overlay } from '../../db/overlay.js'
import type { ModelStore } from '../../db/prisma.js'

/** Runs everything in one transaction, also what would open transactions of its own. */
export function atOnce<T>(store: ModelStore, work: (whole: ModelStore) => Promise<T>): Promise<T> {
  return store.$transaction(
    (db) => {
      const join = (inner: (whole: ModelStore) => unknown) => inner(whole)
      // What a transaction lacks of a store, demo data do not use.
      const whole = overlay(db, { $transaction: join, transact: join }) as unknown as ModelStore
      return work(whole)
    },
    { timeout: 120_000, maxWait: 10_000 },
  )
}
