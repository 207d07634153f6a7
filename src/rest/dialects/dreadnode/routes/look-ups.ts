import { z } from '@hono/zod-openapi'
import { callerRoute, organizationRoute, requireScope, workspaceOf } from '../declare.js'
import {
  CheckKeyDocument,
  ListOrganizationsDocument,
  ListWorkspacesDocument,
  ReadOrganizationDocument,
  ReadUserDocument,
  ReadWorkspaceDocument,
} from '../documents.generated.js'
import { Refusal } from '../errors.js'
import {
  defaultFirst,
  OrganizationResponse,
  toOrganization,
  toUser,
  toWorkspace,
  UserResponse,
  WorkspaceResponse,
} from '../look-up-shapes.js'
import { organizationExample, userExample, workspaceExample } from '../tenancy-examples.js'

const tag = 'look-ups'

export const getUser = callerRoute({
  operationId: 'get_user',
  method: 'get',
  path: '/user',
  summary: 'Get who calls',
  description: 'The user of the key; a key without one gets 403. Any valid key may ask.',
  tag,
  answer: { description: 'The user.', schema: UserResponse, example: userExample },
  document: ReadUserDocument,
  variables: () => ({}),
  reply: ({ viewer: { user } }) => {
    if (user === null) throw new Refusal('FORBIDDEN', 'This key has no user')
    return toUser(user)
  },
})

export const listOrganizations = callerRoute({
  operationId: 'list_user_organizations',
  method: 'get',
  path: '/user/organizations',
  summary: 'List the caller’s organizations',
  description: 'The organization of the key, alone. Any valid key may ask.',
  tag,
  forAnyKey: true,
  answer: {
    description: 'The organizations.',
    schema: z.array(OrganizationResponse),
    example: [organizationExample],
  },
  document: ListOrganizationsDocument,
  variables: () => ({}),
  reply: ({ viewer: { organization } }) => [toOrganization(organization)],
})

export const getPreferences = callerRoute({
  operationId: 'get_user_preferences',
  method: 'get',
  path: '/user/preferences',
  summary: 'Get the caller’s preferences',
  description: 'Always empty: the gateway keeps none. Any valid key may ask.',
  tag,
  forAnyKey: true,
  answer: {
    description: 'The preferences.',
    schema: z.object({}).openapi('UserPreferences', { description: 'None.' }),
    example: {},
  },
  document: CheckKeyDocument,
  variables: () => ({}),
  reply: () => ({}),
})

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
