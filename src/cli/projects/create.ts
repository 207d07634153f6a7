import { blameProject } from './blame.js'
import { type ProjectFlags, withProjects } from './with-projects.js'

interface CreateProjectFlags extends ProjectFlags {
  slug?: string
  description?: string
}

/** Makes a project and prints its key, or all of it as JSON. */
export async function createProject(name: string, flags: CreateProjectFlags): Promise<void> {
  const { slug, description } = flags
  const made = await withProjects('projects create', flags, (projects) =>
    projects.create({ name, slug, description }).catch(blameProject),
  )
  process.stdout.write(flags.json ? `${JSON.stringify(made, null, 2)}\n` : `${made.slug}\n`)
}
