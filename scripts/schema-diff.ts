import { readFile } from 'node:fs/promises'
import { embeddedAdapter, openEmbedded } from '../src/db/embedded.js'
import { openSchemaEngine } from './schema-engine.js'

/** Gives the SQL that leads from one schema file to another; from an empty database when `from` is null. */
export async function schemaDiff(from: string | null, to: string): Promise<string> {
  const pglite = await openEmbedded(null)
  const engine = await openSchemaEngine(embeddedAdapter(pglite))
  try {
    const { stdout } = await engine.diff({
      from: from === null ? { tag: 'empty' } : await schema(from),
      to: await schema(to),
      script: true,
      exitCode: null,
      filters: { externalTables: [], externalEnums: [] },
    })
    return stdout ?? ''
  } finally {
    engine.free()
    await pglite.close()
  }
}

async function schema(path: string) {
  const file = { path, content: await readFile(path, 'utf8') }
  return { tag: 'schemaDatamodel' as const, files: [file] }
}
