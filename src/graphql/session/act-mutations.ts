import type { Session, Store } from '../../db/prisma.js'
import { freezeForEvaluation } from '../../domain/evaluation/freeze.js'
import { actOnSession, type SessionActName } from '../../domain/session/acts.js'
import { type ActOutcome, actOnSessions } from '../../domain/session/bulk.js'
import { pinSession, unpinSession } from '../../domain/session/pin.js'
import { endTurn, startTurn } from '../../domain/session/turn.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { builder } from '../builder.js'
import { enterSession, placeFields, sessionFields } from '../place.js'
import { SessionType } from './session.js'

type Act = (store: Store, viewer: Viewer, access: WorkspaceAccess, id: string) => Promise<Session>

const doing =
  (name: SessionActName): Act =>
  (store, viewer, access, id) =>
    actOnSession(store, viewer, access, name, id)

/** Acts that need nothing but the session they are done to. */
const acts: Record<string, { act: Act; description: string }> = {
  archiveSession: {
    act: doing('archive'),
    description: 'Takes a session out of the default lists; repeating it keeps the first time (SES-ARC-002).',
  },
  unarchiveSession: {
    act: doing('unarchive'),
    description: 'Brings a session back from the archive (SES-ARC-002).',
  },
  freezeSession: {
    act: doing('freeze'),
    description: 'Makes a session read-only for good; repeating it keeps the first time (SES-FRZ-004).',
  },
  shareSession: {
    act: doing('share'),
    description: 'Lets the members of its workspace see the caller’s own session, for good.',
  },
  pinSession: {
    act: pinSession,
    description: 'Marks a session as the viewer’s own pick; others do not see it.',
  },
  unpinSession: { act: unpinSession, description: 'Takes the viewer’s own mark from a session.' },
  startTurn: {
    act: startTurn,
    description: 'Says that a turn of the caller’s own session runs from now on.',
  },
  endTurn: { act: endTurn, description: 'Says that no turn of the caller’s own session runs any more.' },
  freezeSessionForEvaluation: {
    act: freezeForEvaluation,
    description:
      'Makes any visible session read-only for good on behalf of an evaluation; the first freeze wins. Needs a key of scope `sessions:evaluate`.',
  },
}

/** The same to many sessions at once. */
const bulkActs = {
  archiveSessions: { name: 'archive', verb: 'Archives' },
  unarchiveSessions: { name: 'unarchive', verb: 'Brings back from the archive' },
  freezeSessions: { name: 'freeze', verb: 'Freezes' },
  shareSessions: { name: 'share', verb: 'Shares' },
  deleteSessions: { name: 'delete', verb: 'Deletes for good' },
} as const satisfies Record<string, { name: SessionActName; verb: string }>

for (const [field, { act, description }] of Object.entries(acts)) {
  builder.relayMutationField(
    field,
    {
      inputFields: (t) => ({
        ...sessionFields(t),
      }),
    },
    {
      description,
      resolve: async (_root, { input }, context) => {
        const { viewer, access, id } = await enterSession(context, input)
        return act(context.store, viewer, access, id)
      },
    },
    {
      outputFields: (t) => ({
        session: t.field({
          type: SessionType,
          description: 'The session as stored now.',
          resolve: (session) => session,
        }),
      }),
    },
  )
}

builder.relayMutationField(
  'deleteSession',
  {
    inputFields: (t) => ({
      ...sessionFields(t),
    }),
  },
  {
    description: 'Deletes a session with its transcript and pins for good.',
    resolve: async (_root, { input }, context) => {
      const { viewer, access, id } = await enterSession(context, input)
      return doing('delete')(context.store, viewer, access, id)
    },
  },
  {
    outputFields: (t) => ({
      deletedId: t.globalID({
        description: 'Global id of the session that is gone.',
        resolve: ({ organizationId, id }) => ({ type: 'Session', id: `${organizationId}/${id}` }),
      }),
      deletedUuid: t.field({
        type: 'UUID',
        description: 'Uuid of the session that is gone.',
        resolve: ({ id }) => id,
      }),
    }),
  },
)

const RefusalType = builder.objectRef<{ code: string; message: string }>('Refusal').implement({
  description: 'Why something was not done.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'The code that a single call would give, such as `NOT_FOUND`.',
    }),
    message: t.exposeString('message', { description: 'The sentence for people.' }),
  }),
})

const ActOutcomeType = builder.objectRef<ActOutcome>('SessionActOutcome').implement({
  description: 'What became of one session of a bulk call.',
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid that was sent.' }),
    session: t.field({
      type: SessionType,
      nullable: true,
      description: 'The session as stored now; null when it was refused or is deleted.',
      resolve: async ({ id, refusal }, _args, context) =>
        refusal === null ? (await context.caller()).loaders.sessionById.load(id) : null,
    }),
    refusal: t.field({
      type: RefusalType,
      nullable: true,
      description: 'Why it was not done; null when it was, or was already.',
      // A copy: an error that a resolver returns counts as thrown.
      resolve: ({ refusal }) => refusal && { code: refusal.code, message: refusal.message },
    }),
  }),
})

for (const [field, { name, verb }] of Object.entries(bulkActs)) {
  builder.relayMutationField(
    field,
    {
      inputFields: (t) => ({
        ...placeFields(t),
        ids: t.field({
          type: ['UUID'],
          required: true,
          description: '1 to 200 uuids; duplicates are ignored.',
        }),
      }),
    },
    {
      description: `${verb} many sessions, best effort: each follows the rules of the single call.`,
      resolve: async (_root, { input: { organization, workspace, ids } }, context) => {
        const { viewer, enter } = await context.caller()
        return actOnSessions(context.store, viewer, await enter({ organization, workspace }), name, ids)
      },
    },
    {
      outputFields: (t) => ({
        outcomes: t.field({
          type: [ActOutcomeType],
          description: 'One for each id, in their order.',
          resolve: (outcomes) => outcomes,
        }),
      }),
    },
  )
}
