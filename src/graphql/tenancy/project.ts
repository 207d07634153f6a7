import type { Project } from '../../db/sql.js'
import { isDefaultProject } from '../../domain/project/rules.js'
import { builder } from '../schema/builder.js'
import { requireReadingKey } from '../schema/context.js'
import { readNodeKey } from '../schema/ids.js'

export const ProjectType = builder.node(builder.objectRef<Project>('Project'), {
  description: 'A project of a workspace, to which sessions may belong.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  loadOne: async (key, context) => {
    const [organizationId, id] = readNodeKey(key)
    const { viewer, loaders, workspaces } = await context.caller()
    if (organizationId !== viewer.organizationId) return null
    const [project, entered] = await Promise.all([loaders.projectById.load(id), workspaces()])
    return entered.some(({ workspaceId }) => workspaceId === project?.workspaceId) ? project : null
  },
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid.'),
    slug: t.member('slug', 'String', 'The key; unique in the workspace.'),
    name: t.member('name', 'String', 'The name for people.'),
    description: t.memberOrNull('description', 'String', 'What it is for; null when nobody said.'),
    isDefault: t.boolean({
      description: 'Whether it is the project `default`, which every workspace has.',
      resolve: isDefaultProject,
    }),
    sessionCount: t.field({
      type: 'NonNegativeInt',
      description: 'Sessions that the viewer sees in it, archived ones and those of evaluations included.',
      resolve: async ({ id, workspaceId }, _args, context) => {
        await requireReadingKey(context)
        const { loaders, workspaceById } = await context.caller()
        return loaders.sessionCountByProject.load({ id, access: await workspaceById(workspaceId) })
      },
    }),
    createdAt: t.member('createdAt', 'DateTime', 'When it was created.'),
    updatedAt: t.member(
      'updatedAt',
      'DateTime',
      'When its name or description last changed; its sessions do not count.',
    ),
  }),
})
