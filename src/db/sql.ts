import { join, raw, type Sql, sqltag } from '@prisma/client/runtime/client'
import type { Prisma, PrismaClient } from './generated/client/client.js'

export { empty, join, raw, type Sql } from '@prisma/client/runtime/client'
export type {
  Annotation,
  ApiKey,
  AuditEntry,
  Message,
  Organization,
  Pin,
  Project,
  RetentionRule,
  SavedFilter,
  Session,
  SessionGroup,
  User,
  Workspace,
} from './generated/client/client.js'
export * from './generated/client/enums.js'
export { NoLongerHeld } from './undone.js'

/** What runs raw statements, inside or outside a transaction. */
export interface Db {
  $queryRaw<Rows = unknown>(statement: Sql): Promise<Rows>
  /** Gives how many rows it wrote. */
  $executeRaw(statement: Sql): Promise<number>
}

/** As `Db`, with Prisma's methods for models. */
export type ModelDb = PrismaClient | Prisma.TransactionClient

/**
 * What runs statements and opens transactions. All of it is counted in the share of the key that asks and ends with its
 * request, as Prisma's own methods do not: whoever serves requests is given this.
 */
export interface Store extends Db {
  /** Runs work in one transaction, undone when it throws; again from its begin where a deadlock undid it, so that it keeps nothing outside. */
  transact<Result>(work: (db: Db) => Promise<Result>): Promise<Result>
  /** Streams `COPY (query) TO STDOUT` in binary form, for as long as it takes; the query has no parameters. */
  copyOut(query: string): AsyncIterable<Buffer>
  /** How many rows one `copyOut` had better give: where all statements share one thread, a long one holds up the others. */
  rowsACopy: number
  /** Whether organizations lie on shards: what has to go on by itself asks for one organization a statement then. */
  isSharded: boolean
}

/** A store with Prisma's methods for models, for the command line: nobody waits beside it. */
export type ModelStore = PrismaClient & Store

/** Composes SQL; every interpolated value becomes a parameter. */
export const sql: typeof sqltag = sqltag

/** A number in the text of a statement: PostgreSQL plans for it, where a parameter leaves a prepared one guessing. */
export function literal(value: number): Sql {
  return raw(String(value))
}

/** On the statement itself: a weak set of what lives as short costs more than most of what a request does. */
const preparation = Symbol('preparation')
type Marked = Sql & { [preparation]?: 'any values' | 'its values' }

/**
 * Marks a statement that is worth preparing once a connection. Its best plan must not depend on its values, since
 * PostgreSQL settles on one plan for all of them.
 */
export function prepare(statement: Sql): Sql {
  ;(statement as Marked)[preparation] = 'any values'
  return statement
}

/** Marks a statement whose best plan depends on its values: where the same ones come again, it is prepared with them. */
export function prepareWithValues(statement: Sql): Sql {
  ;(statement as Marked)[preparation] = 'its values'
  return statement
}

/** Whether the statement is prepared once for any values. */
export function isPrepared(statement: Sql): boolean {
  return (statement as Marked)[preparation] === 'any values'
}

/** Whether the statement is prepared once for each of its values. */
export function isPreparedWithValues(statement: Sql): boolean {
  return (statement as Marked)[preparation] === 'its values'
}

/** Joins conditions with OR; no condition is false. */
export function anyOf(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`false` : sql`(${join([...conditions], ' or ')})`
}

/** Joins conditions with AND; no condition is true. */
export function all(conditions: readonly Sql[]): Sql {
  return conditions.length === 0 ? sql`true` : conditions.reduce((left, right) => sql`${left} and ${right}`)
}
