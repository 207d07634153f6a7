import { type Db, type SessionGroup, sql } from '../../db/prisma.js'
import type { SessionScope } from '../session/filter.js'
import { groupVisibleIn } from './visible.js'

/** The visible group with this uuid, or null. */
export async function findGroup(db: Db, scope: SessionScope, id: string): Promise<SessionGroup | null> {
  const [visible] = await db.$queryRaw<{ id: string }[]>(sql`
    select g.id from session_groups g where ${groupVisibleIn(scope)} and g.id = ${id}::uuid`)
  if (visible === undefined) return null
  return db.sessionGroup.findUnique({
    where: { organizationId_id: { organizationId: scope.organizationId, id } },
  })
}
