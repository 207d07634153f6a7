import { eventIdOf, type VisibleEvent, visibleKinds } from '../../domain/events/event.js'
import { builder } from '../schema/builder.js'
import { sessionNode } from '../schema/ids.js'
import { SessionType } from '../session/session.js'

const SessionEventKindType = builder.enumType('SessionEventKind', {
  description:
    'What happened to a session. A change that does several things is told once: as sharing, else freezing, else archiving, else appending, else as an update.',
  values: Object.fromEntries(
    Object.entries(visibleKinds).map(([kind, description]) => [
      kind.toUpperCase(),
      { value: kind as VisibleEvent['kind'], description },
    ]),
  ) as Record<string, { value: VisibleEvent['kind']; description: string }>,
})

export const SessionEventType = builder.objectRef<VisibleEvent>('SessionEvent').implement({
  description: 'That something happened to a session.',
  fields: (t) => ({
    id: t.id({
      description:
        'The cursor to listen after when the stream breaks; opaque. It is the `id` of the SSE message, too.',
      resolve: eventIdOf,
    }),
    kind: t.expose('kind', { type: SessionEventKindType, description: 'What happened.' }),
    sessionUuid: t.expose('sessionId', { type: 'UUID', description: 'Uuid of the session.' }),
    sessionId: t.globalID({
      description: 'Global id of the session, by which a cache can forget it.',
      resolve: ({ sessionId }, _args, context) => sessionNode(context.viewer().organizationId, sessionId),
    }),
    session: t.expose('session', {
      type: SessionType,
      nullable: true,
      description:
        'The session as it is when the event is told, which may be later; null when it is deleted.',
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
  }),
})
