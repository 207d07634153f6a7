import type { Store } from '../../db/prisma.js'

/** Runs everything in one transaction, also what would open transactions of its own. */
export function atOnce<T>(store: Store, work: (whole: Store) => Promise<T>): Promise<T> {
  return store.$transaction(
    (db) => {
      const whole: Store = new Proxy(db as Store, {
        get: (target, name) =>
          name === '$transaction'
            ? (inner: (db: Store) => unknown) => inner(whole)
            : Reflect.get(target, name),
      })
      return work(whole)
    },
    { timeout: 120_000, maxWait: 10_000 },
  )
}
