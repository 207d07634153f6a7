import { Decimal } from '@prisma/client/runtime/client'
import pg from 'pg'
import { currentWork } from '../work.js'
import type { PrismaClient } from './generated/client/client.js'
import type { Lend, Lent } from './lending.js'
import { overlay } from './overlay.js'
import { rowsOf } from './row-shapes.js'
import { type Db, isPrepared, isPreparedWithValues, type ModelStore, type Sql, type Store } from './sql.js'
import { createNamesWithValues, createStatementNames } from './statement-names.js'
import { Turns } from './turns.js'
import { againWhenUndone } from './undone.js'
import { readMoment, readTexts, TEXTS } from './values.js'

const { builtins, getTypeParser } = pg.types

/** One connection in so many may be busy with copies. */
const COPIES_OF_POOL = 5

/** The columns whose raw values are not what the driver makes of them by itself. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: BigInt,
  [builtins.NUMERIC]: (text) => new Decimal(text),
  [builtins.TIMESTAMPTZ]: readMoment,
  [TEXTS]: readTexts,
}

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? getTypeParser(oid, format),
}

/** Rows come as lists of values: see `rowsOf`. */
const rowMode = 'array' as const

export interface DirectOptions {
  lend: Lend
  /** Whether statements may be prepared under names: behind a pooler the next transaction is another process's. */
  namesStatements: boolean
  onStatement?: ((statement: string) => void) | undefined
  isSharded: boolean
}

/** A store whose raw statements and transactions go straight to the pool: Prisma's own path costs several times the statement. */
export function withDirectStatements(
  client: PrismaClient,
  pool: pg.Pool,
  options: DirectOptions,
): ModelStore {
  return overlay(client, directStatements(pool, options))
}

/**
 * Raw statements and transactions on a pool, with the values that Prisma would give. Statements that are marked by `prepare`
 * and come again are prepared once a connection, and those marked by `prepareWithValues` where the same values come again.
 */
export function directStatements(
  pool: pg.Pool,
  { lend, namesStatements, onStatement, isSharded }: DirectOptions,
): Store {
  const nameOf = createStatementNames()
  const nameWithValues = createNamesWithValues()
  const statementsOn = (connection: Pick<Lent, 'run' | 'runWithValues'>): Db => {
    const run = (statement: Sql) => {
      const { text, values } = statement
      onStatement?.(text)
      if (namesStatements && isPreparedWithValues(statement)) {
        const whole = nameWithValues(statement)
        if (whole !== undefined) return connection.runWithValues({ ...whole, types, rowMode }, text)
      }
      const name = namesStatements && isPrepared(statement) ? nameOf(text) : undefined
      return connection.run({ text, values, types, rowMode, ...(name === undefined ? {} : { name }) })
    }
    return {
      $queryRaw: async <Rows>(statement: Sql) => {
        const { fields, rows } = await run(statement)
        return rowsOf(fields, rows) as Rows
      },
      $executeRaw: async (statement) => (await run(statement)).rowCount ?? 0,
    }
  }
  const transact: Store['transact'] = (work) =>
    againWhenUndone(() => inTransaction(lend, (connection) => work(statementsOn(connection))))
  // They last: some at once leave connections to everybody else.
  const most = Math.ceil(pool.options.max / COPIES_OF_POOL)
  const copies = new Turns({ total: most, perOwner: most, perWork: most, patienceMs: null })
  const copyOut = (query: string) => copyFrom(lend, copies, query)
  return {
    ...statementsOn({
      run: (statement) => againWhenUndone(() => lend((connection) => connection.run(statement))),
      runWithValues: (statement, shown) =>
        againWhenUndone(() => lend((connection) => connection.runWithValues(statement, shown))),
    }),
    transact,
    copyOut,
    rowsACopy: Number.POSITIVE_INFINITY,
    isSharded,
  }
}

/** A copy takes as long as it takes; it ends with whoever reads it, and with the request that it is for. */
async function* copyFrom(lend: Lend, copies: Turns, query: string): AsyncGenerator<Buffer> {
  const endTurn = await copies.take(currentWork())
  try {
    const { connection, giveBack } = await lend.hold()
    try {
      await connection.run({ text: 'begin; set local statement_timeout = 0' })
      yield* connection.copy(query)
      await connection.runToEnd('commit')
    } finally {
      await giveBack()
    }
  } finally {
    endTurn()
  }
}

/** Runs work in a transaction on a connection of its own, undone when it throws or its request is over before the end. */
function inTransaction<Result>(lend: Lend, work: (connection: Lent) => Promise<Result>): Promise<Result> {
  return lend(async (connection) => {
    await connection.run({ text: 'begin' })
    let result: Result
    try {
      result = await work(connection)
      // Whose request is over writes nothing; what is being committed is not cancelled, and so is whole.
      connection.check()
    } catch (error) {
      await connection.runToEnd('rollback').catch(() => {})
      throw error
    }
    await connection.runToEnd('commit')
    return result
  })
}
