import { overlay } from '../../db/overlay.js'
import type { Store } from '../../db/prisma.js'

/** Runs everything in one transaction, also what would open transactions of its own. */
export function atOnce<T>(store: Store, work: (whole: Store) => Promise<T>): Promise<T> {
  return store.$transaction(
    (db) => {
      const join = (inner: (whole: Store) => unknown) => inner(whole)
      const whole = overlay(db, { $transaction: join, transact: join }) as unknown as Store
      return work(whole)
    },
    { timeout: 120_000, maxWait: 10_000 },
  )
}
