import { randomUUID } from 'node:crypto'
import { type Db, type Store, sql } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { isSlug } from '../../rules/slug.js'
import { findTextIssues } from '../../rules/text.js'
import { requireRole } from '../acting/permissions.js'
import { noteDone } from '../audit/note.js'
import { conflict, forbidden, invalidInput } from '../errors.js'
import { createWorkspaces } from '../tenancy/create-workspaces.js'
import { listWorkspaceAccess } from '../tenancy/workspace.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'

const MAX_NAME = 255
const MAX_DESCRIPTION = 2000

export interface CreateWorkspaceInput {
  slug: string
  /** The slug unless given. */
  name?: string | null | undefined
  description?: string | null | undefined
}

/** What changes of a workspace or an organization: an absent member stays, null clears the description and leaves the name. */
export interface NewNames {
  name?: string | null | undefined
  description?: string | null | undefined
}

/**
 * Makes a workspace of the viewer's organization with its project `default`; the viewer becomes its admin.
 * It takes the role ADMIN in the organization's default workspace, and a key that is bound to none. `CONFLICT` for a key that is taken.
 */
export async function createWorkspace(
  store: Store,
  viewer: Viewer,
  { slug, name, description }: CreateWorkspaceInput,
): Promise<WorkspaceAccess> {
  const home = (await listWorkspaceAccess(store, viewer)).find(({ isDefault }) => isDefault)
  if (home === undefined || viewer.userId === null)
    throw forbidden('This needs the role ADMIN in the default workspace of the organization')
  requireRole(viewer, home, 'workspace:create')
  if (viewer.workspaceId !== null) throw forbidden('This key is bound to one workspace, and makes no other')
  const { organizationId } = viewer
  const id = await store.transact(async (db) => {
    const made = await makeWorkspace(db, organizationId, { slug, name, description })
    await db.$executeRaw(sql`
      insert into workspace_members (organization_id, workspace_id, user_id, role)
      values (${organizationId}::uuid, ${made}::uuid, ${viewer.userId}::uuid, 'ADMIN')`)
    await noteDone(db, { viewer, act: 'create_workspace' }, { id: made, workspaceId: home.workspaceId })
    return made
  })
  return getAccess(store, viewer, id)
}

/**
 * Makes a workspace of an organization with its project `default`, for whoever was let; gives its uuid. The rules of its
 * key and names, for every way to make one: `INVALID_INPUT` for what breaks them, `CONFLICT` for a key that is taken.
 */
export async function makeWorkspace(
  db: Db,
  organizationId: string,
  { slug, name, description = null }: CreateWorkspaceInput,
): Promise<string> {
  requireSoundNames({ name: name ?? slug, description }, isSlug(slug) ? [] : [notSlug])
  const id = randomUUID()
  await db.$queryRaw(sql`select 1 from organizations where id = ${organizationId}::uuid for update`)
  if (await isTaken(db, organizationId, slug))
    throw conflict(`A workspace with the key ${slug} is there already`)
  await createWorkspaces(db, organizationId, [{ id, slug, name: name ?? slug, description }])
  return id
}

/** Changes name and description of a workspace; its key stays, and so do absent members. `FORBIDDEN` below ADMIN. */
export async function updateWorkspace(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  input: NewNames,
): Promise<WorkspaceAccess> {
  requireRole(viewer, access, 'workspace:update')
  const { organizationId, workspaceId } = access
  const name = input.name ?? access.name
  const description = input.description === undefined ? access.description : input.description
  requireSoundNames({ name, description })
  if (name !== access.name || description !== access.description)
    await store.transact(async (db) => {
      await db.$executeRaw(sql`
        update workspaces set name = ${name}, description = ${description}, updated_at = ${new Date()}::timestamptz
        where organization_id = ${organizationId}::uuid and id = ${workspaceId}::uuid`)
      await noteDone(db, { viewer, act: 'update_workspace' }, { id: workspaceId, workspaceId })
    })
  return getAccess(store, viewer, workspaceId)
}

async function getAccess(db: Db, viewer: Viewer, id: string): Promise<WorkspaceAccess> {
  const access = (await listWorkspaceAccess(db, viewer)).find(({ workspaceId }) => workspaceId === id)
  if (access === undefined) throw forbidden('This key is bound to another workspace')
  return access
}

async function isTaken(db: Db, organizationId: string, slug: string): Promise<boolean> {
  const found = await db.$queryRaw<unknown[]>(sql`
    select 1 from workspaces where organization_id = ${organizationId}::uuid and slug = ${slug}`)
  return found.length > 0
}

const notSlug: Issue = { path: ['slug'], message: 'Takes up to 63 lower-case letters, digits and hyphens' }

/** Refuses names and descriptions of workspaces and organizations that break a rule: `INVALID_INPUT`. */
export function requireSoundNames(
  { name, description }: { name: string; description?: string | null | undefined },
  others: readonly Issue[] = [],
): void {
  const [first, ...rest] = [
    ...others,
    ...findTextIssues(name, ['name'], MAX_NAME),
    ...(name.trim() === '' ? [{ path: ['name'], message: 'Takes a name' }] : []),
    ...findTextIssues(description ?? '', ['description'], MAX_DESCRIPTION),
  ]
  if (first !== undefined) throw invalidInput(first, ...rest)
}
