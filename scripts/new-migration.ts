import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { embeddedAdapter, openEmbedded } from '../src/db/embedded.js'
import { openSchemaEngine } from '../src/db/schema-engine.js'

/** Writes the migration between two schema files: `npm run migration NAME [OLD_SCHEMA]`. */
const [name, oldSchema] = process.argv.slice(2)
if (!name) {
  console.error('Usage: npm run migration NAME [OLD_SCHEMA]; without OLD_SCHEMA it starts from an empty database.')
  process.exit(2)
}

const pglite = await openEmbedded(null)
const engine = await openSchemaEngine(embeddedAdapter(pglite))
const { stdout } = await engine.diff({
  from: oldSchema === undefined ? { tag: 'empty' } : await schema(oldSchema),
  to: await schema('prisma/schema.prisma'),
  script: true,
  exitCode: null,
  filters: { externalTables: [], externalEnums: [] },
})
await pglite.close()

const stamp = new Date().toISOString().replace(/\D/g, '').slice(0, 14)
const folder = `prisma/migrations/${stamp}_${name}`
await mkdir(folder, { recursive: true })
await writeFile(`${folder}/migration.sql`, stdout ?? '')
console.log(`Wrote ${folder}/migration.sql; read it before you commit it.`)

async function schema(path: string) {
  const file = { path, content: await readFile(path, 'utf8') }
  return { tag: 'schemaDatamodel' as const, files: [file] }
}
