import { setTimeout as sleep } from 'node:timers/promises'
import { Command } from 'commander'
import { signInSettingsOf } from '../config/parts.js'
import { type Config, readConfig } from '../config/read.js'
import type { OpenStore } from '../db/connect.js'
import type { MigrationStatements } from '../db/migrate.js'
import { readMigrations } from '../db/migration-files.js'
import type { Replicas } from '../db/replicas/replicas.js'
import { lacksOfCluster, lacksOfPlacements, lacksOfServer } from '../db/sharding/lacks.js'
import { hasCitus, isDistributed } from '../db/sharding/placement.js'
import { CliError } from './failure.js'
import { describeStore, openStoreAsItIs, readCommandConfig } from './store.js'
import { print } from './terminal-text.js'

/** How long a replica is waited for that lacks something. */
const MOST_PATIENCE_MS = 10_000

/** `session-gateway doctor` */
export function doctorCommand(): Command {
  return new Command('doctor')
    .summary('say what the store lacks, and what keeps people from signing in')
    .description(
      'Says what the store lacks, a line each with what mends it: the version and extensions of PostgreSQL, settings that a pooler does not bring, migrations, replicas that serve no reads, and of a Citus cluster its nodes, their settings, and tables that are not where they have to be; and where people sign in what the provider lacks, or says of OIDC_CLIENT_ID and OIDC_CLIENT_SECRET. Changes nothing.',
    )
    .option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)')
    .addHelpText(
      'after',
      '\nExits with 1 where something is lacking.\n\nExample:\n  DATABASE_URL=postgresql://gateway@coordinator/sessions session-gateway doctor',
    )
    .action(doctor)
}

async function doctor(flags: { data?: string }): Promise<void> {
  // With a gateway's own limit of statements, as what is said of a pooler's settings is pasted.
  const { statementTimeoutMs } = readConfig(undefined, flags)
  const config = { ...readCommandConfig(flags), statementTimeoutMs }
  const settings: string[] = []
  const opened = await openStoreAsItIs(config, config.readDatabaseUrl, (sentence) => settings.push(sentence))
  try {
    await examine(opened, config, settings)
  } finally {
    await opened.close()
  }
}

/** With what opening the store has said already of settings that are not in force. */
async function examine(opened: OpenStore, config: Config, settings: readonly string[]): Promise<void> {
  const { kind, replicas } = opened
  const found = await opened.examine(async (db) => {
    const isCluster = kind === 'postgresql' && (await hasCitus(db))
    const lacks = [
      ...(kind === 'postgresql' ? await lacksOfServer(db) : []),
      ...(await pendingMigrations(db)),
      ...(isCluster ? [...(await lacksOfCluster(db)), ...(await lacksOfPlacements(db))] : []),
    ]
    return { isCluster, isSharded: isCluster && (await isDistributed(db)), lacks }
  })
  const lacks = [
    ...settings,
    ...found.lacks,
    ...(replicas ? await lacksOfReplicas(replicas, config.readLagMs) : []),
    ...(await lacksOfProvider(config)),
  ]
  const say = (line: string) => print(`${line}\n`)
  const how = found.isSharded
    ? 'sharded by organization'
    : found.isCluster
      ? 'on a cluster, and not sharded'
      : 'not sharded'
  say(`${describeStore(config)} is ${how}`)
  for (const lack of lacks) say(lack)
  if (lacks.length > 0)
    throw new CliError(`${lacks.length === 1 ? 'One thing is' : `${lacks.length} things are`} lacking.`)
  say('Nothing is lacking')
}

async function lacksOfProvider(config: Config): Promise<string[]> {
  const settings = signInSettingsOf(config)
  if (settings === null) return []
  const { lacksOfSignIn } = await import('../sign-in/provider.js')
  return lacksOfSignIn(settings)
}

async function lacksOfReplicas(replicas: Replicas, readLagMs: number): Promise<string[]> {
  const until = performance.now() + Math.min(readLagMs, MOST_PATIENCE_MS)
  await replicas.look()
  while (replicas.states().some(({ state }) => state === 'behind') && performance.now() < until) {
    await sleep(100)
    await replicas.look()
  }
  return replicas
    .states()
    .flatMap(({ name, reason }) =>
      reason === null ? [] : [`The replica at ${name} serves no reads: ${reason.replace(/\.?$/, '.')}`],
    )
}

async function pendingMigrations(db: MigrationStatements): Promise<string[]> {
  const [table] = await db.rows<{ present: boolean }>(
    `select to_regclass('_prisma_migrations') is not null as present`,
  )
  const rows = table?.present
    ? await db.rows<{ name: string }>(
        'select migration_name as name from _prisma_migrations where finished_at is not null and rolled_back_at is null',
      )
    : []
  const applied = new Set(rows.map(({ name }) => name))
  const pending = (await readMigrations()).filter(({ name }) => !applied.has(name))
  if (pending.length === 0) return []
  return [
    `${pending.length === 1 ? 'One migration is' : `${pending.length} migrations are`} pending; run session-gateway migrate.`,
  ]
}
