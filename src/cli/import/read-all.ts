import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { CliError } from '../failure.js'
import { type FormatName, readSessions, type SourceSessions } from './formats.js'
import { readSourceFile } from './read-file.js'
import type { SourceDefaults } from './source.js'

/** The sessions of a file, or of every .json and .jsonl file in a folder; a file that cannot be read is named. */
export async function readAll(
  path: string,
  wanted: FormatName | 'auto',
  defaults: Omit<SourceDefaults, 'path' | 'formerSource'>,
): Promise<Omit<SourceSessions, 'format'> & { format: string }> {
  const read = async (file: string) => {
    const content = await readSourceFile(file)
    return readSessions(content, wanted, { ...defaults, path: file, formerSource: content.source })
  }
  if (path === '-' || !(await isFolder(path))) return read(path)

  const names = (await readdir(path)).filter((name) => /^[^.].*\.jsonl?$/.test(name)).sort()
  if (names.length === 0) throw new CliError(`The folder ${path} has no .json or .jsonl files.`)
  const all: Awaited<ReturnType<typeof readAll>> = { format: '', sessions: [], unreadable: [] }
  const found = new Set<string>()
  const seen = new Set<string>()
  for (const name of names) {
    const file = join(path, name)
    try {
      const { format, sessions, unreadable } = await read(file)
      found.add(format)
      all.unreadable.push(...unreadable)
      for (const session of sessions) {
        const place = JSON.stringify([session.identity, file])
        if (seen.has(place)) all.unreadable.push({ name: session.name, reason: `it is in the folder twice` })
        else all.sessions.push(session)
        seen.add(place)
      }
    } catch (error) {
      if (!(error instanceof CliError)) throw error
      all.unreadable.push({ name, reason: error.message })
    }
  }
  return { ...all, format: [...found].sort().join(', ') || wanted }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  )
}
