import { requireRole } from '../../domain/acting/permissions.js'
import type { VisibleEvent } from '../../domain/events/event.js'
import { requireFilter } from '../../domain/session/filter-rules.js'
import { builder } from '../schema/builder.js'
import { scopeToRead } from '../schema/context.js'
import { readFilter, SessionFilterInput } from '../session/filter-input.js'
import { SessionEventType } from './event.js'

builder.subscriptionType({ description: 'Everything that can be listened to.' })

builder.subscriptionField('sessionEvents', (t) =>
  t.field({
    type: SessionEventType,
    description:
      'What happens to the sessions of a workspace that the viewer sees, in one order, whichever process does it. Over SSE, or `multipart/mixed` with `subscriptionSpec=1.0`; ends with an error that says why.',
    args: {
      organization: t.arg.string({ required: true, description: 'Key of the organization.' }),
      workspace: t.arg.string({ required: true, description: 'Key of the workspace.' }),
      filter: t.arg({
        type: SessionFilterInput,
        description:
          'Tells only of sessions that match it when the event is told; `archived` is ANY unless given. Deletions pass every filter.',
      }),
      after: t.arg.id({
        description:
          'Id of the last event that the client has: what happened since comes first. From now on when absent; the header Last-Event-ID counts then.',
      }),
    },
    subscribe: async (_root, { organization, workspace, filter: given, after }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      const scope = await scopeToRead(context, access)
      const filter = readFilter(given)
      requireFilter(filter)
      const requireAccess = async () => {
        const again = await context.identifyAgain()
        requireRole(again.viewer, await again.enter({ organization, workspace }), 'session:read')
      }
      const listener = { keyId: viewer.keyId, workspaceKey: access, scope, filter, requireAccess }
      return context.events.listen(listener, after ?? context.lastEventId)
    },
    // Each event of a batch is executed by itself, as a batch of one.
    resolve: ([event]) => event as VisibleEvent,
  }),
)
