import { FolderInUse } from '../../db/folder-lock.js'
import { CliError, exitCodes } from '../failure.js'
import { readCommandConfig, withStore, withStoreAsItIs } from '../store.js'
import { keyActs } from './acts.js'
import { askHolder } from './beside.js'
import type { CreateInput, CreateKeyFlags } from './create.js'
import { readExpiry } from './expiry.js'
import type { Printed } from './printed.js'

interface Inputs {
  create: CreateInput
  list: { json?: boolean }
  revoke: { idOrPrefix: string }
}

/** `keys create` */
export async function createKey(flags: CreateKeyFlags): Promise<void> {
  if (!flags.service && flags.user === undefined)
    throw new CliError('A key takes --user, or --service for one without a user.', exitCodes.usage)
  const expiresAt = readExpiry(flags.expires, new Date())?.toISOString() ?? null
  await perform(flags, 'create', { flags, expiresAt })
}

/** `keys list` */
export async function listKeys(flags: { json?: boolean; data?: string }): Promise<void> {
  await perform(flags, 'list', { json: flags.json === true })
}

/** `keys revoke` */
export async function revokeKey(idOrPrefix: string, flags: { data?: string }): Promise<void> {
  await perform(flags, 'revoke', { idOrPrefix })
}

/** Performs an act on the store itself, or has the gateway perform it that holds the embedded one, and prints what it says. */
async function perform<Name extends keyof Inputs>(
  flags: { data?: string },
  name: Name,
  input: Inputs[Name],
): Promise<void> {
  const open = name === 'list' ? withStoreAsItIs : withStore
  const printed = await open(
    flags,
    ({ store }): Promise<Printed> => keyActs[name](store, input as never),
  ).catch(async (error: unknown) => {
    const told =
      error instanceof FolderInUse ? await askHolder(readCommandConfig(flags).dataFolder, name, input) : null
    if (told === null) throw error
    return told
  })
  for (const note of printed.notes ?? []) process.stderr.write(`${note}\n`)
  process.stdout.write(printed.answer)
}
