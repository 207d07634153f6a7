import { type Dirent, lstatSync, readdirSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { eventFileName, firstEventFile } from './event-folder.js'
import { reasonOf } from './file-fault.js'

/** Which files of a folder hold sessions, unless a program says otherwise. */
export const sessionFileName = /\.(jsonl?|traj|ndjson|pb|binpb|otlp)$|^opencode\.db$/i

/** How the names of files end that a program has packed. */
const packedEnd = /\.(?:gz|zst|bz2|xz|zip)$/i

/** What agents keep beside their sessions, in files that look alike: what a sub-agent is, which its session tells; a list of them. */
const noSessions = /^(?:agent-.*\.meta\.json|sessions-index\.json)$/

/** What stands beside the sessions of opencode. */
const besideSessions = ['message', 'part', 'session_diff', 'session_share', 'project', 'todo', 'migration']

/** Whether a path leads to a folder; links are followed. */
export function isFolder(path: string): boolean {
  try {
    return statSync(path).isDirectory()
  } catch {
    // Nothing is there, or a link to itself.
    return false
  }
}

/** What hears of places below a folder that are left out. */
export interface WalkFaults {
  /** A folder that cannot be read. */
  onFault?(folder: string, reason: string): void
  /** A link to what may be sessions: none is followed, as it may lead anywhere, or in a circle. */
  onLink?(path: string): void
  /** What may be sessions once it is unpacked. */
  onPacked?(path: string): void
}

/** The files below a folder whose names match, in the order of their paths; hidden ones and links are left out. */
export function* walkFolder(folder: string, fileName: RegExp, faults: WalkFaults = {}): Generator<string> {
  const entries = listFolder(folder, faults)
  const names = new Set(entries.map(({ name }) => name))
  // Beside files of sessions, whose parts they hold.
  const parts = [
    ...(['session', 'message', 'part'].every((name) => names.has(name)) ? besideSessions : []),
    ...(names.has('chats') ? ['logs.json'] : []),
    ...(names.has('base_state.json') ? ['events'] : []),
    ...(isEventFolder(join(folder, 'events'), names) ? ['metadata.json', 'event_cache'] : []),
  ]
  const firstEvent = firstEventFile(folder, [...names])
  for (const entry of entries) {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || parts.includes(entry.name)) continue
    if (noSessions.test(entry.name)) continue
    // The other events come with the first.
    if (firstEvent !== null && entry.name !== firstEvent && eventFileName.test(entry.name)) continue
    const path = join(folder, entry.name)
    if (entry.isSymbolicLink() && (fileName.test(entry.name) || isFolder(path))) faults.onLink?.(path)
    if (entry.isDirectory()) yield* walkFolder(path, fileName, faults)
    else if (entry.isFile() && fileName.test(entry.name)) yield path
    else if (packedEnd.test(entry.name) && fileName.test(entry.name.replace(packedEnd, '')))
      faults.onPacked?.(path)
  }
}

/** Whether a folder that stands among these names holds the events of a run. */
function isEventFolder(folder: string, beside: ReadonlySet<string>): boolean {
  if (!beside.has('events') || !isFolder(folder)) return false
  return (
    firstEventFile(
      folder,
      listFolder(folder, {}).map(({ name }) => name),
    ) !== null
  )
}

/** Whether a place below a folder is a link, or stands behind one. */
export function isBehindLink(folder: string, path: string): boolean {
  const steps = relative(folder, path).split(sep)
  return steps.some((_step, index) => {
    const location = join(folder, ...steps.slice(0, index + 1))
    return lstatSync(location, { throwIfNoEntry: false })?.isSymbolicLink() ?? false
  })
}

function listFolder(folder: string, { onFault }: WalkFaults): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1))
  } catch (error) {
    onFault?.(folder, reasonOf(error))
    return []
  }
}
