import type { ModelStore } from '../../db/sql.js'
import { type ListedKey, listApiKeys } from '../../domain/tenancy/list-keys.js'
import type { Printed } from '../beside/printed.js'
import { formatTable } from '../table.js'
import { jsonOf } from '../terminal-text.js'

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
export async function list(store: ModelStore, flags: { json?: boolean }): Promise<Printed> {
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
