import { z } from '@hono/zod-openapi'
import type { Route } from '../../../route.js'
import { route, workspaceOf } from '../declare.js'
import {
  CreateProjectDocument,
  DeleteProjectDocument,
  ListProjectsDocument,
  type ListProjectsQuery,
  type Permission,
  ReadProjectDocument,
} from '../documents.generated.js'
import { BODY_LIMIT_BYTES } from '../limits.js'
import { defaultFirst, ProjectResponse, toProject } from '../look-up-shapes.js'
import { orNull, text } from '../scalars.js'
import { projectExample } from '../tenancy-examples.js'

const tag = 'projects'

const firstPage = route({
  operationId: 'list_projects',
  method: 'get',
  path: '/projects',
  summary: 'List projects',
  description: 'All projects of the workspace: the project `default`, then by key.',
  tag,
  permission: 'SESSION_READ',
  answer: { description: 'The projects.', schema: z.array(ProjectResponse), example: [projectExample] },
  document: ListProjectsDocument,
  variables: ({ path }) => ({ ...workspaceOf(path), after: null as string | null }),
  reply: () => [],
})

/** The API has no pages here: all of them are asked for, one after the other. */
export const listProjects: Route<Permission> = {
  ...firstPage,
  run: async (execute, input) => {
    const workspaceRef = workspaceOf((input as { path: { org: string; workspace: string } }).path)
    const found: z.input<typeof ProjectResponse>[] = []
    let after: string | null = null
    let more = true
    while (more) {
      const page: ListProjectsQuery = await execute(ListProjectsDocument, { ...workspaceRef, after })
      const { uuid, projects } = page.workspace
      found.push(...projects.edges.map(({ node }) => toProject(node, uuid)))
      after = projects.pageInfo.endCursor
      more = projects.pageInfo.hasNextPage
    }
    return found.sort(defaultFirst)
  },
}

export const getProject = route({
  operationId: 'get_project',
  method: 'get',
  path: '/projects/{project}',
  summary: 'Get a project',
  description: 'The project of this key or uuid.',
  tag,
  permission: 'SESSION_READ',
  answer: { description: 'The project.', schema: ProjectResponse, example: projectExample },
  document: ReadProjectDocument,
  variables: ({ path }) => ({ ...workspaceOf(path), project: path.project }),
  reply: ({ workspace }) => toProject(workspace.project, workspace.uuid),
})

/** A slug, and what it must not be, since a path names a project by key or uuid. */
const key = /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/
const uuid = { pattern: /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/, msg: 'a key is no uuid' }

const ProjectCreateRequest = z
  .object({
    name: text(255, { minLength: 1 }),
    key: orNull(text(63, { pattern: key, not: uuid })).openapi({
      description: 'Absent and null make it from the name.',
    }),
    description: orNull(text(2000)),
  })
  .openapi('ProjectCreateRequest', { description: 'A project to create.' })

export const createProject = route({
  operationId: 'create_project',
  method: 'post',
  path: '/projects',
  summary: 'Create a project',
  description: 'Creates a project of the workspace; a key that is taken is 409.',
  tag,
  permission: 'PROJECT_CREATE',
  body: {
    schema: ProjectCreateRequest,
    description: 'The project.',
    limitBytes: BODY_LIMIT_BYTES,
    example: { name: 'Login' },
  },
  answer: { description: 'The project, new.', schema: ProjectResponse, example: projectExample },
  document: CreateProjectDocument,
  variables: ({ path, body: { key, ...body } }) => ({ input: { ...workspaceOf(path), ...body, slug: key } }),
  reply: ({
    createProject: {
      project: { workspace, ...plain },
    },
    // Of a new one it is no secret, and a key that only writes may not count.
  }) => toProject({ ...plain, session_count: 0 }, workspace.uuid),
})

export const deleteProject = route({
  operationId: 'delete_project',
  method: 'delete',
  path: '/projects/{project}',
  summary: 'Delete a project',
  description:
    'Deletes a project that no session, seen or not, and no group belongs to; the project `default` stays. Needs ADMIN.',
  tag,
  permission: 'PROJECT_DELETE',
  answer: { status: 204, description: 'The project is gone.' },
  document: DeleteProjectDocument,
  variables: ({ path }) => ({ input: { ...workspaceOf(path), project: path.project } }),
  reply: () => {},
})
