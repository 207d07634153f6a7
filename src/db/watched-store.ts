import type { Sql, Store } from './sql.js'

/** A store that tells of every failure of its statements and transactions, whoever asked for them. */
export function watchFailures(store: Store, onFailure: (error: unknown) => void): Store {
  const telling = <Result>(work: Promise<Result>): Promise<Result> => {
    work.then(undefined, onFailure)
    return work
  }
  // A plain object: every look at one that is laid over another is a call of each below it.
  return {
    $queryRaw: <Rows>(statement: Sql) => telling(store.$queryRaw<Rows>(statement)),
    $executeRaw: (statement) => telling(store.$executeRaw(statement)),
    transact: (work) => telling(store.transact(work)),
    copyOut: (query) => store.copyOut(query),
    rowsACopy: store.rowsACopy,
    isSharded: store.isSharded,
  }
}
