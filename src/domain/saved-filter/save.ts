import { type Db, type SavedFilter, type Store, sql } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { findMetadataIssues } from '../../rules/metadata.js'
import { findTextIssues } from '../../rules/text.js'
import { requireOwnership, requireUser } from '../acting/permissions.js'
import { type AuditedAct, noted } from '../audit/note.js'
import { conflict, invalidInput } from '../errors.js'
import { scopeOf } from '../session/filter.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findSavedFilter, savedFilterColumns } from './find.js'

/** What a client sends to save a filter. */
export interface SaveFilterInput {
  /** Made by the client; unique in the organization. */
  id: string
  /** Unique among its owner's in the workspace. */
  name: string
  /** JSON of the input type of filters, which has passed it. */
  filter: unknown
  /** Whether members of the workspace see it; absent and null leave what is stored, and begin with false. */
  shared?: boolean | null
  /** What the client needs to show it as it was; absent and null keep none. */
  view?: string | null
}

/**
 * Saves a filter under a name, or changes the viewer's own, or for an admin a shared one; repeating it changes nothing.
 * `CONFLICT` for a name or an id that is taken and for more than 200; sharing needs the role WRITE.
 */
export async function saveFilter(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  input: SaveFilterInput,
): Promise<SavedFilter> {
  const userId = requireUser(viewer, access, input.shared ? 'filter:share' : 'filter:save')
  requireSound(input)
  return store.transact(async (db) => {
    const stored = await findSavedFilter(db, scopeOf(viewer, [access]), input.id, sql`for update`)
    if (stored !== null) requireOwnership(viewer, access, stored, 'filter:edit')
    const ownerId = stored?.ownerId ?? userId
    await requireRoom(db, access, ownerId, input)
    const audited = { viewer, act: 'save_filter' } as const
    const shared = input.shared ?? stored?.shared ?? false
    const view = input.view ?? null
    return stored === null
      ? insert(db, audited, access, ownerId, { ...input, shared, view })
      : update(db, audited, stored, { ...input, shared, view })
  })
}

/** Holds the owner's membership, so that saves of one user take turns; refuses a taken name, and one filter too many. */
async function requireRoom(
  db: Db,
  access: WorkspaceAccess,
  ownerId: string,
  input: SaveFilterInput,
): Promise<void> {
  const { organizationId, workspaceId } = access
  await db.$queryRaw(sql`
    select 1 from workspace_members where organization_id = ${organizationId}::uuid
      and workspace_id = ${workspaceId}::uuid and user_id = ${ownerId}::uuid for update`)
  const [others] = await db.$queryRaw<{ count: number; taken: boolean }[]>(sql`
    select count(*)::int as count, coalesce(bool_or(f.name = ${input.name}), false) as taken from saved_filters f
    where f.organization_id = ${organizationId}::uuid and f.workspace_id = ${workspaceId}::uuid
      and f.owner_id = ${ownerId}::uuid and f.id <> ${input.id}::uuid`)
  if (others?.taken) throw conflict('Another filter of this name is there already')
  if ((others?.count ?? 0) >= MAX_FILTERS)
    throw conflict(`A user has at most ${MAX_FILTERS} filters in a workspace`)
}

type NewValues = Required<SaveFilterInput> & { shared: boolean }

async function insert(
  db: Db,
  audited: AuditedAct,
  access: WorkspaceAccess,
  ownerId: string,
  { id, name, filter, shared, view }: NewValues,
) {
  const [saved] = await db.$queryRaw<SavedFilter[]>(
    noted(
      audited,
      sql`
    insert into saved_filters as f (organization_id, id, workspace_id, owner_id, name, shared, filter,
      view)
    values (${access.organizationId}::uuid, ${id}::uuid, ${access.workspaceId}::uuid, ${ownerId}::uuid, ${name},
      ${shared}, ${JSON.stringify(filter)}::jsonb, ${view})
    on conflict do nothing returning ${savedFilterColumns}`,
    ),
  )
  if (saved === undefined) throw conflict('Filter id already in use')
  return saved
}

async function update(
  db: Db,
  audited: AuditedAct,
  stored: SavedFilter,
  { name, filter, shared, view }: NewValues,
): Promise<SavedFilter> {
  const [saved] = await db.$queryRaw<SavedFilter[]>(
    noted(
      audited,
      sql`
    update saved_filters f set name = ${name}, shared = ${shared}, filter = ${JSON.stringify(filter)}::jsonb,
      view = ${view}, updated_at = moment_after(f.updated_at, now())
    where f.organization_id = ${stored.organizationId}::uuid and f.id = ${stored.id}::uuid
      and (f.name, f.shared, f.filter, f.view) is distinct from
        (${name}, ${shared}, ${JSON.stringify(filter)}::jsonb, ${view})
    returning ${savedFilterColumns}`,
    ),
  )
  return saved ?? stored
}

const MAX_NAME_LENGTH = 100
const MAX_FILTER_BYTES = 16_384
const MAX_VIEW_LENGTH = 8192

/** Saved filters that one user may have in a workspace. */
const MAX_FILTERS = 200

interface Sound {
  name: string
  filter: unknown
  view?: string | null
}

/**
 * Refuses a name that is blank or longer than 100 characters, a filter of more than 16 KiB as JSON, and a view of more
 * than 8192 characters.
 */
function requireSound({ name, filter, view }: Sound): void {
  const [issue, ...issues]: Issue[] = [
    ...findTextIssues(name, ['name'], MAX_NAME_LENGTH),
    ...(name.trim() === '' ? [{ path: ['name'], message: 'Takes at least 1 character' }] : []),
    ...(view == null ? [] : findTextIssues(view, ['view'], MAX_VIEW_LENGTH)),
    ...(Buffer.byteLength(JSON.stringify(filter)) > MAX_FILTER_BYTES
      ? [{ path: ['filter'], message: `At most ${MAX_FILTER_BYTES} bytes of JSON` }]
      : findMetadataIssues(filter, ['filter'])),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}
