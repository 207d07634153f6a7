import type { ModelStore } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { revokeApiKey } from '../../domain/tenancy/api-key.js'
import { findApiKeys, type ListedKey, listApiKeys } from '../../domain/tenancy/list-keys.js'
import type { Act, Printed } from '../beside/printed.js'
import { CliError, exitCodes } from '../failure.js'
import { operatorOf } from '../operator.js'
import { formatTable } from '../table.js'
import { jsonOf, named } from '../terminal-text.js'
import { create } from './create.js'

/** What the commands do to a store, by their names. */
export const keyActs = { create, list, revoke } satisfies Record<string, Act>

const header = [
  'ID',
  'PREFIX',
  'NAME',
  'USER',
  'WORKSPACE',
  'SCOPES',
  'CREATED',
  'LAST USED',
  'EXPIRES',
  'REVOKED',
]

/** Tells every key as a table, or as JSON. */
async function list(store: ModelStore, flags: { json?: boolean }): Promise<Printed> {
  const keys = await listApiKeys(store)
  const answer = flags.json ? jsonOf(keys.map(toJson)) : formatTable([header, ...keys.map(toRow)])
  return { answer }
}

function toJson(key: ListedKey) {
  const { id, prefix, name, organization, user, workspace, workspaceId } = key
  const { createdAt, lastUsedAt, expiresAt, revokedAt } = key
  return {
    id,
    prefix,
    name,
    organization: organization.slug,
    user: user?.username ?? null,
    workspace: workspace?.slug ?? null,
    boundToWorkspace: workspaceId !== null,
    scopes: scopesOf(key),
    createdAt,
    lastUsedAt,
    expiresAt,
    revokedAt,
  }
}

function toRow(key: ListedKey): string[] {
  const { organization, workspace, workspaceId } = key
  const reach = `${organization.slug}/${workspace?.slug ?? '*'}${workspaceId === null ? '' : ' only'}`
  const dates = [key.createdAt, key.lastUsedAt, key.expiresAt, key.revokedAt]
  return [
    ...[key.id, `${key.prefix}…`, key.name, key.user?.username ?? 'service', reach, scopesOf(key).join(' ')],
    ...dates.map((date) => date?.toISOString().slice(0, 16).replace('T', ' ') ?? '-'),
  ]
}

/** A key without a list of scopes has the two usual ones (contract 1.4). */
function scopesOf({ scopes }: ListedKey): string[] {
  return scopes.length === 0 ? ['sessions:read', 'sessions:write'] : scopes
}

/** Ends the one key with this id, or whose prefix begins with this text. */
async function revoke(store: ModelStore, { idOrPrefix }: { idOrPrefix: string }): Promise<Printed> {
  if (idOrPrefix.trim() === '')
    throw new CliError('keys revoke takes the id of a key, or the beginning of its prefix.', exitCodes.usage)
  const [key, ...others] = await findApiKeys(store, idOrPrefix)
  if (key === undefined)
    throw new CliError(`There is no key ${named(shorten(idOrPrefix))}; keys list shows those that are there.`)
  if (others.length > 0)
    throw new CliError(
      `${others.length + 1} keys begin with ${shorten(idOrPrefix)}; keys list shows their ids.`,
    )
  const { id, prefix, revokedAt } = await store.$transaction(async (db) => {
    const { organizationId, workspaceId } = key
    const audited = { viewer: operatorOf(organizationId, workspaceId), act: 'revoke_key' } as const
    if (key.revokedAt === null) await noteDone(db, audited, { id: key.id, workspaceId })
    return revokeApiKey(db, key.id)
  })
  const outcome = key.revokedAt === null ? 'Revoked' : `Revoked already, at ${revokedAt?.toISOString()}:`
  return { answer: `${outcome} ${prefix}… (${id})\n` }
}

/** A whole secret that somebody passed stays out of terminals' histories of output. */
function shorten(text: string): string {
  return text.startsWith('sgw_') ? text.slice(0, 12) : text
}
