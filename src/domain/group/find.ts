import { type Db, prepare, type Sql, sql } from '../../db/sql.js'
import { notFound } from '../errors.js'
import { inOrder } from '../in-order.js'
import type { SessionScope } from '../session/filter.js'
import { groupVisibleIn } from '../session/visible-groups.js'
import { groupColumns, type SessionGroup } from './select-list.js'

/** The visible group with this uuid, or null. */
export function findGroup(db: Db, scope: SessionScope, id: string): Promise<SessionGroup | null> {
  return findOne(db, scope, id, sql``)
}

/** As `findGroup`; `NOT_FOUND` when there is none, be it unknown or invisible. */
export async function getGroup(db: Db, scope: SessionScope, id: string): Promise<SessionGroup> {
  return required(await findGroup(db, scope, id))
}

/** As `getGroup`, holding the row until the transaction ends. */
export async function lockGroup(db: Db, scope: SessionScope, id: string): Promise<SessionGroup> {
  return required(await findOne(db, scope, id, sql`for update of g`))
}

async function findOne(db: Db, scope: SessionScope, id: string, locking: Sql): Promise<SessionGroup | null> {
  const [group] = await db.$queryRaw<SessionGroup[]>(sql`
    select ${groupColumns} from session_groups g where ${groupVisibleIn(scope)} and g.id = ${id}::uuid ${locking}`)
  return group ?? null
}

function required(group: SessionGroup | null): SessionGroup {
  if (group === null) throw notFound('Session group')
  return group
}

/** Each group by id, in the order of the ids. One statement. */
export async function groupsById(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(SessionGroup | null)[]> {
  const groups = await db.$queryRaw<SessionGroup[]>(
    prepare(sql`
      select ${groupColumns} from session_groups g
      where g.organization_id = ${organizationId}::uuid and g.id = any(${[...ids]}::uuid[])`),
  )
  return inOrder(ids, groups, ({ id }) => id)
}
