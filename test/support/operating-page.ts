import { readdirSync, readFileSync } from 'node:fs'
import { delimiter, join } from 'node:path'

/** The blocks of commands below a heading of docs/operating.md. */
export function readCommands(heading: string): string[] {
  const page = readFileSync(new URL('../../docs/operating.md', import.meta.url), 'utf8')
  const [, section = ''] = page.split(`\n## ${heading}\n`)
  const [own = ''] = section.split('\n## ')
  return [...own.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, commands]) => commands as string)
}

/** What docs/operating.md tells to type before the loss of a database, and after it. */
export function readBackupCommands(): { backup: string; restore: string } {
  const [block = ''] = readCommands('Back up and restore')
  const [backup = '', restore = ''] = block.split(/^# Lost.*\n/m)
  return { backup, restore }
}

/** `PATH` with PostgreSQL's tools first: Debian keeps those of each version in a folder of its own; the newest can read and write all. */
export function pathWithTools(): string {
  const home = '/usr/lib/postgresql'
  const newest = readFolder(home).toSorted((a, b) => Number(b) - Number(a))[0]
  return [...(newest === undefined ? [] : [join(home, newest, 'bin')]), process.env.PATH].join(delimiter)
}

function readFolder(folder: string): string[] {
  try {
    return readdirSync(folder)
  } catch {
    return []
  }
}
