import { createHash, hkdfSync, randomBytes, randomUUID } from 'node:crypto'
import { CompactEncrypt, compactDecrypt } from 'jose'
import { type Db, prepare, type Store, sql } from '../../db/sql.js'
import { noteDone } from '../audit/note.js'
import { unknownOrigin } from '../tenancy/api-key.js'
import { type KeyScope, keyScopes, type Origin, type Viewer } from '../viewer.js'
import type { Admitted } from './admit.js'

/** How tokens of browsers begin, which tells them from keys, and has them blanked in log lines. */
const SESSION_PREFIX = 'sgs_'

/** What people may do at most; their roles say what they may. */
export const personScopes: ReadonlySet<KeyScope> = new Set(
  keyScopes.filter((scope) => scope === 'sessions:read' || scope === 'sessions:write'),
)

/** What every person who calls has alike: no key, and no workspace that alone may be entered. */
export const personCalls = { keyPrefix: null, workspaceId: null, from: unknownOrigin } as const

export interface SigningIn {
  milliseconds: number
  from: Omit<Origin, 'face'>
  /** By which the provider signed the person in. */
  idToken: string
}

/**
 * Signs a person in for so long, which stands in the audit; the token, 256 random bits, is stored by its hash alone. Ended
 * ones are cleared away.
 */
export async function startBrowserSession(
  store: Store,
  { userId, organizationId, defaultWorkspaceId }: Admitted,
  { milliseconds, from, idToken }: SigningIn,
): Promise<string> {
  const token = `${SESSION_PREFIX}${randomBytes(32).toString('base64url')}`
  const now = new Date()
  const expiresAt = new Date(now.getTime() + milliseconds)
  const id = randomUUID()
  const sealed = await sealIdToken(idToken, token)
  const viewer: Viewer = {
    ...personCalls,
    keyId: id,
    organizationId,
    userId,
    defaultWorkspaceId,
    scopes: personScopes,
    from: { face: 'gateway', ...from },
  }
  await store.transact(async (db) => {
    await db.$executeRaw(sql`delete from browser_sessions where expires_at < ${now}::timestamptz`)
    await db.$executeRaw(sql`
      insert into browser_sessions (id, organization_id, user_id, default_workspace_id, hash, sealed_id_token,
        created_at, expires_at)
      values (${id}::uuid, ${organizationId}::uuid, ${userId}::uuid, ${defaultWorkspaceId}::uuid,
        ${hashToken(token)}, ${sealed}::text, ${now}::timestamptz, ${expiresAt}::timestamptz)`)
    await noteDone(db, { viewer, act: 'sign_in' }, { id: userId, workspaceId: defaultWorkspaceId })
  })
  return token
}

/** Who a browser's token belongs to; null for one that is unknown, ended or expired. One statement. */
export async function findBrowserViewer(db: Db, token: string): Promise<Viewer | null> {
  const [found] = await db.$queryRaw<Omit<Viewer, 'scopes' | 'workspaceId' | 'keyPrefix' | 'from'>[]>(
    prepare(sql`
      select id as "keyId", organization_id as "organizationId", user_id as "userId",
        default_workspace_id as "defaultWorkspaceId"
      from browser_sessions where hash = ${hashToken(token)} and expires_at > now()`),
  )
  return found === undefined ? null : { ...found, ...personCalls, scopes: personScopes }
}

/** Signs a browser out for good; gives the ID token by which it was signed in, null where none was kept. An unknown token is none. */
export async function endBrowserSession(db: Db, token: string): Promise<string | null> {
  const [ended] = await db.$queryRaw<{ sealed: string | null }[]>(
    sql`delete from browser_sessions where hash = ${hashToken(token)} returning sealed_id_token as sealed`,
  )
  return ended?.sealed == null ? null : openIdToken(ended.sealed, token)
}

function hashToken(token: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(createHash('sha256').update(token).digest())
}

/** Longer ones are not kept: with the rest of the address at which people sign out, servers refuse them. */
const MAX_LENGTH = 6000

/** Seals a provider's ID token so that the browser's own token alone opens it, which is stored nowhere; null for one that is too long. */
export async function sealIdToken(idToken: string, browserToken: string): Promise<string | null> {
  if (idToken.length > MAX_LENGTH) return null
  return new CompactEncrypt(new TextEncoder().encode(idToken))
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .encrypt(keyOf(browserToken))
}

/** What was sealed for this browser; null for what was not. */
export async function openIdToken(sealed: string, browserToken: string): Promise<string | null> {
  const opened = await compactDecrypt(sealed, keyOf(browserToken), {
    keyManagementAlgorithms: ['dir'],
    contentEncryptionAlgorithms: ['A256GCM'],
  }).catch(() => null)
  return opened && new TextDecoder().decode(opened.plaintext)
}

/** Another function of the token than the hash by which it is stored. */
const keyOf = (browserToken: string) =>
  new Uint8Array(hkdfSync('sha256', browserToken, '', 'session-gateway id token', 32))
