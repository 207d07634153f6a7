import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { SessionRight } from '../../src/domain/acting/rights.js'
import { sessionRights } from '../../src/domain/acting/rights.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type KeyScope, keyScopes } from '../../src/domain/viewer.js'
import { mutationOf } from '../support/mutation.js'
import { ask, type GraphqlAnswer, type Member, type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

type Ask = (query: string, variables: Record<string, unknown>) => Promise<GraphqlAnswer>

const ref = { evaluationId: randomUUID(), itemId: randomUUID() }
const field = (name: string, selection = 'session { uuid }') => mutationOf(name, selection)

/** How each right is used: a mutation with sound input. */
const uses: Record<Exclude<SessionRight, 'read' | 'move'>, { query: string; input?: object }> = {
  save: { query: field('saveSession'), input: { model: 'other' } },
  update: { query: field('updateSession'), input: { title: 'x' } },
  updateRun: { query: field('updateSession'), input: { agent: 'x' } },
  annotate: { query: field('annotateSession'), input: { title: 'x' } },
  archive: { query: field('archiveSession') },
  unarchive: { query: field('unarchiveSession') },
  freeze: { query: field('freezeSession') },
  share: { query: field('shareSession') },
  pin: { query: field('pinSession') },
  delete: { query: field('deleteSession', 'deletedUuid') },
  writeTranscript: {
    query: field('appendTranscript', 'lastSeq'),
    input: { messages: [{ role: 'USER', content: 'x' }] },
  },
  rewindTranscript: { query: field('rewindTranscript', 'deletedCount'), input: { fromSeq: 0 } },
  startTurn: { query: field('startTurn') },
  setEvaluationRef: { query: field('setSessionEvaluationRef'), input: { ref } },
  freezeForEvaluation: { query: field('freezeSessionForEvaluation') },
}

const rights = Object.keys(sessionRights) as SessionRight[]
const allRights = `viewerCan { ${rights.join(' ')} }`
const get = `query G($organization: String!, $workspace: String!, $id: String!) {
  workspace(organization: $organization, slug: $workspace) { session(id: $id) { ${allRights} } } }`

async function isDone(use: Ask, { place, projectId }: SeededWorkspace, right: SessionRight, id: string) {
  if (right === 'read') return !(await use(get, { ...place, id })).errors
  if (right === 'move') {
    const { data, errors } = await use(field('moveSessions', 'outcomes { result }'), {
      input: { ...place, ids: [id], projectId },
    })
    return !errors && data.moveSessions.outcomes[0].result === 'DONE'
  }
  const { query, input } = uses[right]
  return !(await use(query, { input: { ...place, id, ...input } })).errors
}

/** What `viewerCan` says: to a key that reads by a query, else in the answer of an act that every such key may do. */
async function readRights(use: Ask, { place }: SeededWorkspace, who: Who, id: string) {
  if (who.scopes.includes('sessions:read'))
    return (await use(get, { ...place, id })).data.workspace.session.viewerCan
  const act = who.member === 'dan' ? 'unpinSession' : 'annotateSession'
  const { data } = await use(field(act, `session { ${allRights} }`), { input: { ...place, id } })
  return data[act].session.viewerCan
}

interface Who {
  member: 'ana' | 'bob' | 'dan' | 'service'
  scopes: KeyScope[]
  owns: boolean
}

const anybody = fc
  .record({
    member: fc.constantFrom('ana', 'bob', 'dan', 'service'),
    scopes: fc.subarray([...keyScopes], { minLength: 1 }),
    owns: fc.boolean(),
  })
  .filter(({ scopes }) =>
    scopes.some((scope) => scope === 'sessions:read' || scope === 'sessions:write'),
  ) as fc.Arbitrary<Who>

const anyState = fc.record({
  origin: fc.constantFrom('user', 'user', 'eval', 'worker'),
  private: fc.boolean(),
  archived: fc.boolean(),
  frozen: fc.boolean(),
  referred: fc.boolean(),
})
type State = typeof anyState extends fc.Arbitrary<infer Value> ? Value : never

/** As many sessions of one state as there are rights, each with a user message. */
async function createSessions(seeded: SeededWorkspace, ownerId: string, state: State): Promise<string[]> {
  const { organizationId, workspaceId, store } = seeded
  const ids = rights.map(() => randomUUID())
  await store.session.createMany({
    data: ids.map((id) => ({
      ...{ organizationId, workspaceId, id, ownerId, model: 'm', origin: state.origin as 'user' },
      visibility: state.private ? ('private' as const) : ('workspace' as const),
      archivedAt: state.archived ? new Date() : null,
      frozenAt: state.frozen ? new Date() : null,
      frozenBy: state.frozen ? ('user' as const) : null,
      evaluationId: state.referred ? randomUUID() : null,
    })),
  })
  await store.message.createMany({
    data: ids.map((sessionId) => ({
      ...{
        organizationId,
        sessionId,
        seq: 0,
        place: 0,
        id: randomUUID(),
        role: 'user' as const,
        content: 'x',
      },
    })),
  })
  return ids
}

const ownerOnly = ['save', 'update', 'updateRun', 'move', 'share', 'writeTranscript', 'rewindTranscript']
const closedByFreezing = ['save', 'updateRun', 'move', 'writeTranscript', 'rewindTranscript', 'startTurn']
const ofEvaluations = ['setEvaluationRef', 'freezeForEvaluation']

/** The matrix of rights as the contract writes it (1.5, 4.8, 5), whatever the table that is tested says. */
function isAllowed({ member, scopes, owns }: Who, state: State, right: SessionRight): boolean {
  const needed = right === 'read' ? 'read' : ofEvaluations.includes(right) ? 'evaluate' : 'write'
  if (!scopes.includes(`sessions:${needed}`)) return false
  if (right === 'read') return true
  if (right === 'pin') return member !== 'service'
  const isOwner = owns && member !== 'service'
  if (member === 'dan') return false
  if ([...ownerOnly, 'startTurn', 'setEvaluationRef'].includes(right) && !isOwner) return false
  if (['freeze', 'delete'].includes(right) && !isOwner && member !== 'ana') return false
  if (state.frozen && closedByFreezing.includes(right)) return false
  if (state.archived && right === 'startTurn') return false
  if (state.referred && right === 'delete') return false
  if (state.origin !== 'user' && right === 'rewindTranscript') return false
  return state.origin === 'eval' || right !== 'setEvaluationRef'
}

test('viewerCan says of every right exactly what the contract allows, and whether the mutation is done, for any role, key, owner and state', async () => {
  const seeded = await seedWorkspace()
  const { organizationId, workspaceId, store, yoga } = seeded
  await fc.assert(
    fc.asyncProperty(anybody, anyState, async (who, state) => {
      const userId = who.member === 'service' ? null : seeded[who.member].userId
      const secret = generateSecret()
      const bound = userId === null ? { workspaceId } : {}
      await createApiKey(store, { organizationId, userId, ...bound, name: 'k', scopes: who.scopes }, secret)
      const use: Ask = (query, variables) => ask(yoga, secret, query, variables)
      const owns = who.owns && userId !== null
      const ownerId = owns ? (userId as string) : seeded.cat.userId
      const ids = await createSessions(seeded, ownerId, { ...state, private: state.private && owns })
      const said = await readRights(use, seeded, who, ids[0] as string)
      const done: Record<string, boolean> = {}
      for (const [index, right] of rights.entries())
        done[right] = await isDone(use, seeded, right, ids[index] as string)
      expect(said).toEqual(done)
      expect(said).toEqual(Object.fromEntries(rights.map((right) => [right, isAllowed(who, state, right)])))
    }),
    { numRuns: 25 },
  )
})

test('a group’s viewerCan.update is true for its creator and for an admin, and false for others', async () => {
  const seeded = await seedWorkspace()
  const { place, projectId } = seeded
  const create = field('createSessionGroup', 'group { uuid viewerCan { update } }')
  const created = await seeded.bob.graphql(create, { input: { ...place, projectId, kind: 'WORKFLOW' } })
  const { group } = created.data.createSessionGroup
  const { organizationId, workspaceId, store } = seeded
  await store.session.createMany({
    data: {
      ...{ organizationId, workspaceId, id: randomUUID(), ownerId: seeded.bob.userId, model: 'm' },
      ...{ groupId: group.uuid, visibility: 'workspace' },
    },
  })
  const query = `query G($organization: String!, $workspace: String!, $id: UUID!) {
    workspace(organization: $organization, slug: $workspace) { sessionGroup(id: $id) { viewerCan { update } } } }`
  const rightOf = async (member: Member) =>
    (await member.graphql(query, { ...place, id: group.uuid })).data.workspace.sessionGroup.viewerCan.update

  expect(group.viewerCan.update).toBe(true)
  expect([await rightOf(seeded.ana), await rightOf(seeded.cat), await rightOf(seeded.dan)]).toEqual([
    true,
    false,
    false,
  ])
})

test('the rights of thirty listed sessions take no statement of their own', async () => {
  const seeded = await seedWorkspace()
  const { organizationId, workspaceId, store, bob, place } = seeded
  await store.session.createMany({
    data: Array.from({ length: 30 }, () => ({
      ...{ organizationId, workspaceId, id: randomUUID(), ownerId: bob.userId, model: 'm' },
    })),
  })
  const count = async (selection: string) => {
    const recording = recordStatements()
    const { data } = await bob.graphql(
      `query L($organization: String!, $workspace: String!) {
        workspace(organization: $organization, slug: $workspace) {
          sessions(first: 100) { edges { node { uuid ${selection} } } } } }`,
      place,
    )
    expect(data.workspace.sessions.edges).toHaveLength(30)
    return recording.stop().length
  }
  expect(await count(allRights)).toBe(await count(''))
})

test('a service key, which has no user, is told that it can neither pin nor save nor create groups', async () => {
  const { organizationId, workspaceId, store, yoga, place } = await seedWorkspace()
  const secret = generateSecret()
  await createApiKey(store, { organizationId, userId: null, workspaceId, name: 's' }, secret)
  const can = `query C($organization: String!, $workspace: String!, $act: Permission!) {
    workspace(organization: $organization, slug: $workspace) { viewerCan(act: $act) } }`
  const asked = async (act: string) =>
    (await ask(yoga, secret, can, { ...place, act })).data.workspace.viewerCan
  for (const act of ['SESSION_PIN', 'SESSION_SAVE', 'GROUP_CREATE'])
    expect([act, await asked(act)]).toEqual([act, false])
  for (const act of ['SESSION_READ', 'SESSION_ARCHIVE']) expect([act, await asked(act)]).toEqual([act, true])
})
