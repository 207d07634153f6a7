import { type NamesFlags, readNames } from '../admin/new-names.js'
import { blameProject } from './blame.js'
import { type ProjectFlags, withProjects } from './with-projects.js'

/** Changes name and description of a project and prints its key, or all of it as JSON. */
export async function updateProject(project: string, flags: ProjectFlags & NamesFlags): Promise<void> {
  const change = readNames(flags)
  const changed = await withProjects('projects update', flags, (projects) =>
    projects.update(project, change).catch(blameProject),
  )
  process.stdout.write(flags.json ? `${JSON.stringify(changed, null, 2)}\n` : `${changed.slug}\n`)
}
