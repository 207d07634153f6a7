import type { ModelStore } from '../../db/sql.js'
import { noteDone } from '../../domain/audit/note.js'
import { revokeApiKey } from '../../domain/tenancy/api-key.js'
import { findApiKeys } from '../../domain/tenancy/list-keys.js'
import type { Printed } from '../beside/printed.js'
import { CliError, exitCodes } from '../failure.js'
import { operatorOf } from '../operator.js'
import { named } from '../terminal-text.js'

/** Ends the one key with this id, or whose prefix begins with this text. */
export async function revoke(store: ModelStore, { idOrPrefix }: { idOrPrefix: string }): Promise<Printed> {
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
    const deed = { viewer: operatorOf(organizationId, workspaceId), act: 'revoke_key' } as const
    if (key.revokedAt === null) await noteDone(db, deed, { id: key.id, workspaceId })
    return revokeApiKey(db, key.id)
  })
  const outcome = key.revokedAt === null ? 'Revoked' : `Revoked already, at ${revokedAt?.toISOString()}:`
  return { answer: `${outcome} ${prefix}… (${id})\n` }
}

/** A whole secret that somebody passed stays out of terminals' histories of output. */
function shorten(text: string): string {
  return text.startsWith('sgw_') ? text.slice(0, 12) : text
}
