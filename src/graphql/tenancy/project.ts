import type { Viewer } from '../../domain/viewer.js'
import { builder } from '../builder.js'
import { readKey } from '../ids.js'

export const ProjectType = builder.prismaNode('Project', {
  nullable: true,
  description: 'A project of a workspace, to which sessions may belong.',
  id: { resolve: ({ organizationId, id }) => `${organizationId}/${id}`, description: 'The global id.' },
  findUnique: (key, context) => {
    const [organizationId, id] = readKey(key)
    return { organizationId_id: { organizationId, id }, workspace: enterable(context.viewer()) }
  },
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid.' }),
    slug: t.exposeString('slug', { description: 'The key; unique in the workspace.' }),
    name: t.exposeString('name', { description: 'The name for people.' }),
  }),
})

/** The workspaces that a viewer may enter, as Prisma's filter. */
function enterable({ organizationId, userId, workspaceId }: Viewer) {
  return {
    organizationId,
    ...(workspaceId === null ? {} : { id: workspaceId }),
    ...(userId === null ? {} : { members: { some: { userId } } }),
    ...(userId === null && workspaceId === null ? { id: { in: [] } } : {}),
  }
}
