import { type Store, sql } from '../../db/sql.js'
import { noteDone } from '../audit/note.js'
import { forbidden, notFound } from '../errors.js'
import { requireSoundKey } from '../key/rules.js'
import { createApiKey, generateSecret, type StoredKey } from '../tenancy/api-key.js'
import { listWorkspaceAccess } from '../tenancy/workspace.js'
import type { KeyScope, Viewer } from '../viewer.js'
import { holds } from './login.js'

/** A program's key ends after so long, and with it what a machine that got lost may do. */
const KEY_DAYS = 90

export interface DeviceKeyInput {
  name: string
  /** Whether the program may end it; absent and null: not. */
  selfRevocable?: boolean | null | undefined
  /** The organization that it expects; absent and null: any. */
  organizationId?: string | null | undefined
  /** The one workspace that it shall enter; absent and null: as many as whoever agreed with. */
  workspaceId?: string | null | undefined
  /** What it shall be good for at most; absent and null: all that was granted. */
  scopes?: readonly string[] | null | undefined
}

interface Granted {
  scopes: KeyScope[]
  workspaceId: string | null
  defaultWorkspaceId: string | null
  grantExpiresAt: Date | null
}

/**
 * Makes the key that somebody granted to a program, with the token of its login, which ends with that (contract 13.4).
 * `FORBIDDEN` for any other credential; `INVALID_INPUT` where it would be good for nothing.
 */
export async function createDeviceKey(
  store: Store,
  viewer: Viewer,
  input: DeviceKeyInput,
): Promise<{ key: StoredKey; secret: string }> {
  const { organizationId, userId } = viewer
  const secret = generateSecret()
  const key = await store.transact(async (db) => {
    // By its row alone, which the delete locks: of two calls with one token the second finds none.
    const [granted] = await db.$queryRaw<Granted[]>(sql`
      delete from device_logins where id = ${viewer.keyId}::uuid and ${holds}
      returning scopes, workspace_id as "workspaceId", default_workspace_id as "defaultWorkspaceId",
        grant_expires_at as "grantExpiresAt"`)
    if (granted === undefined) throw forbidden('This takes the token of a device login')
    if ((input.organizationId ?? organizationId) !== organizationId) throw notFound('Organization')
    const workspaceId = input.workspaceId ?? granted.workspaceId
    const entered = await listWorkspaceAccess(db, viewer)
    if (workspaceId !== null && !entered.some((access) => access.workspaceId === workspaceId))
      throw notFound('Workspace')
    if (entered.length === 0) throw forbidden('Whoever approved this login has no role any more')
    const wanted = input.scopes?.filter((scope) => granted.scopes.some((one) => one === scope))
    const scopes = requireSoundKey(
      { scopes: new Set(granted.scopes) },
      { name: input.name, scopes: wanted ?? granted.scopes },
    )
    const made = await createApiKey(
      db,
      {
        organizationId,
        userId,
        workspaceId,
        scopes,
        name: input.name.trim(),
        defaultWorkspaceId: workspaceId ?? granted.defaultWorkspaceId,
        expiresAt: endOf(granted),
        selfRevocable: input.selfRevocable ?? false,
      },
      secret,
    )
    const home = workspaceId ?? granted.defaultWorkspaceId
    await noteDone(db, { viewer, act: 'create_key' }, { id: made.id, workspaceId: home })
    return made
  })
  return { key, secret }
}

/** No later than the key that granted it. */
function endOf({ grantExpiresAt }: Granted): Date {
  const latest = new Date(Date.now() + KEY_DAYS * 86_400_000)
  return grantExpiresAt !== null && grantExpiresAt < latest ? grantExpiresAt : latest
}
