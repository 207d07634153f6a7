import {
  type ApiKey,
  type Db,
  type ModelDb,
  type Organization,
  sql,
  type User,
  type Workspace,
} from '../../db/sql.js'
import { isUuid } from '../../rules/uuid.js'
import type { WorkspaceKey } from '../viewer.js'

export interface ListedKey extends ApiKey {
  organization: Organization
  user: User | null
  /** The one workspace that the key is bound to, or else the one it creates sessions in by default. */
  workspace: Workspace | null
}

/** Every key of every organization, oldest first; secrets are kept nowhere. */
export async function listApiKeys(db: ModelDb): Promise<ListedKey[]> {
  const keys = await db.apiKey.findMany({
    include: { organization: true, user: true },
    orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
  })
  const ids = keys.flatMap((key) => [key.workspaceId, key.defaultWorkspaceId]).filter((id) => id !== null)
  const workspaces = await db.workspace.findMany({ where: { id: { in: ids } } })
  return keys.map((key) => ({ ...key, workspace: workspaces.find(isWorkspaceOf(key)) ?? null }))
}

/** Whether a key was ever made; a revoked one counts. */
export async function hasApiKey(db: Db): Promise<boolean> {
  return (await db.$queryRaw<unknown[]>(sql`select from api_keys limit 1`)).length > 0
}

/** The workspace that the key used or made as last creates sessions in; null where no key works. */
export async function findLatestWorkspace(db: Db): Promise<WorkspaceKey | null> {
  const [latest] = await db.$queryRaw<WorkspaceKey[]>(sql`
    select k.organization_id as "organizationId", w.id as "workspaceId"
    from api_keys k join workspaces w on w.organization_id = k.organization_id
      and w.id = coalesce(k.workspace_id, k.default_workspace_id)
    where k.revoked_at is null order by coalesce(k.last_used_at, k.created_at) desc, k.id limit 1`)
  return latest ?? null
}

/** The keys with this id, or whose prefix begins with this text; a whole secret finds its key too. */
export async function findApiKeys(db: ModelDb, idOrPrefix: string): Promise<ApiKey[]> {
  if (isUuid(idOrPrefix.toLowerCase())) return db.apiKey.findMany({ where: { id: idOrPrefix.toLowerCase() } })
  const start = idOrPrefix.slice(0, 12)
  const found = await db.apiKey.findMany({
    where: { prefix: { startsWith: start } },
    orderBy: { createdAt: 'asc' },
  })
  // The database takes an underscore, which keys have, for any character.
  return found.filter(({ prefix }) => prefix.startsWith(start))
}

function isWorkspaceOf({
  organizationId,
  workspaceId,
  defaultWorkspaceId,
}: ApiKey): (workspace: Workspace) => boolean {
  return ({ organizationId: of, id }) => of === organizationId && id === (workspaceId ?? defaultWorkspaceId)
}
