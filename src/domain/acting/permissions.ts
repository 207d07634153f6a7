import { type Role, type Sql, sql } from '../../db/sql.js'
import { roleRank } from '../../rules/role.js'
import { forbidden } from '../errors.js'
import { columnOf } from '../session/fields.js'
import { type KeyScope, nobody, type Viewer, type WorkspaceAccess } from '../viewer.js'

type Owning = 'anyone' | 'any user' | 'owner' | 'owner or admin' | 'creator or admin'

/** Who may do what with a visible session, group, project, saved filter or key (contract 1.5, 12.3): the least role, the key's scope, and whose it must be. */
export const permissions = {
  'session:read': { role: 'READ', scope: 'sessions:read', who: 'anyone', verb: 'read this session' },
  'session:pin': { role: 'READ', scope: 'sessions:write', who: 'any user', verb: 'pin this session' },
  'session:save': { role: 'WRITE', scope: 'sessions:write', who: 'owner', verb: 'save this session' },
  'session:archive': { role: 'WRITE', scope: 'sessions:write', who: 'anyone', verb: 'archive this session' },
  'session:update': { role: 'WRITE', scope: 'sessions:write', who: 'owner', verb: 'update this session' },
  'session:annotate': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'annotate this session',
  },
  'session:share': { role: 'WRITE', scope: 'sessions:write', who: 'owner', verb: 'share this session' },
  'session:freeze': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'owner or admin',
    verb: 'freeze this session',
  },
  'session:delete': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'owner or admin',
    verb: 'delete this session',
  },
  'transcript:write': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'owner',
    verb: 'write to this transcript',
  },
  'group:create': { role: 'WRITE', scope: 'sessions:write', who: 'any user', verb: 'create this group' },
  'group:update': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'creator or admin',
    verb: 'update this group',
  },
  'project:create': { role: 'WRITE', scope: 'sessions:write', who: 'anyone', verb: 'create this project' },
  'project:update': { role: 'WRITE', scope: 'sessions:write', who: 'anyone', verb: 'update this project' },
  'project:delete': { role: 'ADMIN', scope: 'sessions:write', who: 'anyone', verb: 'delete this project' },
  'filter:save': { role: 'READ', scope: 'sessions:write', who: 'any user', verb: 'save this filter' },
  'filter:share': { role: 'WRITE', scope: 'sessions:write', who: 'any user', verb: 'share this filter' },
  'filter:edit': {
    role: 'READ',
    scope: 'sessions:write',
    who: 'owner or admin',
    verb: 'change this filter',
  },
  'key:list': { role: 'ADMIN', scope: 'sessions:read', who: 'anyone', verb: 'see this key' },
  'key:create': { role: 'ADMIN', scope: 'sessions:write', who: 'any user', verb: 'create this key' },
  'key:revoke': { role: 'ADMIN', scope: 'sessions:write', who: 'anyone', verb: 'revoke this key' },
  'device:answer': { role: 'READ', scope: 'sessions:write', who: 'any user', verb: 'answer this login' },
  'annotation:create': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'make this annotation',
  },
  'annotation:edit': {
    role: 'WRITE',
    scope: 'sessions:write',
    who: 'creator or admin',
    verb: 'change this annotation',
  },
  'retention:manage': {
    role: 'ADMIN',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'change this retention rule',
  },
  'session:expire': {
    role: 'ADMIN',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'let this session go by a rule',
  },
  'session:erase': {
    role: 'ADMIN',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'erase this session of a user',
  },
  'member:set': { role: 'ADMIN', scope: 'sessions:write', who: 'anyone', verb: 'set this member' },
  'member:remove': { role: 'ADMIN', scope: 'sessions:write', who: 'anyone', verb: 'remove this member' },
  'workspace:create': {
    role: 'ADMIN',
    scope: 'sessions:write',
    who: 'any user',
    verb: 'create this workspace',
  },
  'organization:list': {
    role: 'READ',
    scope: 'organizations:manage',
    who: 'any user',
    verb: 'list this organization',
  },
  'organization:create': {
    role: 'READ',
    scope: 'organizations:manage',
    who: 'any user',
    verb: 'create this organization',
  },
  'organization:update': {
    role: 'ADMIN',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'update this organization',
  },
  'workspace:update': {
    role: 'ADMIN',
    scope: 'sessions:write',
    who: 'anyone',
    verb: 'update this workspace',
  },
  'audit:read': {
    role: 'ADMIN',
    scope: 'sessions:read',
    who: 'anyone',
    verb: 'see the audit of this workspace',
  },
  'evaluation:refer': {
    role: 'WRITE',
    scope: 'sessions:evaluate',
    who: 'owner',
    verb: 'set the evaluation reference of this session',
  },
  'session:import': {
    role: 'WRITE',
    scope: 'sessions:import',
    who: 'owner',
    verb: 'give times to this session',
  },
  'evaluation:freeze': {
    role: 'WRITE',
    scope: 'sessions:evaluate',
    who: 'anyone',
    verb: 'freeze this session for an evaluation',
  },
} as const satisfies Record<string, { role: Role; scope: KeyScope; who: Owning; verb: string }>

export type Permission = keyof typeof permissions

/** Refuses a viewer whose role or key cannot do this to any session of the workspace. */
export function requireRole(viewer: Viewer, access: WorkspaceAccess, permission: Permission): void {
  const { role } = permissions[permission]
  if (roleRank[access.role] < roleRank[role]) throw forbidden(`This needs the role ${role} in the workspace`)
  requireScope(viewer, permission)
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
  throw forbidden(`Only ${phrases[permissions[permission].who]} may ${permissions[permission].verb}`)
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
