import { type Store, sql } from '../../db/sql.js'
import { requireRole, requireUser } from '../acting/permissions.js'
import { noteDone } from '../audit/note.js'
import { forbidden, notFound } from '../errors.js'
import {
  createApiKey,
  findEndOfKey,
  generateSecret,
  revokeApiKey,
  type StoredKey,
  selectKey,
} from '../tenancy/api-key.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { findKey } from './find.js'
import { type CreateKeyInput, requireSoundKey } from './rules.js'

/**
 * Makes a key that is bound to the workspace: the viewer's own, or one without a user. Its secret is told this once.
 * `FORBIDDEN` below ADMIN and without a user; `INVALID_INPUT` for scopes that the viewer's own key lacks, and an end after its own.
 */
export async function createKey(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  input: CreateKeyInput,
): Promise<{ key: StoredKey; secret: string }> {
  requireUser(viewer, access, 'key:create')
  const end = await findEndOfKey(store, viewer)
  const scopes = requireSoundKey({ scopes: viewer.scopes, end }, input)
  const { organizationId, workspaceId } = access
  const secret = generateSecret()
  const wanted = {
    organizationId,
    workspaceId,
    defaultWorkspaceId: workspaceId,
    scopes,
    userId: input.service ? null : viewer.userId,
    name: input.name.trim(),
    expiresAt: input.expiresAt ?? end,
  }
  const key = await store.transact(async (db) => {
    const made = await createApiKey(db, wanted, secret)
    await noteDone(db, { viewer, act: 'create_key' }, { id: made.id, workspaceId })
    return made
  })
  return { key, secret }
}

/** Ends the key that asks for good, if it was made so that it may; `FORBIDDEN` for any other credential, `NOT_FOUND` where another key is expected. */
export async function revokeOwnKey(
  store: Store,
  viewer: Viewer,
  expectedId: string | null,
): Promise<StoredKey> {
  if (expectedId !== null && expectedId !== viewer.keyId) throw notFound('API key')
  return store.transact(async (db) => {
    const [key] = await db.$queryRaw<StoredKey[]>(sql`
      update api_keys k set revoked_at = least(revoked_at, now())
      where id = ${viewer.keyId}::uuid and self_revocable returning ${selectKey}`)
    if (key === undefined) throw forbidden('This key may not end itself')
    const subject = { id: key.id, workspaceId: key.workspaceId ?? key.defaultWorkspaceId }
    await noteDone(db, { viewer, act: 'revoke_key' }, subject)
    return key
  })
}

/** Ends a key of the workspace for good; ending it again keeps the first time. `FORBIDDEN` below ADMIN, `NOT_FOUND` for any other key. */
export async function revokeKey(
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  id: string,
): Promise<StoredKey> {
  requireRole(viewer, access, 'key:revoke')
  return store.transact(async (db) => {
    const key = await findKey(db, viewer, access, id, sql`for update`)
    if (key === null) throw notFound('API key')
    const subject = { id, workspaceId: access.workspaceId }
    if (key.revokedAt === null) await noteDone(db, { viewer, act: 'revoke_key' }, subject)
    return revokeApiKey(db, key.id)
  })
}
