import { embeddedMigrations, openEmbedded } from '../../src/db/embedded.js'
import { applyMigrations, type MigrationStore } from '../../src/db/migrate.js'
import { readMigrations } from '../../src/db/migration-files.js'
import { openPostgresqlMigrations } from '../../src/db/postgresql-migrations.js'

/**
 * Migrates a store in a process of its own, and kills it at a place: `[url or null, folder of the store, migrations, place]`.
 * The places are those of the first migration; `none` leaves the end to whoever started it.
 */
const [url, folder, migrations, place] = JSON.parse(process.argv[2] ?? '') as [
  string | null,
  string | null,
  string,
  Place,
]
export type Place =
  | 'none'
  | 'before the script'
  | 'within the script'
  | 'after the script'
  | 'before the end'
  | 'after the end'

const die = () => process.kill(process.pid, 'SIGKILL')

function mortal(store: MigrationStore): MigrationStore {
  let migrating = false
  return {
    rows: store.rows,
    alone: async (work) => {
      const result = await store.alone((db) =>
        work({
          rows: async (text, values) => {
            if (text.startsWith('select 1 from _prisma_migrations')) migrating = true
            const rows = await db.rows<never>(text, values)
            if (place === 'before the end' && text.startsWith('insert')) die()
            return rows
          },
          script: (text) => db.script(text),
          migration: async (text) => {
            if (migrating && place === 'before the script') die()
            if (migrating && place === 'within the script') setTimeout(die, 5)
            await db.migration(text)
            if (migrating && place === 'after the script') die()
          },
        }),
      )
      if (migrating && place === 'after the end') die()
      return result
    },
  }
}

const store =
  url === null
    ? embeddedMigrations(await openEmbedded(folder))
    : openPostgresqlMigrations({ url, connectTimeoutMs: 10_000, lockTimeoutMs: 60_000, onWait: () => {} })
process.stdout.write('ready\n')
await applyMigrations(mortal(store), await readMigrations(migrations))
process.exit()
