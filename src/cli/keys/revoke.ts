import { revokeApiKey } from '../../domain/tenancy/api-key.js'
import { findApiKeys } from '../../domain/tenancy/list-keys.js'
import { CliError } from '../failure.js'
import { withStore } from '../store.js'

/** Ends the one key with this id, or whose prefix begins with this text. */
export async function revokeKey(idOrPrefix: string, flags: { data?: string }): Promise<void> {
  const ended = await withStore(flags, async ({ store }) => {
    const [key, ...others] = await findApiKeys(store, idOrPrefix)
    if (key === undefined) throw new CliError(`There is no key ${shorten(idOrPrefix)}.`)
    if (others.length > 0)
      throw new CliError(
        `${others.length + 1} keys begin with ${shorten(idOrPrefix)}; keys list shows their ids.`,
      )
    return { before: key.revokedAt, key: await revokeApiKey(store, key.id) }
  })
  const when = ended.key.revokedAt?.toISOString()
  const outcome = ended.before === null ? 'Revoked' : `Revoked already, at ${when}:`
  process.stdout.write(`${outcome} ${ended.key.prefix}… (${ended.key.id})\n`)
}

/** A whole secret that somebody passed stays out of terminals' histories of output. */
function shorten(text: string): string {
  return text.startsWith('sgw_') ? text.slice(0, 12) : text
}
