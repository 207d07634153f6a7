import { randomUUID } from 'node:crypto'
import { type Db, type Store, sql } from '../../db/sql.js'
import { isSlug } from '../../rules/slug.js'
import { noteDone } from '../audit/note.js'
import { conflict, invalidInput } from '../errors.js'
import { createApiKey, findEndOfKey, generateSecret } from '../tenancy/api-key.js'
import { ensureMember, ensureUser } from '../tenancy/ensure.js'
import type { Viewer } from '../viewer.js'
import { makeWorkspace, requireSoundNames } from '../workspace/write.js'
import { type OrganizationSummary, summarizeOrganization } from './list.js'
import { requireOperator } from './operators.js'

export interface NewOrganization {
  slug: string
  /** The slug unless given. */
  name?: string | null | undefined
  description?: string | null | undefined
  /** Slug of its default workspace: `main` unless given. */
  workspace?: string | null | undefined
}

export interface CreateOrganizationInput extends NewOrganization {
  /** E-mail address of its first admin, where that is not the viewer. */
  admin?: string | null | undefined
}

export interface MadeOrganization {
  organization: OrganizationSummary
  /** Slug of its default workspace. */
  workspace: string
  /** A key of the viewer's own, told this once; null where somebody else is the admin. */
  secret: string | null
}

/**
 * Makes an organization with its default workspace and its first admin: who is named, or the viewer, who gets a key of that organization then.
 * It takes a key of operators: `FORBIDDEN`. `CONFLICT` for a slug that is taken, `INVALID_INPUT` for what breaks a rule.
 */
export async function createOrganization(
  store: Store,
  viewer: Viewer,
  input: CreateOrganizationInput,
): Promise<MadeOrganization> {
  const userId = requireOperator(viewer, 'organization:create')
  const { admin = null } = input
  if (admin !== null && !admin.includes('@'))
    throw invalidInput({ path: ['admin'], message: 'Takes an e-mail address' })
  const expiresAt = await findEndOfKey(store, viewer)
  return store.transact(async (db) => {
    const { id, workspaceId, workspace } = await makeOrganization(db, input)
    const there = { ...viewer, organizationId: id }
    const member = admin === null ? userId : (await ensureUser(db, admin, null, ['admin'])).row.id
    await ensureMember(db, { organizationId: id, id: workspaceId }, member, 'ADMIN')
    // Told in both organizations: where it was asked for, and to the admins of what was made.
    await noteDone(db, { viewer, act: 'create_organization' }, { id, workspaceId: null })
    await noteDone(db, { viewer: there, act: 'create_organization' }, { id, workspaceId })
    await noteDone(db, { viewer: there, act: 'create_workspace' }, { id: workspaceId, workspaceId })
    await noteDone(db, { viewer: there, act: 'set_member' }, { id: member, workspaceId })
    const secret = admin === null ? generateSecret() : null
    if (secret !== null) {
      const owner = { organizationId: id, userId, defaultWorkspaceId: workspaceId }
      const key = await createApiKey(db, { ...owner, name: `First key of ${input.slug}`, expiresAt }, secret)
      await noteDone(db, { viewer: there, act: 'create_key' }, { id: key.id, workspaceId })
    }
    return { organization: await summarizeOrganization(db, id), workspace, secret }
  })
}

/**
 * Makes an organization with its default workspace, for whoever was let. The rules of its key and names, for every way to make one:
 * `INVALID_INPUT` for what breaks them, `CONFLICT` for a slug that is taken.
 */
export async function makeOrganization(
  db: Db,
  { slug, name, description = null, workspace }: NewOrganization,
): Promise<{ id: string; workspaceId: string; workspace: string }> {
  const home = workspace ?? 'main'
  requireSoundNames({ name: name ?? slug, description }, [
    ...(isSlug(slug) ? [] : [notSlug('slug')]),
    ...(isSlug(home) ? [] : [notSlug('defaultWorkspace')]),
  ])
  const id = randomUUID()
  const made = await db.$executeRaw(sql`
    insert into organizations (id, slug, name, description) values (${id}::uuid, ${slug}, ${name ?? slug}, ${description})
    on conflict (slug) do nothing`)
  if (made === 0) throw conflict(`An organization with the key ${slug} is there already`)
  return { id, workspaceId: await makeWorkspace(db, id, { slug: home }), workspace: home }
}

const notSlug = (path: string) => ({
  path: [path],
  message: 'Takes up to 63 lower-case letters, digits and hyphens',
})
