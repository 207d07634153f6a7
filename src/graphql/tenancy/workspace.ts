import { mayDo } from '../../domain/acting/permissions.js'
import { getProject } from '../../domain/project/find.js'
import { listProjects, projectCursor } from '../../domain/project/list.js'
import type { WorkspaceAccess } from '../../domain/viewer.js'
import { builder } from '../schema/builder.js'
import { toConnection } from '../schema/connection.js'
import { PermissionType, RoleType } from '../schema/enums.js'
import { readNodeKey } from '../schema/ids.js'
import { ProjectType } from './project.js'

export const WorkspaceType = builder.node(builder.objectRef<WorkspaceAccess>('Workspace'), {
  description: 'A workspace: the boundary of permissions, and what sessions lie in.',
  id: {
    resolve: ({ organizationId, workspaceId }) => `${organizationId}/${workspaceId}`,
    description: 'The global id.',
  },
  loadOne: async (key, context) => {
    const [organizationId, id] = readNodeKey(key)
    const access = await (await context.caller()).workspaces()
    return access.find((one) => one.organizationId === organizationId && one.workspaceId === id) ?? null
  },
  isTypeOf: (value) => typeof value === 'object' && value !== null && 'role' in value && 'slug' in value,
  fields: (t) => ({
    uuid: t.member('workspaceId', 'UUID', 'The uuid.'),
    slug: t.member('slug', 'String', 'The key in paths; unique in the organization.'),
    name: t.member('name', 'String', 'The name for people.'),
    viewerRole: t.member('role', RoleType, 'What the viewer may do here.'),
    viewerCan: t.boolean({
      description:
        'Whether the viewer’s role and key allow this here, as far as a session’s owner does not matter.',
      args: { act: t.arg.required(PermissionType, 'What to do.') },
      resolve: async (workspace, { act }, context) => mayDo((await context.caller()).viewer, workspace, act),
    }),
    description: t.memberOrNull('description', 'String', 'What it is for; null when nobody said.'),
    isDefault: t.member(
      'isDefault',
      'Boolean',
      'Whether it is the default one of its organization; each has one.',
    ),
    createdAt: t.member('createdAt', 'DateTime', 'When it was made.'),
    updatedAt: t.member(
      'updatedAt',
      'DateTime',
      'When its name or description last changed; what lies in it does not count.',
    ),
    projectCount: t.field({
      type: 'NonNegativeInt',
      description: 'How many projects it has; at least one.',
      resolve: async ({ workspaceId }, _args, context) =>
        (await context.caller()).loaders.projectCountByWorkspace.load(workspaceId),
    }),
    project: t.field({
      type: ProjectType,
      description: 'The project with this key or uuid.',
      args: { key: t.arg.required('String', 'Key or uuid of the project.') },
      resolve: (workspace, { key }, context) => getProject(context.store, workspace, key),
    }),
    projects: t.connection({
      type: ProjectType,
      description: 'Its projects, by slug: 20 a page, up to 100.',
      resolve: async (workspace, request, context) =>
        toConnection(await listProjects(context.store, workspace, request), projectCursor),
    }),
  }),
})

builder.objectFields(ProjectType, (t) => ({
  workspace: t.field({
    type: WorkspaceType,
    description: 'The workspace it lies in.',
    resolve: async ({ workspaceId }, _args, context) => (await context.caller()).workspaceById(workspaceId),
  }),
}))
