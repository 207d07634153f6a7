import { Command } from 'commander'
import type { OpenStore } from '../db/connect.js'
import { copyTable, findFilled, listCopied } from '../db/copy-tables.js'
import { isDistributed } from '../db/sharding/placement.js'
import { CliError, exitCodes } from './failure.js'
import { describeStore, openConfiguredStore, openStoreAsItIs, readCommandConfig } from './store.js'
import { print } from './terminal-text.js'

/** `session-gateway copy` */
export function copyCommand(): Command {
  return new Command('copy')
    .summary('copy an embedded store into PostgreSQL')
    .description(
      'Copies all that an embedded store holds into the empty database that DATABASE_URL names, as one transaction: sessions with their owners, people, keys, roles, annotations, rules and the audit. Pending migrations of both are applied first. The embedded store stays as it is; stop its gateway before.',
    )
    .argument('<folder>', 'folder of the embedded store, such as .data')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgresql://gateway@db/sessions session-gateway copy .data/team',
    )
    .action(copy)
}

async function copy(dataFolder: string): Promise<void> {
  const config = readCommandConfig({})
  if (config.databaseUrl === null)
    throw new CliError('DATABASE_URL names no database to copy into.', exitCodes.usage)
  const source = await openStoreAsItIs({ ...config, databaseUrl: null, dataFolder })
  try {
    const target = await openConfiguredStore(config)
    try {
      await source.migrate()
      await target.migrate()
      print(`Copied ${await copyStore(source, target)} rows into ${describeStore(config)}\n`)
    } finally {
      await target.close()
    }
  } finally {
    await source.close()
  }
}

async function copyStore(source: OpenStore, { alone }: OpenStore): Promise<number> {
  const copied = await alone?.(async (db) => {
    if (await isDistributed(db))
      throw new CliError(
        'The database is sharded already; copy into one that is not, and distribute it then.',
      )
    const tables = await listCopied(db)
    const filled = await findFilled(db, tables)
    if (filled !== null)
      throw new CliError(`The database holds rows in ${filled} already; a copy takes an empty one.`)
    return source.examine(async (from) => {
      let total = 0
      for (const table of tables) total += await copyTable(from, db, table)
      return total
    })
  })
  return copied ?? 0
}
