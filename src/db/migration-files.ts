import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export interface MigrationFile {
  name: string
  script: string
  /** As Prisma's own table keeps it: SHA-256 of the script, in hexadecimal. */
  checksum: string
}

const ownFolder = fileURLToPath(new URL('../../prisma/migrations/', import.meta.url))

/** The migrations of a folder, in the order of their names; those of the gateway unless said otherwise. */
export async function readMigrations(folder: string = ownFolder): Promise<MigrationFile[]> {
  const entries = await readdir(folder, { withFileTypes: true })
  const names = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name)
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(join(folder, name, 'migration.sql'), 'utf8')
      return { name, script, checksum: createHash('sha256').update(script).digest('hex') }
    }),
  )
}
