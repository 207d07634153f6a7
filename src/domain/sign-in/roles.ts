import { type Db, sql } from '../../db/sql.js'
import { noteDone, noted } from '../audit/note.js'
import { ensureOrganization, ensureWorkspace } from '../tenancy/ensure.js'
import type { Viewer, WorkspaceKey } from '../viewer.js'
import type { Grant } from './grants.js'

/** Gives a role by claim; one that an admin gave counts before it. */
export async function giveRole(
  db: Db,
  userId: string,
  { organization, workspace, role }: Grant,
): Promise<WorkspaceKey> {
  const organizationId = (await ensureOrganization(db, organization)).row.id
  const { row, made } = await ensureWorkspace(db, organizationId, workspace)
  const viewer = signingIn(organizationId, userId)
  if (made) await noteDone(db, { viewer, act: 'create_workspace' }, { id: row.id, workspaceId: row.id })
  await db.$queryRaw(
    noted(
      { viewer, act: 'set_member' },
      sql`insert into workspace_members as held (organization_id, workspace_id, user_id, role, by_sign_in)
        values (${organizationId}::uuid, ${row.id}::uuid, ${userId}::uuid, ${role}::role, true)
        on conflict (organization_id, workspace_id, user_id) do update set role = excluded.role
          where held.by_sign_in and held.role <> excluded.role
        returning held.user_id as id, held.workspace_id as "workspaceId"`,
    ),
  )
  return { organizationId, workspaceId: row.id }
}

/** Takes the roles away that an earlier sign-in gave and this one does not. */
export async function takeRoles(db: Db, userId: string, given: readonly WorkspaceKey[]): Promise<void> {
  const kept = given.map(({ workspaceId }) => workspaceId)
  const organizations = await db.$queryRaw<{ organizationId: string }[]>(sql`
    select distinct organization_id as "organizationId" from workspace_members
    where user_id = ${userId}::uuid and by_sign_in and not (workspace_id = any(${kept}::uuid[]))`)
  for (const { organizationId } of organizations)
    await db.$queryRaw(
      noted(
        { viewer: signingIn(organizationId, userId), act: 'remove_member' },
        sql`delete from workspace_members where organization_id = ${organizationId}::uuid
            and user_id = ${userId}::uuid and by_sign_in and not (workspace_id = any(${kept}::uuid[]))
          returning user_id as id, workspace_id as "workspaceId"`,
      ),
    )
}

/** Whoever signs in, as the audit names them: it is the gateway that acts. */
function signingIn(organizationId: string, userId: string): Viewer {
  return {
    keyId: userId,
    keyPrefix: null,
    organizationId,
    userId,
    workspaceId: null,
    defaultWorkspaceId: null,
    scopes: new Set(),
    from: { face: 'gateway', address: null, userAgent: null },
  }
}
