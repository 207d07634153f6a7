import { conflict } from '../errors.js'
import type { Session } from '../session/fields.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { mayDoTo, type Permission, requireOwnership } from './permissions.js'
import { requireUnchanged } from './unchanged.js'

/** What the rights look at in a session. */
export type RightSubject = Pick<
  Session,
  'id' | 'organizationId' | 'ownerId' | 'visibility' | 'origin' | 'archivedAt' | 'frozenAt' | 'evaluationId'
>

interface Right {
  permission: Permission
  describe: string
  /** Why the session's state forbids it; null when it does not. */
  forbids?: (session: RightSubject) => string | null
}

const frozen = ({ frozenAt }: RightSubject) => (frozenAt === null ? null : 'The session is frozen')

/** Everything that may be done to a visible session; what refuses and what `viewerCan` tells both read this table. */
export const sessionRights = {
  read: { permission: 'session:read', describe: 'Read it, its transcript and its usage.' },
  save: {
    permission: 'session:save',
    describe: 'Save it again, as `saveSession` does; not while it is frozen.',
    forbids: frozen,
  },
  update: {
    permission: 'session:update',
    describe: 'Change its title and labels by `updateSession`.',
  },
  updateRun: {
    permission: 'session:update',
    describe: 'Change its agent, model and message count by `updateSession`; not while it is frozen.',
    forbids: frozen,
  },
  move: {
    permission: 'session:update',
    describe: 'Put it into another project or group by `moveSessions`; not while it is frozen.',
    forbids: frozen,
  },
  annotate: {
    permission: 'session:annotate',
    describe: 'Change its title and labels by `annotateSession` and `labelSessions`, and cancel its turn.',
  },
  archive: { permission: 'session:archive', describe: 'Archive it.' },
  unarchive: { permission: 'session:archive', describe: 'Bring it back from the archive.' },
  freeze: { permission: 'session:freeze', describe: 'Freeze it.' },
  /** Refused in the words of an update (contract 4.5). */
  share: { permission: 'session:update', describe: 'Share it with its workspace.' },
  pin: { permission: 'session:pin', describe: 'Pin and unpin it for oneself.' },
  delete: {
    permission: 'session:delete',
    describe: 'Delete it; not while an evaluation refers to it.',
    forbids: ({ evaluationId }) =>
      evaluationId === null ? null : 'The session is referenced by an evaluation',
  },
  writeTranscript: {
    permission: 'transcript:write',
    describe: 'Append to its transcript, compact it, and end its turn; not while it is frozen.',
    forbids: frozen,
  },
  rewindTranscript: {
    permission: 'transcript:write',
    describe: 'Rewind its transcript; not while it is frozen, and only with origin USER.',
    forbids: (session) =>
      frozen(session) ?? (session.origin === 'user' ? null : 'Only sessions of origin user can be rewound'),
  },
  startTurn: {
    permission: 'transcript:write',
    describe: 'Say that a turn of it runs; not while it is frozen or archived.',
    forbids: (session) => frozen(session) ?? (session.archivedAt === null ? null : 'The session is archived'),
  },
  setEvaluationRef: {
    permission: 'evaluation:refer',
    describe: 'Set or clear what evaluation refers to it; only with origin EVAL.',
    forbids: ({ origin }) =>
      origin === 'eval' ? null : 'Only sessions of origin eval can be referenced by an evaluation',
  },
  freezeForEvaluation: {
    permission: 'evaluation:freeze',
    describe: 'Freeze it on behalf of an evaluation.',
  },
} as const satisfies Record<string, Right>

export type SessionRight = keyof typeof sessionRights

/**
 * Refuses a viewer whose role serves but who may not do this to this session: whose it is (`FORBIDDEN`), whether it is
 * still as the viewer last saw it, and its state (both `CONFLICT`), in this order.
 */
export function requireRight(
  viewer: Viewer,
  access: WorkspaceAccess,
  session: Session,
  right: SessionRight,
  expectedUpdatedAt?: Date | null,
): void {
  requireOwnership(viewer, access, session, sessionRights[right].permission)
  requireUnchanged(viewer, session, expectedUpdatedAt)
  requireState(session, right)
}

/** Refuses what the session's state forbids; `CONFLICT`. */
export function requireState(session: RightSubject, right: SessionRight): void {
  const { forbids }: Right = sessionRights[right]
  const reason = forbids?.(session) ?? null
  if (reason !== null) throw conflict(reason)
}

/** Whether the viewer may do this to a visible session now. */
export function hasRight(
  viewer: Viewer,
  access: WorkspaceAccess,
  session: RightSubject,
  right: SessionRight,
): boolean {
  const { permission, forbids }: Right = sessionRights[right]
  return mayDoTo(viewer, access, session, permission) && (forbids?.(session) ?? null) === null
}
