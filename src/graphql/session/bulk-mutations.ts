import { encodeGlobalID } from '@pothos/plugin-relay'
import type { Store } from '../../db/sql.js'
import type { SessionActName } from '../../domain/acting/acts.js'
import { actOnSessions, type BulkOutcome } from '../../domain/acting/bulk.js'
import { labelSessions } from '../../domain/acting/label-many.js'
import { moveSessions } from '../../domain/acting/move.js'
import { pinSessions, unpinSessions } from '../../domain/acting/pin.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { builder, type Inputs, type Outputs } from '../schema/builder.js'
import { readSessionIds, sessionNode } from '../schema/ids.js'
import { workspaceFields } from '../schema/references.js'
import { LabelInput, readLabels } from './label-input.js'
import { SessionType } from './session.js'

const RefusalType = builder.objectRef<{ code: string; message: string }>('Refusal').implement({
  description: 'Why something was not done.',
  fields: (t) => ({
    code: t.exposeString('code', {
      description: 'The code that a single call would give, such as `NOT_FOUND`.',
    }),
    message: t.exposeString('message', { description: 'The sentence for people.' }),
  }),
})

const ActResultType = builder.enumType('SessionActResult', {
  description: 'Whether a bulk call changed a session.',
  values: {
    DONE: { description: 'It is done now.' },
    UNCHANGED: { description: 'It was so already; nothing is written.' },
    REFUSED: { description: 'It was not done; `refusal` says why.' },
  },
} as const)

const ActOutcomeType = builder.objectRef<BulkOutcome>('SessionActOutcome').implement({
  description: 'What became of one session of a bulk call.',
  fields: (t) => ({
    uuid: t.expose('id', { type: 'UUID', description: 'The uuid of the session that was named.' }),
    sessionId: t.globalID({
      description: 'The global id of the session that was named, by which a cache can forget it.',
      resolve: ({ id }, _args, context) => sessionNode(context.viewer().organizationId, id),
    }),
    result: t.expose('result', { type: ActResultType, description: 'Whether the call changed it.' }),
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

/** Where a bulk call works, and on which sessions. */
const manyFields = (t: Inputs) => ({
  ...workspaceFields(t),
  ids: t.field({
    type: ['UUID'],
    required: true,
    description: 'Uuids; 1 to 200 together with `sessionIds`. Duplicates are ignored.',
  }),
  sessionIds: t.field({
    type: ['ID'],
    description: 'Global ids of further sessions; with these alone, `ids` is an empty list.',
  }),
})

const outcomeFields = (t: Outputs<BulkOutcome[]>) => ({
  outcomes: t.field({
    type: [ActOutcomeType],
    description: 'What became of each session, in the order of `ids` and then of `sessionIds`.',
    resolve: (each) => each,
  }),
})

const deletedFields = (t: Outputs<BulkOutcome[]>) => ({
  ...outcomeFields(t),
  deletedIds: t.field({
    type: ['ID'],
    description: 'Global ids of the sessions that are gone.',
    resolve: (each, _args, context) => {
      const { organizationId } = context.viewer()
      const gone = each.filter(({ result }) => result === 'DONE')
      return gone.map(({ id }) => encodeGlobalID('Session', `${organizationId}/${id}`))
    },
  }),
})

type BulkAct = (
  store: Store,
  viewer: Viewer,
  access: WorkspaceAccess,
  ids: string[],
) => Promise<BulkOutcome[]>

const doing =
  (name: SessionActName): BulkAct =>
  (store, viewer, access, ids) =>
    actOnSessions(store, viewer, access, name, ids)

/** Acts on many sessions at once that need nothing else. */
const bulkActs: Record<string, { act: BulkAct; verb: string; answer?: typeof outcomeFields }> = {
  archiveSessions: { act: doing('archive'), verb: 'Archives' },
  unarchiveSessions: { act: doing('unarchive'), verb: 'Brings back from the archive' },
  freezeSessions: { act: doing('freeze'), verb: 'Freezes' },
  shareSessions: { act: doing('share'), verb: 'Shares' },
  deleteSessions: { act: doing('delete'), verb: 'Deletes for good', answer: deletedFields },
  pinSessions: { act: pinSessions, verb: 'Pins for the viewer' },
  unpinSessions: { act: unpinSessions, verb: 'Takes the viewer’s own mark from' },
}

for (const [field, { act, verb, answer }] of Object.entries(bulkActs)) {
  builder.relayMutationField(
    field,
    {
      inputFields: (t) => ({
        ...manyFields(t),
      }),
    },
    {
      description: `${verb} many sessions, best effort: each follows the rules of the single call.`,
      resolve: async (_root, { input: { organization, workspace, ...many } }, context) => {
        const { viewer, enter } = await context.caller()
        return act(context.store, viewer, await enter({ organization, workspace }), readSessionIds(many))
      },
    },
    { outputFields: answer ?? outcomeFields },
  )
}

builder.relayMutationField(
  'labelSessions',
  {
    inputFields: (t) => ({
      ...manyFields(t),
      add: t.field({ type: [LabelInput], description: 'Values to add to what each session has.' }),
      remove: t.field({
        type: [LabelInput],
        description: 'Values to take away, before any are added; a key with an empty list goes whole.',
      }),
    }),
  },
  {
    description:
      'Adds labels to many visible sessions and takes labels away, best effort, frozen and archived ones too; reserved keys are refused.',
    resolve: async (_root, { input: { organization, workspace, ids, sessionIds, add, remove } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      const edit = { add: readLabels(add ?? []), remove: readLabels(remove ?? []) }
      return labelSessions(context.store, viewer, access, readSessionIds({ ids, sessionIds }), edit)
    },
  },
  { outputFields: outcomeFields },
)

builder.relayMutationField(
  'moveSessions',
  {
    inputFields: (t) => ({
      ...manyFields(t),
      projectId: t.field({
        type: 'UUID',
        description: 'Uuid of a project of the workspace; null takes them out of theirs, absent leaves them.',
      }),
      groupId: t.field({
        type: 'UUID',
        description:
          'Uuid of a group that the viewer sees; null takes them out of theirs, absent leaves them.',
      }),
    }),
  },
  {
    description:
      'Puts many of the caller’s own sessions into a project or a group, best effort; frozen ones are refused.',
    resolve: async (_root, { input: { organization, workspace, ids, sessionIds, ...move } }, context) => {
      const { viewer, enter } = await context.caller()
      const access = await enter({ organization, workspace })
      return moveSessions(context.store, viewer, access, readSessionIds({ ids, sessionIds }), move)
    },
  },
  { outputFields: outcomeFields },
)
