import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { withActs } from '../beside/perform.js'
import { type ProjectAnswer, projectActs } from './acts.js'
import type { Projects } from './projects.js'

/** Works on the projects of a workspace in the store itself, as whoever runs it may do everything there. */
export function projectsOfStore<T>(
  flags: { data?: string },
  workspaceRef: WorkspaceRef,
  work: (projects: Projects) => Promise<T>,
): Promise<T> {
  return withActs(flags, projectActs, (perform) =>
    work({
      create: async (project) => toRow(await perform('projects create', { ...workspaceRef, project })),
      update: async (project, change) =>
        toRow(await perform('projects update', { ...workspaceRef, project, change })),
      remove: async (project) => void (await perform('projects delete', { ...workspaceRef, project })),
      list: async () => (await perform('projects list', workspaceRef)).map(toRow),
    }),
  )
}

const toRow = ({ createdAt, ...project }: ProjectAnswer) => ({ ...project, createdAt: new Date(createdAt) })
