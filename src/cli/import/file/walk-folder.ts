import { type Dirent, readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { reasonOf } from './file-fault.js'

/** Which files of a folder hold sessions, unless a program says otherwise. */
export const sessionFileName = /\.(jsonl?|traj|ndjson|pb|binpb|otlp)$|^opencode\.db$/i

/** What agents keep beside their sessions, in files that look alike. */
const noSessions = /^(?:agent-.*\.meta\.json|sessions-index\.json)$/

export function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false
}

/**
 * The files below a folder whose names match, in the order of their paths; hidden ones are left out, links are not followed.
 * `onFault` hears of folders that cannot be read, which are left out.
 */
export function* walkFolder(
  folder: string,
  fileName: RegExp,
  onFault: (folder: string, reason: string) => void = () => {},
): Generator<string> {
  const entries = listFolder(folder, onFault)
  const names = new Set(entries.map(({ name }) => name))
  // Beside files of sessions, whose parts they hold.
  const parts = [
    ...(['session', 'message', 'part'].every((name) => names.has(name)) ? ['message', 'part'] : []),
    ...(names.has('base_state.json') ? ['events'] : []),
  ]
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || parts.includes(entry.name)) continue
    if (noSessions.test(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isDirectory()) yield* walkFolder(path, fileName, onFault)
    else if (entry.isFile() && fileName.test(entry.name)) yield path
  }
}

function listFolder(folder: string, onFault: (folder: string, reason: string) => void): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    onFault(folder, reasonOf(error))
    return []
  }
}
