import { requireRole } from '../../domain/acting/permissions.js'
import { eventIdOf, type VisibleEvent, visibleKinds } from '../../domain/events/event.js'
import { requireFilter } from '../../domain/session/filter-rules.js'
import { builder } from '../schema/builder.js'
import { scopeToRead } from '../schema/context.js'
import { inCapitals, valuesOf } from '../schema/enum-values.js'
import { sessionNode } from '../schema/ids.js'
import { readFilter, SessionFilterInput } from '../session/filter-input.js'
import { SessionType } from '../session/session.js'

builder.subscriptionType({ description: 'Everything that can be listened to.' })

builder.subscriptionField('sessionEvents', (t) =>
  t.field({
    type: SessionEventType,
    description:
      'What happens to the sessions of a workspace that the viewer sees, in one order, whichever process does it. Over SSE, or `multipart/mixed` with `subscriptionSpec=1.0`; ends with an error that says why.',
    args: {
      organization: t.arg.required('String', 'Key of the organization.'),
      workspace: t.arg.required('String', 'Key of the workspace.'),
      filter: t.arg.optional(
        SessionFilterInput,
        'Tells only of sessions that match it when the event is told; `archived` is ANY unless given. Deletions pass every filter.',
      ),
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

const SessionEventKindType = builder.enumType('SessionEventKind', {
  description:
    'What happened to a session. A change that does several things is told once: as sharing, else freezing, else archiving, else appending, else as an update.',
  values: valuesOf(visibleKinds, inCapitals),
})

const SessionEventType = builder.objectRef<VisibleEvent>('SessionEvent').implement({
  description: 'That something happened to a session.',
  fields: (t) => ({
    id: t.id({
      description:
        'The cursor to listen after when the stream breaks; opaque. It is the `id` of the SSE message, too.',
      resolve: eventIdOf,
    }),
    kind: t.member('kind', SessionEventKindType, 'What happened.'),
    sessionUuid: t.member('sessionId', 'UUID', 'Uuid of the session.'),
    sessionId: t.globalID({
      description: 'Global id of the session, by which a cache can forget it.',
      resolve: ({ sessionId }, _args, context) => sessionNode(context.viewer().organizationId, sessionId),
    }),
    session: t.memberOrNull(
      'session',
      SessionType,
      'The session as it is when the event is told, which may be later; null when it is deleted.',
    ),
    at: t.member('at', 'DateTime', 'When it happened.'),
  }),
})
