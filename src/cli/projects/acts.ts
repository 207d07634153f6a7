import type { ModelStore } from '../../db/sql.js'
import { createProject } from '../../domain/project/create.js'
import { deleteProject } from '../../domain/project/delete.js'
import { updateProject } from '../../domain/project/update.js'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { blameAbsent, blameFlags } from '../blame.js'
import { enterAsOperator, operatorOf } from '../operator.js'
import {
  absentProject,
  type NewProject,
  type ProjectChange,
  type ProjectRow,
  typedProject,
} from './projects.js'

/** A project as it goes over a socket: times are texts. */
export type ProjectAnswer = Omit<ProjectRow, 'createdAt'> & { createdAt: string }

async function create(
  store: ModelStore,
  { project, ...workspaceRef }: WorkspaceRef & { project: NewProject },
): Promise<ProjectAnswer> {
  const access = await enterAsOperator(store, workspaceRef)
  const operator = operatorOf(access.organizationId, access.workspaceId)
  const made = await createProject(store, operator, access, project).catch(blameFlags(typedProject(project)))
  return { ...tell(made), sessions: 0 }
}

async function update(
  store: ModelStore,
  { project, change, ...workspaceRef }: WorkspaceRef & { project: string; change: ProjectChange },
): Promise<ProjectAnswer> {
  const access = await enterAsOperator(store, workspaceRef)
  const operator = operatorOf(access.organizationId, access.workspaceId)
  const changed = await updateProject(store, operator, access, project, change)
    .catch(blameFlags(typedProject(change)))
    .catch(blameAbsent(absentProject(project)))
  const { organizationId, workspaceId, id: projectId } = changed
  const sessions = await store.session.count({ where: { organizationId, workspaceId, projectId } })
  return { ...tell(changed), sessions }
}

async function remove(
  store: ModelStore,
  { project, ...workspaceRef }: WorkspaceRef & { project: string },
): Promise<{ id: string }> {
  const access = await enterAsOperator(store, workspaceRef)
  const operator = operatorOf(access.organizationId, access.workspaceId)
  const { id } = await deleteProject(store, operator, access, project).catch(
    blameAbsent(absentProject(project)),
  )
  return { id }
}

async function list(store: ModelStore, workspaceRef: WorkspaceRef): Promise<ProjectAnswer[]> {
  const { organizationId, workspaceId } = await enterAsOperator(store, workspaceRef)
  const where = { organizationId, workspaceId }
  const projects = await store.project.findMany({ where, orderBy: { slug: 'asc' } })
  const counted = await store.session.groupBy({ by: ['projectId'], where, _count: true })
  const counts = new Map(counted.map(({ projectId, _count }) => [projectId, _count]))
  return projects.map((project) => ({ ...tell(project), sessions: counts.get(project.id) ?? 0 }))
}

const tell = ({
  id,
  slug,
  name,
  description,
  createdAt,
}: Pick<ProjectRow, 'id' | 'slug' | 'name' | 'description' | 'createdAt'>) => ({
  id,
  slug,
  name,
  description,
  createdAt: createdAt.toISOString(),
})

/** What the commands do to a store, by what they are called on the socket too. */
export const projectActs = {
  'projects create': create,
  'projects update': update,
  'projects delete': remove,
  'projects list': list,
}
