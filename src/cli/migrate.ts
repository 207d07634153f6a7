import { Command } from 'commander'
import { describeStore, openConfiguredStore, readCommandConfig } from './store.js'
import { print } from './terminal-text.js'

/** `session-gateway migrate` */
export function migrateCommand(): Command {
  return new Command('migrate')
    .summary('apply pending migrations')
    .description(
      'Applies the pending migrations to PostgreSQL (DATABASE_URL), or to the embedded store. Processes that migrate at once take turns.',
    )
    .option('--data <folder>', 'folder of the embedded store (default: .data, or DATA_FOLDER)')
    .addHelpText(
      'after',
      '\nExample:\n  DATABASE_URL=postgresql://gateway@db/sessions session-gateway migrate',
    )
    .action(migrate)
}

async function migrate(flags: { data?: string }): Promise<void> {
  const config = readCommandConfig(flags)
  const opened = await openConfiguredStore(config)
  try {
    const applied = await opened.migrate()
    const outcome =
      applied.length === 0 ? 'Nothing to apply' : applied.map((name) => `Applied ${name}`).join('\n')
    print(`${outcome}\n${describeStore(config)} is up to date\n`)
  } finally {
    await opened.close()
  }
}
