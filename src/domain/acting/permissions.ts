import { type Role, type Sql, sql } from '../../db/sql.js'
import { roleRank } from '../../rules/role.js'
import { forbidden } from '../errors.js'
import { columnOf } from '../session/fields.js'
import { type KeyScope, nobody, type Viewer, type WorkspaceAccess } from '../viewer.js'

type Owning = 'anyone' | 'any user' | 'owner' | 'owner or admin' | 'creator or admin'

/** The least role, the key's scope, whose it must be, what it is to do it, and what a refusal calls it. */
const permit = (role: Role, scope: KeyScope, who: Owning, verb: string, refused = verb) => ({
  role,
  scope,
  who,
  verb,
  refused,
})

/** Who may do what with a visible session, group, project, saved filter or key (contract 1.5, 12.3). */
export const permissions = {
  'session:read': permit('READ', 'sessions:read', 'anyone', 'read this session'),
  'session:pin': permit('READ', 'sessions:write', 'any user', 'pin this session'),
  'session:save': permit('WRITE', 'sessions:write', 'owner', 'save this session'),
  'session:archive': permit('WRITE', 'sessions:write', 'anyone', 'archive this session'),
  'session:update': permit('WRITE', 'sessions:write', 'owner', 'update this session'),
  'session:annotate': permit('WRITE', 'sessions:write', 'anyone', 'annotate this session'),
  // Contract 4.5.
  'session:share': permit('WRITE', 'sessions:write', 'owner', 'share this session', 'update this session'),
  'session:freeze': permit('WRITE', 'sessions:write', 'owner or admin', 'freeze this session'),
  'session:delete': permit('WRITE', 'sessions:write', 'owner or admin', 'delete this session'),
  'transcript:write': permit('WRITE', 'sessions:write', 'owner', 'write to this transcript'),
  'group:create': permit('WRITE', 'sessions:write', 'any user', 'create this group'),
  'group:update': permit('WRITE', 'sessions:write', 'creator or admin', 'update this group'),
  'project:create': permit('WRITE', 'sessions:write', 'anyone', 'create this project'),
  'project:update': permit('WRITE', 'sessions:write', 'anyone', 'update this project'),
  'project:delete': permit('ADMIN', 'sessions:write', 'anyone', 'delete this project'),
  'filter:save': permit('READ', 'sessions:write', 'any user', 'save this filter'),
  'filter:share': permit('WRITE', 'sessions:write', 'any user', 'share this filter'),
  'filter:edit': permit('READ', 'sessions:write', 'owner or admin', 'change this filter'),
  'key:list': permit('ADMIN', 'sessions:read', 'anyone', 'see this key'),
  'key:create': permit('ADMIN', 'sessions:write', 'any user', 'create this key'),
  'key:revoke': permit('ADMIN', 'sessions:write', 'anyone', 'revoke this key'),
  'device:answer': permit('READ', 'sessions:write', 'any user', 'answer this login'),
  'annotation:create': permit('WRITE', 'sessions:write', 'anyone', 'make this annotation'),
  'annotation:edit': permit('WRITE', 'sessions:write', 'creator or admin', 'change this annotation'),
  'retention:manage': permit('ADMIN', 'sessions:write', 'anyone', 'change this retention rule'),
  'session:expire': permit('ADMIN', 'sessions:write', 'anyone', 'let this session go by a rule'),
  'session:erase': permit('ADMIN', 'sessions:write', 'anyone', 'erase this session of a user'),
  'member:set': permit('ADMIN', 'sessions:write', 'anyone', 'set this member'),
  'member:remove': permit('ADMIN', 'sessions:write', 'anyone', 'remove this member'),
  'workspace:create': permit('ADMIN', 'sessions:write', 'any user', 'create this workspace'),
  'organization:list': permit('READ', 'organizations:manage', 'any user', 'list this organization'),
  'organization:create': permit('READ', 'organizations:manage', 'any user', 'create this organization'),
  'organization:update': permit('ADMIN', 'sessions:write', 'anyone', 'update this organization'),
  'workspace:update': permit('ADMIN', 'sessions:write', 'anyone', 'update this workspace'),
  'audit:read': permit('ADMIN', 'sessions:read', 'anyone', 'see the audit of this workspace'),
  'evaluation:refer': permit(
    'WRITE',
    'sessions:evaluate',
    'owner',
    'set the evaluation reference of this session',
  ),
  'session:import': permit('WRITE', 'sessions:import', 'owner', 'give times to this session'),
  'evaluation:freeze': permit(
    'WRITE',
    'sessions:evaluate',
    'anyone',
    'freeze this session for an evaluation',
  ),
}

export type Permission = keyof typeof permissions

/** Refuses a viewer whose role or key cannot do this to any session of the workspace. */
export function requireRole(viewer: Viewer, access: WorkspaceAccess, permission: Permission): void {
  const { role } = permissions[permission]
  if (roleRank[access.role] < roleRank[role]) throw forbidden(`This needs the role ${role} in the workspace`)
  requireScope(viewer, permission)
}

/** As `requireRole`, for what belongs to the user who does it; gives the user's id. Refuses a key without a user. */
export function requireUser(viewer: Viewer, access: WorkspaceAccess, permission: Permission): string {
  requireRole(viewer, access, permission)
  const { userId } = viewer
  if (userId === null) throw forbidden(`Only a user may ${permissions[permission].refused}`)
  return userId
}

/** Refuses a viewer whose key cannot do this anywhere. */
export function requireScope(viewer: Viewer, permission: Permission): void {
  const { scope } = permissions[permission]
  if (!viewer.scopes.has(scope)) throw forbidden(`This needs a key with the scope ${scope}`)
}

/** Whether the viewer's role and key allow this to some session of the workspace; the same table that refuses. */
export function mayDo(viewer: Viewer, access: WorkspaceAccess, permission: Permission): boolean {
  const { role, scope, who } = permissions[permission]
  const somebody = who === 'anyone' || viewer.userId !== null
  return somebody && roleRank[access.role] >= roleRank[role] && viewer.scopes.has(scope)
}

/** As `mayDo`, for one session or group that the viewer sees, whatever its state. */
export function mayDoTo(
  viewer: Viewer,
  access: WorkspaceAccess,
  owned: { ownerId: string },
  permission: Permission,
): boolean {
  return mayDo(viewer, access, permission) && owns(viewer, access, owned, permission)
}

/** Refuses a viewer who sees the session but may not do this to it. */
export function requireOwnership(
  viewer: Viewer,
  access: WorkspaceAccess,
  session: { ownerId: string },
  permission: Permission,
): void {
  if (owns(viewer, access, session, permission)) return
  const { who, refused } = permissions[permission]
  throw forbidden(`Only ${phrases[who]} may ${refused}`)
}

const phrases = {
  anyone: 'a member',
  'any user': 'a user',
  owner: 'the owner',
  'owner or admin': 'the owner or an admin',
  'creator or admin': 'the creator or an admin',
} as const

function owns(
  viewer: Viewer,
  access: WorkspaceAccess,
  { ownerId }: { ownerId: string },
  permission: Permission,
) {
  return mayToAnyones(viewer, access, permission) || ownerId === viewer.userId
}

/** As `requireOwnership`, as a condition on a row of `sessions s`. */
export function ownershipCondition(viewer: Viewer, access: WorkspaceAccess, permission: Permission): Sql {
  return mayToAnyones(viewer, access, permission)
    ? sql`true`
    : sql`${columnOf('ownerId')} = ${viewer.userId ?? nobody}::uuid`
}

/** Whether it does not matter whose it is. */
function mayToAnyones(viewer: Viewer, access: WorkspaceAccess, permission: Permission): boolean {
  const { who } = permissions[permission]
  if (who === 'anyone') return true
  if (who === 'any user') return viewer.userId !== null
  return who !== 'owner' && access.role === 'ADMIN'
}
