import { z } from '@hono/zod-openapi'
import { organizationRoute, requireScope, workspaceOf } from '../declare.js'
import {
  ListWorkspacesDocument,
  ReadOrganizationDocument,
  ReadWorkspaceDocument,
} from '../documents.generated.js'
import {
  defaultFirst,
  OrganizationResponse,
  toOrganization,
  toWorkspace,
  WorkspaceResponse,
} from '../look-up-shapes.js'
import { organizationExample, workspaceExample } from '../tenancy-examples.js'

const tag = 'look-ups'

export const getOrganization = organizationRoute({
  operationId: 'get_organization',
  method: 'get',
  path: '',
  summary: 'Get an organization',
  description: 'The organization of the key; any other is 404.',
  tag,
  answer: { description: 'The organization.', schema: OrganizationResponse, example: organizationExample },
  document: ReadOrganizationDocument,
  variables: ({ path }) => ({ organization: path.org }),
  reply: ({ organization, viewer }) => {
    requireScope(viewer, 'sessions:read')
    return toOrganization(organization)
  },
})

export const listWorkspaces = organizationRoute({
  operationId: 'list_workspaces',
  method: 'get',
  path: '/ws',
  summary: 'List workspaces',
  description: 'The workspaces in which the caller has a role: the organization’s default one, then by key.',
  tag,
  answer: {
    description: 'The workspaces.',
    schema: z.array(WorkspaceResponse),
    example: [workspaceExample],
  },
  document: ListWorkspacesDocument,
  variables: ({ path }) => ({ organization: path.org }),
  reply: ({ organization, viewer }) => {
    requireScope(viewer, 'sessions:read')
    return viewer.workspaces.map((workspace) => toWorkspace(workspace, organization)).sort(defaultFirst)
  },
})

export const getWorkspace = organizationRoute({
  operationId: 'get_workspace',
  method: 'get',
  path: '/ws/{workspace}',
  summary: 'Get a workspace',
  description: 'A workspace in which the caller has a role; any other is 404.',
  tag,
  answer: { description: 'The workspace.', schema: WorkspaceResponse, example: workspaceExample },
  document: ReadWorkspaceDocument,
  variables: ({ path }) => workspaceOf(path),
  reply: ({ workspace, viewer }) => {
    requireScope(viewer, 'sessions:read')
    return toWorkspace(workspace, viewer.organization)
  },
})
