import { type Db, type Organization, type Pin, type Project, prepare, sql, type User } from '../../db/sql.js'
import { inOrder } from '../in-order.js'
import { nobody } from '../viewer.js'
import { organizationColumns, projectColumns, selectNamed, userColumns } from './select-list.js'

/** Each organization by id, in the order of the ids. One statement. */
export async function organizationsById(db: Db, ids: readonly string[]): Promise<(Organization | null)[]> {
  const organizations = await db.$queryRaw<Organization[]>(
    prepare(sql`
      select ${selectNamed(organizationColumns)} from organizations n where n.id = any(${[...ids]}::uuid[])`),
  )
  return inOrder(ids, organizations, ({ id }) => id)
}

/** Each user by id who has a role in some workspace of the organization, in the order of the ids. One statement. */
export async function membersById(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(User | null)[]> {
  const users = await db.$queryRaw<User[]>(
    prepare(sql`
      select ${selectNamed(userColumns)} from users n where n.id = any(${[...ids]}::uuid[])
        and exists (select from workspace_members m
          where m.organization_id = ${organizationId}::uuid and m.user_id = n.id)`),
  )
  return inOrder(ids, users, ({ id }) => id)
}

/** Each user by id, in the order of the ids; null where the account is gone. One statement. */
export async function usersById(db: Db, ids: readonly string[]): Promise<(User | null)[]> {
  const users = await db.$queryRaw<User[]>(
    prepare(sql`
      select ${selectNamed(userColumns)} from users n where n.id = any(${[...ids]}::uuid[])`),
  )
  return inOrder(ids, users, ({ id }) => id)
}

/** Each project by id, in the order of the ids. One statement. */
export async function projectsById(
  db: Db,
  organizationId: string,
  ids: readonly string[],
): Promise<(Project | null)[]> {
  const projects = await db.$queryRaw<Project[]>(
    prepare(sql`
      select ${selectNamed(projectColumns)} from projects n
      where n.organization_id = ${organizationId}::uuid and n.id = any(${[...ids]}::uuid[])`),
  )
  return inOrder(ids, projects, ({ id }) => id)
}

/** How many users have a role in some workspace of an organization. One statement. */
export async function countMembers(db: Db, organizationId: string): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(sql`
    select count(distinct user_id)::int as count from workspace_members
    where organization_id = ${organizationId}::uuid`)
  return row?.count ?? 0
}

/** When this user pinned each session, in the order of the ids; null where it did not. One statement. */
export async function pinTimes(
  db: Db,
  organizationId: string,
  userId: string | null,
  sessionIds: readonly string[],
): Promise<(Date | null)[]> {
  const pins = await db.$queryRaw<Pick<Pin, 'sessionId' | 'pinnedAt'>[]>(
    prepare(sql`
      select session_id as "sessionId", pinned_at as "pinnedAt" from pins
      where organization_id = ${organizationId}::uuid and user_id = ${userId ?? nobody}::uuid
        and session_id = any(${[...sessionIds]}::uuid[])`),
  )
  return inOrder(sessionIds, pins, ({ sessionId }) => sessionId).map((pin) => pin?.pinnedAt ?? null)
}
