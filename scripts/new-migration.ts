import { mkdir, readdir, writeFile } from 'node:fs/promises'
import { schemaDiff } from './schema-diff.js'

/**
 * Writes the migration between two schema files: `npm run migration NAME [OLD_SCHEMA]`. It comes behind the newest, whatever the clock
 * says, as migrations run in the order of their names.
 */
const [name, oldSchema] = process.argv.slice(2)
if (!name) {
  console.error(
    'Usage: npm run migration NAME [OLD_SCHEMA]; without OLD_SCHEMA it starts from an empty database.',
  )
  process.exit(2)
}

const newest = (await readdir('prisma/migrations'))
  .filter((one) => /^\d{14}_/.test(one))
  .toSorted()
  .at(-1)
const now = Number(new Date().toISOString().replace(/\D/g, '').slice(0, 14))
const stamp = Math.max(now, Number(newest?.slice(0, 14) ?? 0) + 1)
const folder = `prisma/migrations/${stamp}_${name}`
const statements = await schemaDiff(oldSchema ?? null, 'prisma/schema.prisma')
await mkdir(folder, { recursive: true })
await writeFile(`${folder}/migration.sql`, statements)
console.log(`Wrote ${folder}/migration.sql; read it before you commit it.`)
