import { randomUUID } from 'node:crypto'
import { type Db, type Sql, sql } from '../../db/sql.js'
import { oneLine } from '../../rules/controls.js'
import { findTextIssues } from '../../rules/text.js'
import { conflict, DomainError, forbidden, invalidInput, notFound } from '../errors.js'
import type { KeyScope, Origin, Viewer } from '../viewer.js'
import { generateDeviceSecret, generateUserCode, hashCode, hashUserCode } from './codes.js'

/** How long a login waits for a person, and how long its token is good once they agreed. */
const LOGIN_MS = 600_000
const TOKEN_MS = 300_000
/** Of one address at a time, so that nobody fills the store. */
const MOST_PENDING = 100
const MAX_PROGRAM = 200

/** Codes of a login that begins, told this once. */
export interface BegunLogin {
  deviceCode: string
  userCode: string
  expiresAt: Date
}

/**
 * Begins a login for a program at this address, whoever it is (contract 13.1); `RATE_LIMITED` while too many of it wait.
 * The program's own name for itself counts before the one that its requests carry.
 */
export async function beginLogin(
  db: Db,
  { address, userAgent }: Origin,
  program: string | null = null,
): Promise<BegunLogin> {
  const [issue, ...issues] = findTextIssues(program ?? '', ['program'], MAX_PROGRAM)
  if (issue !== undefined) throw invalidInput(issue, ...issues)
  const now = new Date()
  await db.$executeRaw(sql`delete from device_logins where expires_at < ${now}::timestamptz
    and (token_expires_at is null or token_expires_at < ${now}::timestamptz)`)
  if (address !== null) await requireRoom(db, address)
  const [deviceCode, userCode] = [generateDeviceSecret(), generateUserCode()]
  const expiresAt = new Date(now.getTime() + LOGIN_MS)
  await db.$executeRaw(sql`
    insert into device_logins (id, device_hash, user_hash, address, user_agent, created_at, expires_at)
    values (${randomUUID()}::uuid, ${hashCode(deviceCode)}, ${hashUserCode(userCode)}, ${address}::text,
      ${oneLine(program ?? '') || userAgent}::text, ${now}::timestamptz, ${expiresAt}::timestamptz)`)
  return { deviceCode, userCode, expiresAt }
}

async function requireRoom(db: Db, address: string): Promise<void> {
  const pending = await db.$queryRaw<unknown[]>(sql`
    select 1 from device_logins where address = ${address} limit ${MOST_PENDING}::int`)
  if (pending.length < MOST_PENDING) return
  throw new DomainError('RATE_LIMITED', 'Too many logins of this address wait, retry in 60 seconds', {
    retryAfterSeconds: 60,
  })
}

export interface LoginState {
  /** Who agreed; null while nobody did. */
  userId: string | null
  expiresAt: Date
}

/** How a login stands, for whoever holds its code; `FORBIDDEN` once denied, `NOT_FOUND` for one unknown, over or used (contract 13.2). */
export async function getLoginState(db: Db, deviceCode: string): Promise<LoginState> {
  const [found] = await db.$queryRaw<(LoginState & { deniedAt: Date | null })[]>(sql`
    select user_id as "userId", expires_at as "expiresAt", denied_at as "deniedAt" from device_logins
    where device_hash = ${hashCode(deviceCode)} and token_hash is null and expires_at > now()`)
  if (found === undefined) throw notFound('Login')
  if (found.deniedAt !== null) throw forbidden('The login was denied')
  return { userId: found.userId, expiresAt: found.expiresAt }
}

export interface LoginToken {
  accessToken: string
  expiresInSeconds: number
  userId: string
}

/** Takes the code of a login that somebody agreed to for a token, once (contract 13.3); `CONFLICT` while nobody did. */
export async function exchangeDeviceCode(db: Db, deviceCode: string): Promise<LoginToken> {
  const accessToken = generateDeviceSecret()
  const expiresAt = new Date(Date.now() + TOKEN_MS)
  const [taken] = await db.$queryRaw<{ userId: string }[]>(sql`
    update device_logins set token_hash = ${hashCode(accessToken)}, token_expires_at = ${expiresAt}::timestamptz
    where device_hash = ${hashCode(deviceCode)} and user_id is not null and token_hash is null and expires_at > now()
    returning user_id as "userId"`)
  if (taken !== undefined) return { accessToken, expiresInSeconds: TOKEN_MS / 1000, userId: taken.userId }
  await getLoginState(db, deviceCode)
  throw conflict('Nobody has approved this login yet')
}

/** Whether a token is good: its time is not over, and what approved its login has neither ended nor been taken back. */
export const holds: Sql = sql`token_expires_at > now() and (granted_by = user_id
  or exists (select 1 from api_keys k where k.id = granted_by and k.revoked_at is null
    and (k.expires_at is null or k.expires_at > now()))
  or exists (select 1 from browser_sessions b where b.id = granted_by and b.expires_at > now()))`

const noScopes: ReadonlySet<KeyScope> = new Set()

/** Whom a login's token lets act: the person who agreed, without a scope, so that it is good for making its key alone. */
export async function findDeviceViewer(db: Db, token: string): Promise<Viewer | null> {
  const [found] = await db.$queryRaw<Omit<Viewer, 'scopes' | 'keyPrefix' | 'from'>[]>(sql`
    select id as "keyId", organization_id as "organizationId", user_id as "userId", workspace_id as "workspaceId",
      default_workspace_id as "defaultWorkspaceId"
    from device_logins where token_hash = ${hashCode(token)} and ${holds}`)
  const from: Origin = { face: 'graphql', address: null, userAgent: null }
  return found === undefined ? null : { ...found, keyPrefix: null, from, scopes: noScopes }
}
