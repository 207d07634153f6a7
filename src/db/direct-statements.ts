import { Decimal } from '@prisma/client/runtime/client'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { PrismaClient } from './generated/client/client.js'
import type { Lend, Lent } from './lending.js'
import { overlay } from './overlay.js'
import { type Db, isPrepared, type Sql, type Store } from './prisma.js'
import { createStatementNames } from './statement-names.js'
import { inTransaction } from './transaction.js'
import { readMoment, readPlainTexts } from './values.js'

const { builtins, getTypeParser } = pg.types

/** The type `text[]`, which the driver knows without a name. */
const TEXTS: number = 1009
const readTexts = getTypeParser(TEXTS)

/** The columns whose raw values are not what the driver makes of them by itself. */
const parsers: Readonly<Record<number, (text: string) => unknown>> = {
  [builtins.INT8]: BigInt,
  [builtins.NUMERIC]: (text) => new Decimal(text),
  [builtins.TIMESTAMPTZ]: readMoment,
  [TEXTS]: (text) => readPlainTexts(text) ?? readTexts(text),
}

const types = {
  getTypeParser: (oid: number, format?: 'text' | 'binary') => parsers[oid] ?? getTypeParser(oid, format),
}

export interface DirectOptions {
  lend: Lend
  /** Whether statements may be prepared under names: behind a pooler the next transaction is another process's. */
  namesStatements: boolean
  onStatement?: ((statement: string) => void) | undefined
}

/**
 * A store whose raw statements and transactions go straight to the pool, with the values that Prisma would give: its own
 * path costs several times the statement. Statements that are marked by `prepare` and come again are prepared once a connection.
 */
export function withDirectStatements(
  client: PrismaClient,
  pool: pg.Pool,
  { lend, namesStatements, onStatement }: DirectOptions,
): Store {
  const nameOf = createStatementNames()
  const statementsOn = (connection: Pick<Lent, 'run'>): Db => {
    const run = (statement: Sql) => {
      const { text, values } = statement
      onStatement?.(text)
      const name = namesStatements && isPrepared(statement) ? nameOf(text) : undefined
      return connection.run({ text, values, types, ...(name === undefined ? {} : { name }) })
    }
    return {
      $queryRaw: async <Rows>(statement: Sql) => (await run(statement)).rows as Rows,
      $executeRaw: async (statement) => (await run(statement)).rowCount ?? 0,
    }
  }
  const transact: Store['transact'] = (work) =>
    inTransaction(lend, (connection) => work(statementsOn(connection)))
  const copyOut = (query: string) => copyFrom(pool, query)
  return overlay(client, {
    ...statementsOn({ run: (statement) => lend((connection) => connection.run(statement)) }),
    transact,
    copyOut,
    rowsACopy: Number.POSITIVE_INFINITY,
  }) as Store
}

/** A copy takes as long as it takes; it ends with whoever reads it. */
async function* copyFrom(pool: pg.Pool, query: string): AsyncGenerator<Buffer> {
  const connection = await pool.connect()
  let fault: Error | undefined = new Error('the copy was not read to its end')
  const noteFault = (error: Error) => {
    fault = error
  }
  connection.on('error', noteFault)
  try {
    await connection.query('begin; set local statement_timeout = 0')
    for await (const chunk of connection.query(copyTo(`copy (${query}) to stdout (format binary)`)))
      yield chunk as Buffer
    await connection.query('commit')
    fault = undefined
  } finally {
    connection.off('error', noteFault)
    connection.release(fault)
  }
}
