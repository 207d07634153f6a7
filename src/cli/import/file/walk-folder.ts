import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CliError } from '../../failure.js'

/** Which files of a folder hold sessions, unless a program says otherwise. */
export const sessionFileName = /\.(jsonl?|traj|ndjson|pb|binpb|otlp)$/i

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/**
 * The files below a folder whose names match, in the order of their paths; hidden ones are left out, links are not followed.
 * @throws {CliError} when the folder may not be read
 */
export function* walkFolder(folder: string, fileName: RegExp): Generator<string> {
  const entries = listFolder(folder)
  const names = new Set(entries.map(({ name }) => name))
  // Beside files of sessions, whose parts they hold.
  const parts = ['session', 'message', 'part'].every((name) => names.has(name)) ? ['message', 'part'] : []
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || parts.includes(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walkFolder(path, fileName)
    else if (entry.isFile() && fileName.test(entry.name)) yield path
  }
}

function listFolder(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new CliError(`There is no folder ${folder}.`)
    if (code === 'EACCES') throw new CliError(`The folder ${folder} may not be read.`)
    throw error
  }
}
