import { hasRight, type SessionRight, sessionRights } from '../../domain/acting/rights.js'
import type { Session } from '../../domain/session/fields.js'
import { builder } from '../schema/builder.js'
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

builder.objectFields(SessionType, (t) => ({
  viewerCan: t.field({
    type: SessionRightsType,
    description: 'What the viewer may do to it now, by the table that refuses; costs no statement a session.',
    resolve: (session) => session,
  }),
}))
