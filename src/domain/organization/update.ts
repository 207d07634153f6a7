import { type Organization, type Store, sql } from '../../db/sql.js'
import { requireRole } from '../acting/permissions.js'
import { noteDone } from '../audit/note.js'
import { forbidden } from '../errors.js'
import { organizationsById } from '../tenancy/lookups.js'
import { listWorkspaceAccess } from '../tenancy/workspace.js'
import type { Viewer } from '../viewer.js'
import { type NewNames, requireSoundNames } from '../workspace/write.js'

/**
 * Changes name and description of the viewer's organization; its key stays, and so do absent members.
 * It takes the role ADMIN in the organization's default workspace.
 */
export async function updateOrganization(
  store: Store,
  viewer: Viewer,
  own: Organization,
  input: NewNames,
): Promise<Organization> {
  const home = (await listWorkspaceAccess(store, viewer)).find(({ isDefault }) => isDefault)
  if (home === undefined)
    throw forbidden('This needs the role ADMIN in the default workspace of the organization')
  requireRole(viewer, home, 'organization:update')
  if (viewer.workspaceId !== null) throw forbidden('This key is bound to one workspace')
  return renameOrganization(store, { viewer, homeId: home.workspaceId }, own, input)
}

/** As `updateOrganization`, for whoever was let; `homeId` is its default workspace. */
export async function renameOrganization(
  store: Store,
  { viewer, homeId }: { viewer: Viewer; homeId: string },
  own: Organization,
  input: NewNames,
): Promise<Organization> {
  const name = input.name ?? own.name
  const description = input.description === undefined ? own.description : input.description
  requireSoundNames({ name, description })
  if (name === own.name && description === own.description) return own
  return store.transact(async (db) => {
    await db.$executeRaw(sql`
      update organizations set name = ${name}, description = ${description}, updated_at = ${new Date()}::timestamptz
      where id = ${own.id}::uuid`)
    await noteDone(db, { viewer, act: 'update_organization' }, { id: own.id, workspaceId: homeId })
    return (await organizationsById(db, [own.id]))[0] ?? own
  })
}
