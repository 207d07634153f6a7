import { perform } from '../beside/perform.js'
import { CliError, exitCodes } from '../failure.js'
import { keyActs } from './acts.js'
import type { CreateKeyFlags } from './create.js'
import { readExpiry } from './expiry.js'

/** `keys create` */
export async function createKey(flags: CreateKeyFlags): Promise<void> {
  if (!flags.service && flags.user === undefined)
    throw new CliError('A key takes --user, or --service for one without a user.', exitCodes.usage)
  if (flags.scope?.includes('organizations:manage') && (flags.bound || flags.service))
    throw new CliError(
      'The scope organizations:manage takes a key of a user that is bound to no workspace.',
      exitCodes.usage,
    )
  const expiresAt = readExpiry(flags.expires, new Date())?.toISOString() ?? null
  await perform(flags, { name: 'create', act: keyActs.create, input: { flags, expiresAt } })
}

/** `keys list` */
export async function listKeys(flags: { json?: boolean; data?: string }): Promise<void> {
  const input = { json: flags.json === true }
  await perform(flags, { name: 'list', act: keyActs.list, input, reads: true })
}

/** `keys revoke` */
export async function revokeKey(idOrPrefix: string, flags: { data?: string }): Promise<void> {
  await perform(flags, { name: 'revoke', act: keyActs.revoke, input: { idOrPrefix } })
}
