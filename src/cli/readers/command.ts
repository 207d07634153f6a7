import { Command } from 'commander'
import { allowReader, listReaders, refuseReader } from '../../domain/readers/readers.js'
import { blameFlags } from '../blame.js'
import { CliError, exitCodes } from '../failure.js'
import { readCommandConfig, withStore, withStoreAsItIs } from '../store.js'
import { print } from '../terminal-text.js'

/** `session-gateway readers` */
export function readersCommand(): Command {
  return new Command('readers')
    .summary('let roles of the database read what a viewer may see')
    .description(
      'Binds roles of PostgreSQL, such as a BI tool’s, to row-level security: they read sessions and what belongs to them as the gateway shows them to the viewer whom their transaction names.',
    )
    .addHelpText('after', '\nExample:\n  session-gateway readers allow bi')
    .addCommand(
      new Command('allow')
        .summary('let a role read')
        .description('Lets a role that is there read, and makes its policies; again, it makes them anew.')
        .argument('<role>', 'role of the database, which owns no table of the gateway')
        .action(allow),
    )
    .addCommand(
      new Command('refuse')
        .summary('take that away')
        .description('Drops the policies of a role and what it was granted.')
        .argument('<role>', 'role of the database')
        .action(refuse),
    )
    .addCommand(
      new Command('list')
        .summary('list the roles that read so')
        .description('Lists the roles that read so, one a line.')
        .action(list),
    )
}

async function allow(role: string): Promise<void> {
  requireServer()
  await withStore({}, ({ store }) => allowReader(store, role).catch(blameFlags({ role: ['The role', role] })))
  print(`${role} reads what the viewer may see whom its transaction names.\n`)
}

async function refuse(role: string): Promise<void> {
  requireServer()
  await withStore({}, ({ store }) =>
    refuseReader(store, role).catch(blameFlags({ role: ['The role', role] })),
  )
  print(`${role} reads nothing any more.\n`)
}

async function list(): Promise<void> {
  requireServer()
  const readers = await withStoreAsItIs({}, ({ store }) => listReaders(store))
  for (const { role, isCurrent } of readers)
    print(`${role}${isCurrent ? '' : ' (by the rules of another version)'}\n`)
}

function requireServer(): void {
  if (readCommandConfig({}).databaseUrl === null)
    throw new CliError(
      'Readers need DATABASE_URL: nobody but the gateway reads the embedded store.',
      exitCodes.usage,
    )
}
