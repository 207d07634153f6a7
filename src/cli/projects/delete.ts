import { type ProjectFlags, withProjects } from './with-projects.js'

/** Deletes a project that nothing belongs to. */
export async function deleteProject(project: string, flags: ProjectFlags): Promise<void> {
  await withProjects('projects delete', flags, (projects) => projects.remove(project))
  process.stdout.write(`deleted ${project}\n`)
}
