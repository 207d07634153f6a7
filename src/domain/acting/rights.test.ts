import { expect, test } from 'vitest'
import type { Viewer, WorkspaceAccess } from '../viewer.js'
import { mayDo, mayDoTo, ownershipCondition, requireOwnership, requireRole } from './permissions.js'
import {
  hasRight,
  requireRight,
  requireState,
  rightCondition,
  type SessionRight,
  stateAllows,
} from './rights.js'

const [owner, other] = ['00000000-0000-0000-0000-00000000000a', '00000000-0000-0000-0000-00000000000b']
const subject = {
  id: owner,
  organizationId: owner,
  ownerId: owner,
  visibility: 'workspace',
  origin: 'user',
  archivedAt: null,
  frozenAt: null,
  evaluationId: null,
  updatedAt: new Date(0),
} as Parameters<typeof requireRight>[2]
const states = {
  plain: {},
  archived: { archivedAt: new Date(0) },
  frozen: { frozenAt: new Date(0) },
  referenced: { evaluationId: other },
  ofEval: { origin: 'eval' },
} as const

/** What each state forbids; written down apart from the table that it holds. */
const forbidden: Record<SessionRight, readonly (keyof typeof states)[]> = {
  read: [],
  update: [],
  annotate: [],
  archive: [],
  unarchive: [],
  freeze: [],
  share: [],
  pin: [],
  save: ['frozen'],
  updateRun: ['frozen'],
  move: ['frozen'],
  delete: ['referenced'],
  writeTranscript: ['frozen'],
  rewindTranscript: ['frozen', 'ofEval'],
  startTurn: ['archived', 'frozen'],
  setEvaluationRef: ['plain', 'archived', 'frozen', 'referenced'],
  freezeForEvaluation: [],
}
const conditions = {
  archived: 's.archived_at is null',
  frozen: 's.frozen_at is null',
  referenced: 's.evaluation_id is null',
  ofEval: "s.origin = 'user'",
  plain: "s.origin = 'eval'",
} as const

const scopes = new Set(['sessions:read', 'sessions:write', 'sessions:evaluate'] as const)
const viewer = (userId: string | null, keyScopes: ReadonlySet<string> = scopes) =>
  ({ userId, organizationId: owner, scopes: keyScopes }) as Viewer
const access = (role: 'READ' | 'WRITE' | 'ADMIN') => ({ organizationId: owner, role }) as WorkspaceAccess

test.each(Object.entries(forbidden) as [SessionRight, (keyof typeof states)[]][])(
  'the states that forbid %s are these and no others, as a value and in SQL',
  (right, states_) => {
    const refused = (Object.keys(states) as (keyof typeof states)[]).filter(
      (state) => !stateAllows({ ...subject, ...states[state] }, right),
    )
    expect(refused).toEqual(states_)
    for (const state of Object.keys(states) as (keyof typeof states)[]) {
      const act = () => requireState({ ...subject, ...states[state] }, right)
      if (states_.includes(state)) expect(act).toThrow(/session/)
      else expect(act).not.toThrow()
    }
    const { sql } = rightCondition(viewer(owner), access('ADMIN'), right)
    for (const [state, condition] of Object.entries(conditions)) {
      if (right === 'setEvaluationRef' && state !== 'plain') continue
      expect([state, sql.includes(condition)]).toEqual([state, states_.includes(state as never)])
    }
  },
)

test('a refusal says why: whose it is, then that it changed, then its state', () => {
  const frozen = { ...subject, ...states.frozen }
  const asked = (who: Viewer, seen?: Date) => () => requireRight(who, access('WRITE'), frozen, 'save', seen)
  expect(asked(viewer(other), new Date(1))).toThrow('Only the owner may save this session')
  expect(asked(viewer(owner), new Date(1))).toThrow(/changed/)
  expect(asked(viewer(owner), new Date(0))).toThrow('The session is frozen')
  expect(() => requireState({ ...subject, ...states.archived }, 'startTurn')).toThrow(
    'The session is archived',
  )
  expect(() => requireState({ ...subject, ...states.referenced }, 'delete')).toThrow(
    'referenced by an evaluation',
  )
  expect(() => requireState({ ...subject, ...states.ofEval }, 'rewindTranscript')).toThrow('origin user')
  expect(() => requireState(subject, 'setEvaluationRef')).toThrow('origin eval')
})

test('a right takes the role, the scope of the key, and whose the session is', () => {
  const may = (who: Viewer, role: 'READ' | 'WRITE' | 'ADMIN', right: SessionRight) =>
    hasRight(who, access(role), subject, right)
  const [mine, stranger, service] = [viewer(owner), viewer(other), viewer(null)]
  expect([may(mine, 'READ', 'read'), may(service, 'READ', 'read'), may(service, 'READ', 'pin')]).toEqual([
    ...[true, true, false],
  ])
  expect([may(mine, 'READ', 'save'), may(mine, 'WRITE', 'save'), may(stranger, 'WRITE', 'save')]).toEqual([
    ...[false, true, false],
  ])
  expect([
    may(stranger, 'ADMIN', 'save'),
    may(stranger, 'WRITE', 'delete'),
    may(stranger, 'ADMIN', 'delete'),
  ]).toEqual([false, false, true])
  expect([
    may(stranger, 'WRITE', 'archive'),
    may(viewer(owner, new Set(['sessions:read'])), 'ADMIN', 'archive'),
  ]).toEqual([true, false])
  expect(rightCondition(stranger, access('WRITE'), 'delete').values).toContain(other)
  expect(rightCondition(service, access('WRITE'), 'delete').values).not.toContain(other)
  expect(rightCondition(stranger, access('ADMIN'), 'delete').values).toEqual([])
})

test('who lacks the role, the scope or a user of their own is refused, and told the same ahead', () => {
  const reader = viewer(owner, new Set(['sessions:read']))
  const nobodys = viewer(null)
  for (const [who, role, permission, refusal] of [
    [viewer(owner), 'WRITE', 'session:save', null],
    [viewer(owner), 'ADMIN', 'project:delete', null],
    [viewer(owner), 'READ', 'session:save', 'This needs the role WRITE in the workspace'],
    [viewer(owner), 'WRITE', 'project:delete', 'This needs the role ADMIN in the workspace'],
    [reader, 'ADMIN', 'session:save', 'This needs a key with the scope sessions:write'],
    [reader, 'READ', 'session:read', null],
  ] as const) {
    const ask = () => requireRole(who, access(role), permission)
    if (refusal === null) expect(ask).not.toThrow()
    else expect(ask).toThrow(refusal)
    expect(mayDo(who, access(role), permission)).toBe(refusal === null)
  }
  expect([
    mayDo(nobodys, access('ADMIN'), 'session:pin'),
    mayDo(nobodys, access('READ'), 'session:read'),
  ]).toEqual([false, true])
  const own = { ownerId: owner }
  expect(mayDoTo(viewer(other), access('READ'), own, 'session:pin')).toBe(true)
  expect(() => requireOwnership(nobodys, access('READ'), own, 'session:pin')).toThrow('Only a user may pin')
  expect(ownershipCondition(viewer(other), access('READ'), 'session:pin').sql).toBe('true')
  expect(ownershipCondition(nobodys, access('READ'), 'session:pin').sql).toContain('owner_id')
})
