import { types as of, type PGlite, type Results, type Transaction } from '@electric-sql/pglite'
import { Decimal } from '@prisma/client/runtime/client'
import { rowsOf } from './row-shapes.js'
import { type Db, isPrepared, type Sql, type Store } from './sql.js'
import { createStatementNames } from './statement-names.js'
import { literalOf, readMoment, readTexts, TEXTS } from './values.js'

/** The columns whose raw values are not what PGlite makes of them by itself. */
const parsers = {
  [of.INT8]: BigInt,
  [of.NUMERIC]: (text: string) => new Decimal(text),
  [of.TIMESTAMPTZ]: readMoment,
  [of.BYTEA]: (text: string) => Buffer.from(text.slice(2), 'hex'),
  [TEXTS]: readTexts,
}
const options = { rowMode: 'array', parsers } as const

type Runs = Pick<Transaction, 'query' | 'exec'>

/**
 * Raw statements and transactions on PGlite, with the values that Prisma would give: its own path costs more than most statements.
 * Statements that are marked by `prepare` and come again are planned once.
 */
export function embeddedStatements(
  pglite: PGlite,
  onStatement: ((statement: string) => void) | undefined,
): Db & Pick<Store, 'transact'> {
  const nameOf = createStatementNames()
  const prepared = new Set<string>()

  /** Runs by name, with its values as literals, which takes one message where PGlite sends five; undefined where it cannot. */
  const runPrepared = async (on: Runs, { text, values }: Sql): Promise<Results<unknown[]> | undefined> => {
    const literals = values.map(literalOf)
    const name = literals.includes(null) ? undefined : nameOf(text)
    if (name === undefined) return undefined
    if (!prepared.has(name)) {
      await on.exec(`prepare ${name} as ${text}`)
      prepared.add(name)
    }
    const given = literals.length === 0 ? '' : `(${literals.join(', ')})`
    const [result] = await on.exec(`execute ${name}${given}`, options)
    return result as Results<unknown[]>
  }

  const statementsOn = (on: Runs): Db => {
    const run = async (statement: Sql): Promise<Results<unknown[]>> => {
      onStatement?.(statement.text)
      const found = isPrepared(statement) ? await runPrepared(on, statement) : undefined
      return found ?? on.query<unknown[]>(statement.text, statement.values.map(toValue), options)
    }
    return {
      $queryRaw: async <Rows>(statement: Sql) => {
        const { fields, rows } = await run(statement)
        return rowsOf(fields, rows) as Rows
      },
      $executeRaw: async (statement) => (await run(statement)).affectedRows ?? 0,
    }
  }
  return {
    ...statementsOn(pglite),
    transact: (work) => pglite.transaction((transaction) => work(statementsOn(transaction))),
  }
}

/** As PGlite takes it. */
function toValue(value: unknown): unknown {
  if (value instanceof Date) return value.toISOString()
  return value instanceof Decimal ? value.toFixed() : value
}
