import { setImmediate } from 'node:timers/promises'
import { currentWork, type Work } from '../work.js'
import { noteSlow } from './slow-statement.js'
import type { Db, Sql, Store } from './sql.js'
import { Turns } from './turns.js'

/**
 * The statements and transactions of a store that runs one at a time. What runs cannot be cancelled there; what waits for
 * a request that is over leaves, and a transaction of one ends with its next statement.
 */
export function oneAtATime(
  { transact, ...statements }: Pick<Store, 'transact'> & Db,
  slowMs: number,
): Pick<Store, 'transact'> & Db {
  const turns = new Turns({ total: 1, perOwner: 1, perWork: 1, patienceMs: null })
  const inTurn = async <Result>(act: (work: Work | null) => Promise<Result>): Promise<Result> => {
    const work = currentWork()
    const endTurn = await turns.take(work)
    try {
      return await act(work)
    } finally {
      // Statements run on this thread: in between it hears of new requests, and of clients that hang up.
      if (turns.waiting > 0) await setImmediate()
      endTurn()
    }
  }
  return {
    $queryRaw: (statement) => inTurn(() => timed(statements, slowMs).$queryRaw(statement)),
    $executeRaw: (statement) => inTurn(() => timed(statements, slowMs).$executeRaw(statement)),
    transact: (use) =>
      inTurn((work) =>
        transact(async (db) => {
          const watched = timed(db, slowMs)
          const result = await use(work === null ? watched : checking(watched, work))
          work?.check()
          return result
        }),
      ),
  }
}

function timed(db: Db, slowMs: number): Db {
  const inTime = async <Result>({ text }: Sql, run: () => Promise<Result>): Promise<Result> => {
    const startedAt = performance.now()
    try {
      return await run()
    } finally {
      noteSlow(text, startedAt, slowMs)
    }
  }
  return {
    $queryRaw: <Rows>(statement: Sql) => inTime(statement, () => db.$queryRaw<Rows>(statement)),
    $executeRaw: (statement) => inTime(statement, () => db.$executeRaw(statement)),
  }
}

function checking(db: Db, work: Work): Db {
  return {
    $queryRaw: async <Rows>(statement: Parameters<Db['$queryRaw']>[0]) => {
      work.check()
      return db.$queryRaw<Rows>(statement)
    },
    $executeRaw: async (statement) => {
      work.check()
      return db.$executeRaw(statement)
    },
  }
}
