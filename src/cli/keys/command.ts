import { Argument, Command, Option } from 'commander'
import { keyScopes } from '../../domain/viewer.js'
import { perform } from '../beside/perform.js'
import { CliError, exitCodes } from '../failure.js'
import { readDate } from '../read-date.js'
import { keyActs } from './acts.js'
import type { CreateKeyFlags } from './create.js'

const data = () =>
  new Option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)')

/** `session-gateway keys` */
export function keysCommand(): Command {
  return new Command('keys')
    .summary('create, list and revoke API keys')
    .description(
      'Creates, lists and revokes API keys in the store: PostgreSQL (DATABASE_URL), or the embedded one, which a gateway that runs on it does for its owner.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway keys list')
    .addCommand(createCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand())
}

function createCommand(): Command {
  return new Command('create')
    .summary('create a key and what it needs')
    .description(
      'Creates a key and prints it once. Makes the organization, workspace, user and membership that are not there yet, and says so on stderr.',
    )
    .requiredOption('--org <slug>', 'organization')
    .requiredOption(
      '--workspace <slug>',
      'workspace where the user gets the role, and the default of the key',
    )
    .addOption(
      new Option('--user <email>', 'owner of the key: e-mail address, or username of a known user').conflicts(
        'service',
      ),
    )
    .addOption(
      new Option('--role <role>', 'role of the user in the workspace')
        .choices(['read', 'write', 'admin'])
        .conflicts('service'),
    )
    .addOption(
      new Option('--scope <scope...>', 'scopes of the key (default: sessions:read sessions:write)').choices(
        keyScopes,
      ),
    )
    .option('--expires <when>', 'days such as 90d, or a date such as 2027-01-31 (default: never)')
    .option('--name <name>', 'name of the key (default: its user)')
    .option('--bound', 'let the key into this workspace only')
    .option(
      '--service',
      'key without a user, bound to the workspace; it reads and changes, but owns no session',
    )
    .option('--json', 'print JSON')
    .addOption(data())
    .addHelpText(
      'after',
      '\nExample:\n  session-gateway keys create --org acme --workspace main --user ada@acme.example --role admin',
    )
    .action(createKey)
}

function listCommand(): Command {
  return new Command('list')
    .summary('list every key')
    .description('Lists every key with what it may do; secrets are stored as hashes only.')
    .option('--json', 'print JSON')
    .addOption(data())
    .addHelpText('after', '\nExample:\n  session-gateway keys list --json')
    .action(listKeys)
}

function revokeCommand(): Command {
  return new Command('revoke')
    .summary('end a key for good')
    .description('Ends a key for good, from the next request on.')
    .addArgument(
      new Argument('<id|prefix>', 'id of the key, or the beginning of its prefix if only one key has it'),
    )
    .addOption(data())
    .addHelpText('after', '\nExample:\n  session-gateway keys revoke sgw_Jx3kQ9aB')
    .action(revokeKey)
}

/** `keys create` */
async function createKey(flags: CreateKeyFlags): Promise<void> {
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
async function listKeys(flags: { json?: boolean; data?: string }): Promise<void> {
  const input = { json: flags.json === true }
  await perform(flags, { name: 'list', act: keyActs.list, input, reads: true })
}

/** `keys revoke` */
async function revokeKey(idOrPrefix: string, flags: { data?: string }): Promise<void> {
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
