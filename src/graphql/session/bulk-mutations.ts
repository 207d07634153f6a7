import { encodeGlobalID } from '@pothos/plugin-relay'
import type { Store } from '../../db/sql.js'
import type { SessionActName } from '../../domain/acting/acts.js'
import { actOnSessions, type BulkOutcome } from '../../domain/acting/bulk.js'
import { labelSessions } from '../../domain/acting/label-many.js'
import { moveSessions } from '../../domain/acting/move.js'
import { pinSessions, unpinSessions } from '../../domain/acting/pin.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { builder, type Inputs, type Outputs } from '../schema/builder.js'
import { valuesOf } from '../schema/enum-values.js'
import { readSessionIds, sessionNode } from '../schema/ids.js'
import { workspaceMutation } from '../schema/workspace-mutation.js'
import { LabelInput, readLabels } from './label-input.js'
import { SessionType } from './session.js'

const RefusalType = builder.objectRef<{ code: string; message: string }>('Refusal').implement({
  description: 'Why something was not done.',
  fields: (t) => ({
    code: t.member('code', 'String', 'The code that a single call would give, such as `NOT_FOUND`.'),
    message: t.member('message', 'String', 'The sentence for people.'),
  }),
})

const ActResultType = builder.enumType('SessionActResult', {
  description: 'Whether a bulk call changed a session.',
  values: valuesOf({
    DONE: 'It is done now.',
    UNCHANGED: 'It was so already; nothing is written.',
    REFUSED: 'It was not done; `refusal` says why.',
  }),
})

const ActOutcomeType = builder.objectRef<BulkOutcome>('SessionActOutcome').implement({
  description: 'What became of one session of a bulk call.',
  fields: (t) => ({
    uuid: t.member('id', 'UUID', 'The uuid of the session that was named.'),
    sessionId: t.globalID({
      description: 'The global id of the session that was named, by which a cache can forget it.',
      resolve: ({ id }, _args, context) => sessionNode(context.viewer().organizationId, id),
    }),
    result: t.member('result', ActResultType, 'Whether the call changed it.'),
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

/** Which sessions a bulk call works on. */
const manyFields = (t: Inputs) => ({
  ids: t.required(['UUID'], 'Uuids; 1 to 200 together with `sessionIds`. Duplicates are ignored.'),
  sessionIds: t.optional(['ID'], 'Global ids of further sessions; with these alone, `ids` is an empty list.'),
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

for (const [field, { act, verb, answer }] of Object.entries(bulkActs))
  workspaceMutation(field, {
    description: `${verb} many sessions, best effort: each follows the rules of the single call.`,
    inputs: manyFields,
    act: ({ store, viewer, access }, many) => act(store, viewer, access, readSessionIds(many)),
    outputs: answer ?? outcomeFields,
  })

workspaceMutation('labelSessions', {
  description:
    'Adds labels to many visible sessions and takes labels away, best effort, frozen and archived ones too; reserved keys are refused.',
  inputs: (t) => ({
    ...manyFields(t),
    add: t.optional([LabelInput], 'Values to add to what each session has.'),
    remove: t.optional(
      [LabelInput],
      'Values to take away, before any are added; a key with an empty list goes whole.',
    ),
  }),
  act: ({ store, viewer, access }, { add, remove, ...many }) => {
    const edit = { add: readLabels(add ?? []), remove: readLabels(remove ?? []) }
    return labelSessions(store, viewer, access, readSessionIds(many), edit)
  },
  outputs: outcomeFields,
})

workspaceMutation('moveSessions', {
  description:
    'Puts many of the caller’s own sessions into a project or a group, best effort; frozen ones are refused.',
  inputs: (t) => ({
    ...manyFields(t),
    projectId: t.optional(
      'UUID',
      'Uuid of a project of the workspace; null takes them out of theirs, absent leaves them.',
    ),
    groupId: t.optional(
      'UUID',
      'Uuid of a group that the viewer sees; null takes them out of theirs, absent leaves them.',
    ),
  }),
  act: ({ store, viewer, access }, { ids, sessionIds, ...move }) =>
    moveSessions(store, viewer, access, readSessionIds({ ids, sessionIds }), move),
  outputs: outcomeFields,
})
