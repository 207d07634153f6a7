import { type Db, type GroupStatus, join, type Sql, type Store, sql } from '../../db/sql.js'
import { requireOwnership, requireRole } from '../acting/permissions.js'
import { noted } from '../audit/note.js'
import { invalidInput } from '../errors.js'
import { scopeOf } from '../session/filter.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { lockGroup } from './find.js'
import { findGroupIssues, isTerminal } from './rules.js'
import { groupColumns, type SessionGroup } from './select-list.js'

/** A change of a group; absent members stay. Null clears the title and leaves the status. */
export interface UpdateGroupInput {
  title?: string | null
  /** No transition is refused: a terminal status sets when the group completed, `running` clears it. */
  status?: GroupStatus | null
}

/**
 * Changes a visible group of the caller's, or of anybody's for an admin (contract 1.5 and 6).
 * `NOT_FOUND` when invisible, `FORBIDDEN` for others; what is stored already changes nothing.
 */
export async function updateGroup(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
  input: UpdateGroupInput,
): Promise<SessionGroup> {
  requireRole(viewer, access, 'group:update')
  const [issue, ...issues] = findGroupIssues(input)
  if (issue !== undefined) throw invalidInput(issue, ...issues)
  return store.transact(async (db) => {
    const group = await lockGroup(db, scopeOf(viewer, [access]), id)
    requireOwnership(viewer, access, { ownerId: group.creatorId }, 'group:update')
    const sets = setsOf(group, input)
    return sets.length === 0 ? group : updateRow(db, viewer, group, sets)
  })
}

/** What differs from what is stored. */
function setsOf(group: SessionGroup, { title, status }: UpdateGroupInput): Sql[] {
  const sets: Sql[] = []
  if (title !== undefined && title !== group.title) sets.push(sql`title = ${title}`)
  if (!status) return sets
  if (status !== group.status) sets.push(sql`status = ${status}::group_status`)
  if (isTerminal(status) && group.completedAt === null)
    sets.push(sql`completed_at = greatest(now(), g.created_at)`)
  if (!isTerminal(status) && group.completedAt !== null) sets.push(sql`completed_at = null`)
  return sets
}

/** Sets columns of a locked group; `updated_at` always moves forward. */
async function updateRow(
  db: Db,
  viewer: Viewer,
  group: SessionGroup,
  sets: readonly Sql[],
): Promise<SessionGroup> {
  const moved = sql`updated_at = moment_after(g.updated_at, now())`
  const [updated] = await db.$queryRaw<SessionGroup[]>(
    noted(
      { viewer, act: 'update_group' },
      sql`
    update session_groups g set ${join([...sets, moved])}
    where g.organization_id = ${group.organizationId}::uuid and g.id = ${group.id}::uuid
    returning ${groupColumns}`,
    ),
  )
  if (updated === undefined) throw new Error(`The locked group ${group.id} is gone`)
  return updated
}
