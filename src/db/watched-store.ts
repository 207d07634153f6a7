import { overlay } from './overlay.js'
import type { Store } from './prisma.js'

/** A store that tells of every failure of its statements and transactions, whoever asked for them. */
export function watchFailures(store: Store, onFailure: (error: unknown) => void): Store {
  const telling = <Result>(work: Promise<Result>): Promise<Result> => {
    work.then(undefined, onFailure)
    return work
  }
  return overlay(store, {
    $queryRaw: (statement: never) => telling(store.$queryRaw(statement)),
    $executeRaw: (statement: never) => telling(store.$executeRaw(statement)),
    transact: (work: never) => telling(store.transact(work)),
  }) as Store
}
