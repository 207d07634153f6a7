import type { SessionGroup } from '../../db/prisma.js'
import type { Session } from '../../domain/session/columns.js'
import { mayDoTo } from '../../domain/session/permissions.js'
import { hasRight, type SessionRight, sessionRights } from '../../domain/session/rights.js'
import { builder } from '../builder.js'
import { SessionGroupType } from '../group/group.js'
import { SessionType } from './session.js'

const SessionRightsType = builder.objectRef<Session>('SessionRights').implement({
  description:
    'What the viewer may do to a session as it is now: its role, its key, whose the session is and its state all count. What is true here is not refused, as long as the input is sound.',
  fields: (t) =>
    Object.fromEntries(
      Object.entries(sessionRights).map(([name, { describe }]) => [
        name,
        t.boolean({
          description: describe,
          resolve: async (session, _args, context) => {
            const { viewer, workspaceById } = await context.caller()
            const access = await workspaceById(session.workspaceId)
            return hasRight(viewer, access, session, name as SessionRight)
          },
        }),
      ]),
    ),
})

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

builder.objectFields(SessionType, (t) => ({
  viewerCan: t.field({
    type: SessionRightsType,
    description: 'What the viewer may do to it now, by the table that refuses; costs no statement a session.',
    resolve: (session) => session,
  }),
}))

builder.objectFields(SessionGroupType, (t) => ({
  viewerCan: t.field({
    type: SessionGroupRightsType,
    description: 'What the viewer may do to it now, by the table that refuses.',
    resolve: (group) => group,
  }),
}))
