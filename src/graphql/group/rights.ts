import type { SessionGroup } from '../../db/sql.js'
import { mayDoTo } from '../../domain/acting/permissions.js'
import { builder } from '../schema/builder.js'
import { SessionGroupType } from './group.js'

const SessionGroupRightsType = builder.objectRef<SessionGroup>('SessionGroupRights').implement({
  description: 'What the viewer may do to a group.',
  fields: (t) => ({
    update: t.boolean({
      description: 'Change its title and status by `updateSessionGroup`.',
      resolve: async ({ workspaceId, creatorId }, _args, context) => {
        const { viewer, workspaceById } = await context.caller()
        return mayDoTo(viewer, await workspaceById(workspaceId), { ownerId: creatorId }, 'group:update')
      },
    }),
  }),
})

builder.objectFields(SessionGroupType, (t) => ({
  viewerCan: t.field({
    type: SessionGroupRightsType,
    description: 'What the viewer may do to it now, by the table that refuses.',
    resolve: (group) => group,
  }),
}))
