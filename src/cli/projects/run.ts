import { type NamesFlags, readNames } from '../admin/new-names.js'
import { blameAbsent, blameFlags } from '../blame.js'
import { formatTable } from '../table.js'
import { jsonOf, print } from '../terminal-text.js'
import { absentProject, type ProjectRow, typedProject } from './projects.js'
import { type ProjectFlags, withProjects } from './with-projects.js'

interface CreateProjectFlags extends ProjectFlags {
  slug?: string
  description?: string
}

/** Makes a project and prints its key, or all of it as JSON. */
export async function createProject(name: string, flags: CreateProjectFlags): Promise<void> {
  const { slug, description } = flags
  const made = await withProjects('projects create', flags, (projects) =>
    projects.create({ name, slug, description }).catch(blameFlags(typedProject({ name, slug, description }))),
  )
  print(flags.json ? jsonOf(made) : `${made.slug}\n`)
}

/** Changes name and description of a project and prints its key, or all of it as JSON. */
export async function updateProject(project: string, flags: ProjectFlags & NamesFlags): Promise<void> {
  const change = readNames('projects update', flags)
  const changed = await withProjects('projects update', flags, (projects) =>
    projects
      .update(project, change)
      .catch(blameFlags(typedProject(flags)))
      .catch(blameAbsent(absentProject(project))),
  )
  print(flags.json ? jsonOf(changed) : `${changed.slug}\n`)
}

/** Deletes a project that nothing belongs to. */
export async function deleteProject(project: string, flags: ProjectFlags): Promise<void> {
  await withProjects('projects delete', flags, (projects) =>
    projects.remove(project).catch(blameAbsent(absentProject(project))),
  )
  print(`deleted ${project}\n`)
}

const header = ['KEY', 'NAME', 'SESSIONS', 'CREATED', 'ID', 'DESCRIPTION']

/** Prints every project of a workspace as a table, or as JSON. */
export async function listProjects(flags: ProjectFlags): Promise<void> {
  const rows = await withProjects('projects list', flags, (projects) => projects.list())
  const text = flags.json ? jsonOf(rows) : formatTable([header, ...rows.map(toCells)])
  print(text)
}

function toCells({ id, slug, name, description, sessions, createdAt }: ProjectRow): string[] {
  const day = createdAt.toISOString().slice(0, 10)
  return [slug, name, String(sessions), day, id, description ?? '']
}
