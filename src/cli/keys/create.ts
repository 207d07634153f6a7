import type { ModelDb, ModelStore, Role, User } from '../../db/sql.js'
import type { ActName } from '../../domain/audit/acts.js'
import { noteDone } from '../../domain/audit/note.js'
import { invalidInput } from '../../domain/errors.js'
import { findNameIssues } from '../../domain/key/rules.js'
import { createApiKey, generateSecret, type StoredKey } from '../../domain/tenancy/api-key.js'
import {
  type Ensured,
  ensureMember,
  ensureOrganization,
  ensureUser,
  ensureWorkspace,
} from '../../domain/tenancy/ensure.js'
import type { KeyScope } from '../../domain/viewer.js'
import type { Printed } from '../beside/printed.js'
import { blameFlags, type Typed } from '../blame.js'
import { operatorOf } from '../operator.js'
import { jsonOf } from '../terminal-text.js'

export interface CreateKeyFlags {
  org: string
  workspace: string
  user?: string
  role?: 'read' | 'write' | 'admin'
  scope?: KeyScope[]
  expires?: string
  name?: string
  bound?: boolean
  service?: boolean
  json?: boolean
  data?: string
}

/** What to make; the flags have been read. */
export interface CreateInput {
  flags: CreateKeyFlags
  /** ISO 8601; null for a key that never expires. */
  expiresAt: string | null
}

/** Makes a key with everything it needs, all or nothing, and tells the secret. */
export async function create(store: ModelStore, { flags, expiresAt }: CreateInput): Promise<Printed> {
  const secret = generateSecret()
  const until = expiresAt === null ? null : new Date(expiresAt)
  const typed: Typed = {
    organization: ['--org', flags.org],
    workspace: ['--workspace', flags.workspace],
    name: ['--name', flags.name],
  }
  const { key, notes } = await store
    .$transaction((db) => make(db, flags, until, secret))
    .catch(blameFlags(typed))
  const { id, prefix } = key
  const answer = { id, prefix, secret, expiresAt }
  return { notes, answer: flags.json ? jsonOf(answer) : `${secret}\n` }
}

async function make(
  db: ModelDb,
  flags: CreateKeyFlags,
  expiresAt: Date | null,
  secret: string,
): Promise<{ key: StoredKey; notes: string[] }> {
  const [issue, ...issues] = flags.name === undefined ? [] : findNameIssues(flags.name)
  if (issue !== undefined) throw invalidInput(issue, ...issues)
  const organization = await ensureOrganization(db, flags.org)
  const workspace = await ensureWorkspace(db, organization.row.id, flags.workspace)
  const owner = flags.user === undefined ? null : await ensureUser(db, flags.user)
  const member = owner === null ? [] : await admit(db, workspace.row, owner.row, flags)
  const workspaceId = workspace.row.id
  const key = await createApiKey(
    db,
    {
      organizationId: organization.row.id,
      userId: owner?.row.id ?? null,
      workspaceId: flags.bound || flags.service ? workspaceId : null,
      defaultWorkspaceId: workspaceId,
      name: flags.name?.trim() ?? owner?.row.username ?? `${flags.workspace} service`,
      scopes: flags.scope,
      expiresAt,
    },
    secret,
  )
  const { id: organizationId } = organization.row
  const viewer = operatorOf(organizationId, workspaceId)
  const note = (act: ActName, id: string) => noteDone(db, { viewer, act }, { id, workspaceId })
  if (organization.made) await note('create_organization', organizationId)
  if (workspace.made) await note('create_workspace', workspaceId)
  if (owner !== null && member.length > 0) await note('set_member', owner.row.id)
  await note('create_key', key.id)
  const until = expiresAt === null ? 'never expires' : `expires ${expiresAt.toISOString()}`
  const notes = [
    ...noteMade(organization, `organization ${flags.org}`),
    ...noteMade(workspace, `workspace ${flags.workspace}`),
    ...(owner === null ? [] : noteMade(owner, `user ${owner.row.username} (${owner.row.email})`)),
    ...member,
    `Made the key ${key.prefix}… (${key.id}), which ${until}; this is the only time it is shown`,
  ]
  return { key, notes }
}

/** An absent --role leaves a member's role, and makes a new member a writer. */
async function admit(
  db: ModelDb,
  workspace: { organizationId: string; id: string },
  { id: userId, username }: User,
  { role: given, workspace: slug }: CreateKeyFlags,
): Promise<string[]> {
  const { organizationId, id: workspaceId } = workspace
  const member = await db.workspaceMember.findUnique({
    where: { organizationId_workspaceId_userId: { organizationId, workspaceId, userId } },
  })
  const role = (given?.toUpperCase() as Role | undefined) ?? member?.role ?? 'WRITE'
  const { before } = await ensureMember(db, workspace, userId, role)
  if (before === role) return []
  const change = before === null ? `${role}` : `${role} (it was ${before})`
  return [`Gave ${username} the role ${change} in ${slug}`]
}

function noteMade({ made }: Ensured<unknown>, what: string): string[] {
  return made ? [`Made the ${what}`] : []
}
