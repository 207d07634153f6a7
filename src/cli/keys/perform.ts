import { perform } from '../beside/perform.js'
import { CliError, exitCodes } from '../failure.js'
import { readDate } from '../read-date.js'
import { keyActs } from './acts.js'
import type { CreateKeyFlags } from './create.js'

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

const dayMs = 86_400_000

/** When a key ends: after days such as `90d`, or at a date or time in ISO 8601; never when absent. */
function readExpiry(text: string | undefined, now: Date): Date | null {
  if (text === undefined) return null
  const days = /^([1-9]\d{0,4})d$/.exec(text)?.[1]
  const when = days === undefined ? readDate(text) : new Date(now.getTime() + Number(days) * dayMs)
  if (when === null)
    throw new CliError(
      `--expires takes days such as 90d or a date such as 2027-01-31, not "${text}".`,
      exitCodes.usage,
    )
  if (when <= now) throw new CliError(`--expires takes a time to come, and ${text} is over.`, exitCodes.usage)
  return when
}
