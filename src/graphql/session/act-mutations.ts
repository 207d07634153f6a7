import type { Store } from '../../db/sql.js'
import { actOnSession, type SessionActName } from '../../domain/acting/acts.js'
import { pinSession, unpinSession } from '../../domain/acting/pin.js'
import { freezeForEvaluation } from '../../domain/evaluation/freeze.js'
import type { Session } from '../../domain/session/fields.js'
import { endTurn, startTurn } from '../../domain/transcript/turn.js'
import type { Viewer, WorkspaceAccess } from '../../domain/viewer.js'
import { sessionNode } from '../schema/ids.js'
import { expectationField } from '../schema/references.js'
import { noInputs, sessionAlone, sessionMutation } from './session-mutation.js'

/** Acts that need nothing but the session they are done to, and at most what the caller expects of it. */
const acts = {
  archiveSession: {
    name: 'archive',
    description: 'Takes a session out of the default lists; repeating it keeps the first time (SES-ARC-002).',
  },
  unarchiveSession: {
    name: 'unarchive',
    description: 'Brings a session back from the archive (SES-ARC-002).',
  },
  freezeSession: {
    name: 'freeze',
    description: 'Makes a session read-only for good; repeating it keeps the first time (SES-FRZ-004).',
  },
  shareSession: {
    name: 'share',
    description: 'Lets the members of its workspace see the caller’s own session, for good.',
  },
} as const satisfies Record<string, { name: SessionActName; description: string }>

type Mark = (store: Store, viewer: Viewer, access: WorkspaceAccess, id: string) => Promise<Session>

/** What leaves the session as people edit it, so that nothing of it can be outdated. */
const marks: Record<string, { mark: Mark; description: string }> = {
  pinSession: {
    mark: pinSession,
    description: 'Marks a session as the viewer’s own pick; others do not see it.',
  },
  unpinSession: { mark: unpinSession, description: 'Takes the viewer’s own mark from a session.' },
  startTurn: {
    mark: startTurn,
    description: 'Says that a turn of the caller’s own session runs from now on.',
  },
  endTurn: { mark: endTurn, description: 'Says that no turn of the caller’s own session runs any more.' },
  freezeSessionForEvaluation: {
    mark: freezeForEvaluation,
    description:
      'Makes any visible session read-only for good on behalf of an evaluation; the first freeze wins. Needs a key of scope `sessions:evaluate`.',
  },
}

for (const [field, { name, description }] of Object.entries(acts))
  sessionMutation(field, {
    description,
    inputs: expectationField,
    act: ({ store, viewer, access, id }, { expectedUpdatedAt }) =>
      actOnSession(store, viewer, access, name, id, expectedUpdatedAt),
    outputs: sessionAlone,
  })

for (const [field, { mark, description }] of Object.entries(marks))
  sessionMutation(field, {
    description,
    inputs: noInputs,
    act: ({ store, viewer, access, id }) => mark(store, viewer, access, id),
    outputs: sessionAlone,
  })

sessionMutation('deleteSession', {
  description: 'Deletes a session with its transcript and pins for good.',
  inputs: expectationField,
  act: ({ store, viewer, access, id }, { expectedUpdatedAt }) =>
    actOnSession(store, viewer, access, 'delete', id, expectedUpdatedAt),
  outputs: (t) => ({
    deletedId: t.globalID({
      description: 'Global id of the session that is gone.',
      resolve: ({ organizationId, id }) => sessionNode(organizationId, id),
    }),
    deletedUuid: t.member('id', 'UUID', 'Uuid of the session that is gone.'),
  }),
})
