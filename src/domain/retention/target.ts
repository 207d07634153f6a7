import type { Db } from '../../db/sql.js'
import { type Permission, requireRole } from '../acting/permissions.js'
import { forbidden } from '../errors.js'
import { listWorkspaceAccess } from '../tenancy/workspace.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'

/** A whole organization, whose rules are for those who manage its default workspace. */
export interface WholeOrganization {
  organizationId: string
  workspaceId: null
  home: WorkspaceAccess
}

/** Where rules hold: in a workspace, or in all of its organization. */
export type RuleTarget = WorkspaceAccess | WholeOrganization

/** The same for the gateway itself. */
export type RuleTargetKey = Pick<RuleTarget, 'organizationId' | 'workspaceId'>

/** The viewer's organization; `FORBIDDEN` for a key that is bound to one workspace, and for whoever cannot enter the default one. */
export async function wholeOrganization(db: Db, viewer: Viewer): Promise<WholeOrganization> {
  const home = (await listWorkspaceAccess(db, viewer)).find(({ isDefault }) => isDefault)
  if (home === undefined)
    throw forbidden('This needs the role ADMIN in the default workspace of the organization')
  if (viewer.workspaceId !== null) throw forbidden('This key is bound to one workspace')
  return { organizationId: viewer.organizationId, workspaceId: null, home }
}

/** Refuses whoever may not do this there. */
export function requireRoleIn(viewer: Viewer, target: RuleTarget, permission: Permission): void {
  requireRole(viewer, 'home' in target ? target.home : target, permission)
}
