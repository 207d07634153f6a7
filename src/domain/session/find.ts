import { type Db, empty, prepare, type Sql, sql } from '../../db/sql.js'
import { hyphenate, parseUuidPrefix, uuidRange } from '../../rules/uuid.js'
import { conflict, DomainError, notFound } from '../errors.js'
import { inOrder } from '../in-order.js'
import type { Session } from './fields.js'
import { type SessionScope, visibleIn } from './filter.js'
import { sessionColumns } from './select-list.js'

/**
 * The visible session with this uuid, or the only one whose uuid begins with this prefix of 4 to 31 hex digits.
 * Hyphens and case do not count. `NOT_FOUND` when there is none, `CONFLICT` when there are several.
 */
export function getSession(db: Db, scope: SessionScope, id: string): Promise<Session> {
  return findOne(db, scope, id)
}

/** As `getSession`, giving null when there is none. */
export async function findSession(db: Db, scope: SessionScope, id: string): Promise<Session | null> {
  try {
    return await getSession(db, scope, id)
  } catch (error) {
    if (error instanceof DomainError && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** The visible sessions with these uuids, in the order of the ids; null where there is none. One statement. */
export async function sessionsById(
  db: Db,
  scope: SessionScope,
  ids: readonly string[],
): Promise<(Session | null)[]> {
  const sessions = await db.$queryRaw<Session[]>(sql`
    select ${sessionColumns} from sessions s where ${visibleIn(scope)} and s.id = any(${[...ids]}::uuid[])`)
  return inOrder(ids, sessions, ({ id }) => id)
}

/** As `getSession`, holding the row until the transaction ends. */
export function lockSession(db: Db, scope: SessionScope, id: string): Promise<Session> {
  return findOne(db, scope, id, sql`for update`)
}

async function findOne(db: Db, scope: SessionScope, id: string, locking: Sql = empty): Promise<Session> {
  const hex = parseUuidPrefix(id)
  if (hex === null) throw notFound('Session')
  const condition = idCondition(hex)
  const statement = sql`select ${sessionColumns} from sessions s
    where ${visibleIn(scope)} and ${condition} limit 2 ${locking}`
  const [session, another] = await db.$queryRaw<Session[]>(hex.length === 32 ? prepare(statement) : statement)
  if (session === undefined) throw notFound('Session')
  if (another !== undefined) throw conflict(await describeAmbiguity(db, scope, condition))
  return session
}

function idCondition(hex: string): Sql {
  if (hex.length === 32) return sql`s.id = ${hyphenate(hex)}::uuid`
  const [lowest, highest] = uuidRange(hex)
  return sql`s.id between ${lowest}::uuid and ${highest}::uuid`
}

async function describeAmbiguity(db: Db, scope: SessionScope, condition: Sql): Promise<string> {
  const [row] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(*)::int as count from sessions s where ${visibleIn(scope)} and ${condition}`)
  return `Session id prefix is ambiguous: ${row?.count} sessions match`
}
