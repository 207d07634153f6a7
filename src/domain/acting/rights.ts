import { all, type Sql, sql } from '../../db/sql.js'
import { conflict } from '../errors.js'
import { columnOf, type Session } from '../session/fields.js'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { mayDoTo, ownershipCondition, type Permission, requireOwnership } from './permissions.js'
import { requireUnchanged } from './unchanged.js'

/** What the rights look at in a session. */
export type RightSubject = Pick<
  Session,
  'id' | 'organizationId' | 'ownerId' | 'visibility' | 'origin' | 'archivedAt' | 'frozenAt' | 'evaluationId'
>

/** What must hold of a session's state: of one that is read, and of a row of `sessions s`. */
interface State {
  holds: (session: RightSubject) => boolean
  condition: Sql
  /** Why it is refused where it does not hold. */
  otherwise: string
}

const states = {
  notFrozen: {
    holds: ({ frozenAt }) => frozenAt === null,
    condition: sql`${columnOf('frozenAt')} is null`,
    otherwise: 'The session is frozen',
  },
  notArchived: {
    holds: ({ archivedAt }) => archivedAt === null,
    condition: sql`${columnOf('archivedAt')} is null`,
    otherwise: 'The session is archived',
  },
  notReferenced: {
    holds: ({ evaluationId }) => evaluationId === null,
    condition: sql`${columnOf('evaluationId')} is null`,
    otherwise: 'The session is referenced by an evaluation',
  },
  ofUser: {
    holds: ({ origin }) => origin === 'user',
    condition: sql`${columnOf('origin')} = 'user'`,
    otherwise: 'Only sessions of origin user can be rewound',
  },
  ofEvaluation: {
    holds: ({ origin }) => origin === 'eval',
    condition: sql`${columnOf('origin')} = 'eval'`,
    otherwise: 'Only sessions of origin eval can be referenced by an evaluation',
  },
} as const satisfies Record<string, State>

interface Right {
  permission: Permission
  describe: string
  /** All of these must hold; the first that does not is told. */
  needs?: readonly (keyof typeof states)[]
}

/** Everything that may be done to a visible session; what refuses and what `viewerCan` tells both read this table. */
export const sessionRights = {
  read: { permission: 'session:read', describe: 'Read it, its transcript and its usage.' },
  save: {
    permission: 'session:save',
    describe: 'Save it again, as `saveSession` does; not while it is frozen.',
    needs: ['notFrozen'],
  },
  update: {
    permission: 'session:update',
    describe: 'Change its title and labels by `updateSession`.',
  },
  updateRun: {
    permission: 'session:update',
    describe: 'Change its agent, model and message count by `updateSession`; not while it is frozen.',
    needs: ['notFrozen'],
  },
  move: {
    permission: 'session:update',
    describe: 'Put it into another project or group by `moveSessions`; not while it is frozen.',
    needs: ['notFrozen'],
  },
  annotate: {
    permission: 'session:annotate',
    describe: 'Change its title and labels by `annotateSession` and `labelSessions`, and cancel its turn.',
  },
  archive: { permission: 'session:archive', describe: 'Archive it.' },
  unarchive: { permission: 'session:archive', describe: 'Bring it back from the archive.' },
  freeze: { permission: 'session:freeze', describe: 'Freeze it.' },
  share: { permission: 'session:share', describe: 'Share it with its workspace.' },
  pin: { permission: 'session:pin', describe: 'Pin and unpin it for oneself.' },
  delete: {
    permission: 'session:delete',
    describe: 'Delete it; not while an evaluation refers to it.',
    needs: ['notReferenced'],
  },
  writeTranscript: {
    permission: 'transcript:write',
    describe: 'Append to its transcript, compact it, and end its turn; not while it is frozen.',
    needs: ['notFrozen'],
  },
  rewindTranscript: {
    permission: 'transcript:write',
    describe: 'Rewind its transcript; not while it is frozen, and only with origin USER.',
    needs: ['notFrozen', 'ofUser'],
  },
  startTurn: {
    permission: 'transcript:write',
    describe: 'Say that a turn of it runs; not while it is frozen or archived.',
    needs: ['notFrozen', 'notArchived'],
  },
  setEvaluationRef: {
    permission: 'evaluation:refer',
    describe: 'Set or clear what evaluation refers to it; only with origin EVAL.',
    needs: ['ofEvaluation'],
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
  const failed = statesOf(right).find(({ holds }) => !holds(session))
  if (failed !== undefined) throw conflict(failed.otherwise)
}

/** Whether the session's state allows this, to whomever. */
export function stateAllows(session: RightSubject, right: SessionRight): boolean {
  return statesOf(right).every(({ holds }) => holds(session))
}

/** Whether the viewer may do this to a visible session now. */
export function hasRight(
  viewer: Viewer,
  access: WorkspaceAccess,
  session: RightSubject,
  right: SessionRight,
): boolean {
  const { permission } = sessionRights[right]
  return mayDoTo(viewer, access, session, permission) && stateAllows(session, right)
}

/** As `requireRight` for a viewer whose role serves, as a condition on a visible row of `sessions s`. */
export function rightCondition(viewer: Viewer, access: WorkspaceAccess, right: SessionRight): Sql {
  const { permission } = sessionRights[right]
  return all([
    ownershipCondition(viewer, access, permission),
    ...statesOf(right).map(({ condition }) => condition),
  ])
}

function statesOf(right: SessionRight): readonly State[] {
  const { needs = [] }: Right = sessionRights[right]
  return needs.map((name) => states[name])
}
