import type { ModelStore } from '../../db/prisma.js'
import { createProject } from '../../domain/project/create.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import { enterAsOperator, operatorOf } from '../operator.js'
import { withStore } from '../store.js'
import type { ProjectRow, Projects } from './projects.js'

/** Works on the projects of a workspace in the store itself, as whoever runs it may do everything there. */
export function projectsOfStore<T>(
  flags: { data?: string },
  workspaceRef: WorkspaceRef,
  work: (projects: Projects) => Promise<T>,
): Promise<T> {
  return withStore(flags, async ({ store }) => {
    const access = await enterAsOperator(store, workspaceRef)
    return work({
      create: async (project) => {
        const { id, slug, name, description, createdAt } = await createProject(
          store,
          operatorOf(access.organizationId, access.workspaceId),
          access,
          project,
        )
        return { id, slug, name, description, createdAt, sessions: 0 }
      },
      list: () => listAll(store, access),
    })
  })
}

async function listAll(
  store: ModelStore,
  { organizationId, workspaceId }: WorkspaceAccess,
): Promise<ProjectRow[]> {
  const where = { organizationId, workspaceId }
  const projects = await store.project.findMany({ where, orderBy: { slug: 'asc' } })
  const counted = await store.session.groupBy({ by: ['projectId'], where, _count: true })
  const counts = new Map(counted.map(({ projectId, _count }) => [projectId, _count]))
  return projects.map(({ id, slug, name, description, createdAt }) => ({
    id,
    slug,
    name,
    description,
    createdAt,
    sessions: counts.get(id) ?? 0,
  }))
}
