import { Command } from 'commander'
import type { OpenStore } from '../db/connect.js'
import { distributeTables } from '../db/sharding/distribute.js'
import { hasCitus, listPlacements, misplaced, type TablePlacement } from '../db/sharding/placement.js'
import { CliError } from './failure.js'
import { describeStore, openConfiguredStore, readCommandConfig } from './store.js'
import { print } from './terminal-text.js'

/** `session-gateway distribute` */
export function distributeCommand(): Command {
  return new Command('distribute')
    .summary('shard the store by organization on a Citus cluster')
    .description(
      'Puts the tables of organizations onto the nodes of the Citus cluster whose coordinator DATABASE_URL names, and all that they share onto every node, with the rows that are there, as one transaction. Pending migrations are applied first; later ones keep the store so. Again, it changes nothing.',
    )
    .option('--dry-run', 'only say what lies where, and where it would go')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgresql://gateway@coordinator/sessions session-gateway distribute --dry-run',
    )
    .action(distribute)
}

async function distribute({ dryRun = false }: { dryRun?: boolean }): Promise<void> {
  const config = readCommandConfig({})
  const opened = await openConfiguredStore(config)
  const say = (line: string) => print(`${line}\n`)
  try {
    const alone = requireCluster(opened)
    await alone(async (db) => {
      if (!(await hasCitus(db)))
        throw new CliError(
          'The database has no extension citus; run session-gateway doctor for what it lacks.',
        )
      const nodes = await db.rows('select from pg_dist_node where shouldhaveshards and isactive')
      if (nodes.length === 0)
        throw new CliError('The cluster has no node that takes shards; run session-gateway doctor.')
    })
    if (dryRun) return (await alone(listPlacements)).forEach((table) => void say(describe(table)))
    await opened.migrate()
    const moved = await alone((db) => distributeTables(db, (table) => say(describe(table))))
    say(moved.length === 0 ? 'Nothing to distribute' : `Distributed ${moved.length} tables`)
    say(`${describeStore(config)} is sharded by organization`)
  } finally {
    await opened.close()
  }
}

function requireCluster({ alone }: OpenStore): NonNullable<OpenStore['alone']> {
  if (alone === undefined)
    throw new CliError(
      'The embedded store lies on one machine; DATABASE_URL names the coordinator of a cluster.',
    )
  return alone
}

function describe(table: TablePlacement): string {
  const { name, is, wanted } = table
  return misplaced([table]).length === 0 ? `${name} stays ${is}` : `${name} becomes ${wanted}`
}
