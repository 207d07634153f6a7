import { formatTable } from '../table.js'
import { plain } from '../terminal-text.js'
import type { ProjectRow } from './projects.js'
import { type ProjectFlags, withProjects } from './with-projects.js'

const header = ['KEY', 'NAME', 'SESSIONS', 'CREATED', 'ID', 'DESCRIPTION']

/** Prints every project of a workspace as a table, or as JSON. */
export async function listProjects(flags: ProjectFlags): Promise<void> {
  const rows = await withProjects('projects list', flags, (projects) => projects.list())
  const text = flags.json ? `${JSON.stringify(rows, null, 2)}\n` : formatTable([header, ...rows.map(toCells)])
  process.stdout.write(text)
}

function toCells({ id, slug, name, description, sessions, createdAt }: ProjectRow): string[] {
  const day = createdAt.toISOString().slice(0, 10)
  return [slug, plain(name), String(sessions), day, id, description === null ? '' : plain(description)]
}
