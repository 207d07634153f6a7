import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { type ApiKey, type Db, empty, prepare, type Sql, sql } from '../../db/sql.js'
import { notFound } from '../errors.js'
import { noRoom, readFailure, readOnly } from '../failure.js'
import { type KeyScope, keyScopes, type Origin, type Viewer } from '../viewer.js'

/** How much of a key is kept in clear, to tell keys apart in lists. */
const PREFIX_LENGTH = 12
/** A key without a list of scopes has these (contract 1.4). */
const defaultScopes: readonly KeyScope[] = ['sessions:read', 'sessions:write']

export interface NewApiKey {
  organizationId: string
  /** Null makes a service key, which must be bound to a workspace. */
  userId: string | null
  workspaceId?: string | null
  defaultWorkspaceId?: string | null
  name: string
  scopes?: readonly KeyScope[]
  expiresAt?: Date | null
  /** Whether whoever holds it may end it; false unless given. */
  selfRevocable?: boolean
}

/** A new random key: 256 bits after a recognizable beginning. */
export function generateSecret(): string {
  return `sgw_${randomBytes(32).toString('base64url')}`
}

/** Stores a key by its hash; the secret itself is kept nowhere. */
export async function createApiKey(db: Db, key: NewApiKey, secret: string): Promise<StoredKey> {
  const { organizationId, userId, workspaceId = null, defaultWorkspaceId = null, expiresAt = null } = key
  const [stored] = await db.$queryRaw<StoredKey[]>(sql`
    insert into api_keys as k (id, organization_id, user_id, workspace_id, default_workspace_id, name, prefix, hash, scopes,
      expires_at, self_revocable)
    values (${randomUUID()}::uuid, ${organizationId}::uuid, ${userId}::uuid, ${workspaceId}::uuid,
      ${defaultWorkspaceId}::uuid, ${key.name}, ${secret.slice(0, PREFIX_LENGTH)}, ${hashSecret(secret)},
      ${[...(key.scopes ?? [])]}, ${expiresAt}::timestamptz, ${key.selfRevocable ?? false})
    returning ${selectKey}`)
  if (stored === undefined) throw new Error('An insert without its row')
  return stored
}

/** Ends a key for good; ending it again keeps the first time. `NOT_FOUND` for an unknown id. */
export async function revokeApiKey(db: Db, id: string): Promise<StoredKey> {
  const [key] = await db.$queryRaw<StoredKey[]>(sql`
    update api_keys k set revoked_at = least(revoked_at, now()) where id = ${id}::uuid returning ${selectKey}`)
  if (key === undefined) throw notFound('API key')
  return key
}

/** When what asks ends, if it is a key that does: no key outlives the one that it was made by. Null for keys that last, and for people. */
export async function findEndOfKey(db: Db, { keyId }: Pick<Viewer, 'keyId'>): Promise<Date | null> {
  const [key] = await db.$queryRaw<{ expiresAt: Date | null }[]>(sql`
    select expires_at as "expiresAt" from api_keys where id = ${keyId}::uuid`)
  return key?.expiresAt ?? null
}

/** A key as it is told: whose it is and what it may do, never its secret, nor the hash of that. */
export type StoredKey = Omit<ApiKey, 'hash'>

/** The columns of the key `k`, under the names of the model. */
export const selectKey: Sql = sql`k.id, k.organization_id as "organizationId", k.user_id as "userId",
  k.workspace_id as "workspaceId", k.default_workspace_id as "defaultWorkspaceId", k.name, k.prefix, k.scopes,
  k.created_at as "createdAt", k.expires_at as "expiresAt", k.revoked_at as "revokedAt", k.last_used_at as "lastUsedAt",
  k.self_revocable as "selfRevocable"`

export type KeyLookup = { state: 'valid'; viewer: Viewer } | { state: 'unknown' } | { state: 'expired' }

/** What a key with this list of scopes is good for; unknown ones count for nothing. */
export function scopesOfKey(scopes: readonly string[]): readonly KeyScope[] {
  return scopes.length === 0 ? defaultScopes : keyScopes.filter((scope) => scopes.includes(scope))
}

/** Who a secret belongs to, in one statement, which also marks its use once a minute; a revoked key is unknown. */
export async function findViewer(db: Db, secret: string): Promise<KeyLookup> {
  const hash = hashSecret(secret)
  // A store that takes no writes now still serves whoever reads.
  const [key] = await findKey(db, hash, markingUse(hash)).catch((error: unknown) => {
    if (!takesNoWrites(error)) throw error
    return findKey(db, hash, empty)
  })
  if (key === undefined) return { state: 'unknown' }
  if (key.expired) return { state: 'expired' }
  const { id: keyId, expired: _, scopes, ...rest } = key
  return {
    state: 'valid',
    viewer: { keyId, from: unknownOrigin, ...rest, scopes: new Set(scopesOfKey(scopes)) },
  }
}

function findKey(db: Db, hash: Uint8Array, before: Sql): Promise<FoundKey[]> {
  const statement = sql`${before}
    select k.id, k.prefix as "keyPrefix", k.organization_id as "organizationId", k.user_id as "userId", k.workspace_id as "workspaceId",
      k.default_workspace_id as "defaultWorkspaceId", k.scopes, k.expires_at <= now() as expired
    from api_keys k where k.hash = ${hash} and k.revoked_at is null`
  return db.$queryRaw<FoundKey[]>(prepare(statement))
}

const markingUse = (hash: Uint8Array) => sql`
  with used as (
    update api_keys set last_used_at = now()
    where hash = ${hash} and revoked_at is null and (expires_at is null or expires_at > now())
      and (last_used_at is null or last_used_at < now() - interval '1 minute'))`

function takesNoWrites(error: unknown): boolean {
  const message = readFailure(error)?.message
  return message === readOnly.message || message === noRoom.message || lacksNode(error)
}

/** Whether the server itself says that it does not reach another: keys are written to every node of a cluster, and read from any. */
function lacksNode(error: unknown): boolean {
  return error instanceof Error && 'severity' in error && 'code' in error && /^08/.test(String(error.code))
}

/** Until the face says where its call comes from. */
export const unknownOrigin: Origin = { face: 'graphql', address: null, userAgent: null }

type FoundKey = Omit<Viewer, 'keyId' | 'scopes' | 'from'> & {
  id: string
  scopes: string[]
  expired: boolean | null
}

function hashSecret(secret: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(secret).digest())
}
