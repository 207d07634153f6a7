import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { runEverywhere } from '../../src/domain/retention/background.js'
import { mutationOf } from '../support/mutation.js'
import {
  type GraphqlAnswer,
  type Member,
  type SeededWorkspace,
  saveSession,
  seedWorkspace,
} from '../support/seed.js'
import { openTestStore } from '../support/store.js'

let world: SeededWorkspace
beforeEach(async () => {
  const { store } = await openTestStore()
  const columns = new HeldColumns({ store, memoryMb: 64, onError: () => {} })
  world = await seedWorkspace({ columns })
})

const run = (member: Member, name: string, input: object, selection: string): Promise<GraphqlAnswer> =>
  member.graphql(mutationOf(name, selection), { input: { ...world.place, ...input } })
const addRule = (input: object, member = world.ana) =>
  run(member, 'createRetentionRule', input, 'rule { uuid olderThanDays archivedOnly label { key values } }')
const removal = 'removedCount remainingCount sampleUuids'
const runNow = async (dryRun = false) =>
  (await run(world.ana, 'runRetention', { dryRun }, removal)).data.runRetention

const DAY_MS = 86_400_000
/** A session of bob's whose newest message, or creation, is so many days ago. */
async function aged(days: number, data: object = {}, input: Record<string, unknown> = {}): Promise<string> {
  const id = await saveSession(world, world.bob, input)
  const at = new Date(Date.now() - days * DAY_MS)
  const { store, organizationId } = world
  await store.session.updateMany({ where: { organizationId, id }, data: { createdAt: at, ...data } })
  return id
}
const left = async () => {
  const { store, organizationId } = world
  return (await store.session.findMany({ where: { organizationId } })).map(({ id }) => id).sort()
}

describe('rules', () => {
  test('let go what is older, and keep frozen sessions and those of evaluations', async () => {
    const [old, archived] = [await aged(40), await aged(40, { archivedAt: new Date() })]
    const kept = [
      await aged(20),
      await aged(40, { frozenAt: new Date() }),
      await aged(40, { evaluationId: randomUUID() }),
      await aged(40, { lastMessageAt: new Date() }),
    ]
    await addRule({ olderThanDays: 30 })
    const dry = await runNow(true)
    expect(dry).toMatchObject({ removedCount: 0, remainingCount: 2 })
    expect(dry.sampleUuids.toSorted()).toEqual([old, archived].sort())
    expect(await left()).toHaveLength(6)
    expect(await runNow()).toEqual({ removedCount: 2, remainingCount: 0, sampleUuids: [] })
    expect(await left()).toEqual(kept.sort())
    expect(await runNow()).toMatchObject({ removedCount: 0 })
  })

  test('go by label, and by the time since archiving', async () => {
    const labels = [{ key: 'env', values: ['test'] }]
    const [labelled, archived] = [await aged(40, {}, { labels }), await aged(1, { archivedAt: new Date(0) })]
    const kept = [await aged(40), await aged(40, { archivedAt: new Date() })]
    await addRule({ olderThanDays: 30, label: { key: 'env', value: 'test' } })
    await addRule({ olderThanDays: 30, archivedOnly: true })
    expect((await runNow(true)).sampleUuids.toSorted()).toEqual([labelled, archived].sort())
    await runNow()
    expect(await left()).toEqual(kept.sort())
  })

  test('hold in their workspace alone', async () => {
    const elsewhere = await saveSession({ place: { ...world.place, workspace: 'other' } }, world.eve)
    const { store, organizationId } = world
    await store.session.updateMany({ where: { organizationId }, data: { createdAt: new Date(0) } })
    await addRule({ olderThanDays: 1 })
    await runNow()
    expect(await left()).toEqual([elsewhere])
  })

  test('run by themselves, a batch at a time, each session with its entry, and facets count what is left', async () => {
    const { store, organizationId, workspaceId, bob, place } = world
    const ids = Array.from({ length: 230 }, () => randomUUID())
    await store.session.createMany({
      data: ids.map((id, index) => ({
        ...{ organizationId, workspaceId, id, ownerId: bob.userId, agent: `a${index % 2}` },
        createdAt: new Date(index < 220 ? 0 : Date.now()),
      })),
    })
    await store.message.createMany({
      data: ids.map((sessionId) => ({
        ...{ organizationId, sessionId, seq: 0, place: 0, id: randomUUID() },
        ...{ role: 'user' as const, content: 'x' },
      })),
    })
    const facets = `query F($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
      sessions { totalCount } sessionFacets { agents { edges { node { value } count } } } } }`
    const count = async () => {
      const { data } = await bob.graphql(facets, place)
      const { sessions, sessionFacets } = data.workspace
      return [sessions.totalCount, sessionFacets.agents.edges.map(({ count }: any) => count)]
    }
    expect(await count()).toEqual([230, [115, 115]])
    await addRule({ olderThanDays: 30 })
    await runEverywhere(store, () => false)
    expect(await left()).toEqual(ids.slice(220).sort())
    expect(await store.message.count({ where: { organizationId } })).toBe(10)
    expect(await count()).toEqual([10, [5, 5]])
    const entries = await store.auditEntry.findMany({ where: { organizationId, act: 'expire_session' } })
    expect(new Set(entries.map(({ subjectId }) => subjectId))).toEqual(new Set(ids.slice(0, 220)))
    expect(entries.every(({ face, userId, keyId }) => face === 'gateway' && !userId && !keyId)).toBe(true)
  })

  test('are made, listed, changed and taken away by admins alone', async () => {
    const { data } = await addRule({ olderThanDays: 30, label: { key: 'env', value: 'a:b' } })
    const { rule } = data.createRetentionRule
    expect(rule).toMatchObject({
      olderThanDays: 30,
      archivedOnly: false,
      label: { key: 'env', values: ['a:b'] },
    })
    const change = (member: Member) =>
      run(member, 'updateRetentionRule', { id: rule.uuid, olderThanDays: 60 }, 'rule { olderThanDays }')
    expect((await change(world.ana)).data.updateRetentionRule.rule.olderThanDays).toBe(60)
    const refused = async (answer: Promise<GraphqlAnswer>) => (await answer).errors?.[0]?.extensions.code
    for (const member of [world.bob, world.dan]) {
      expect(await refused(addRule({ olderThanDays: 1 }, member))).toBe('FORBIDDEN')
      expect(await refused(change(member))).toBe('FORBIDDEN')
      expect(await refused(run(member, 'deleteRetentionRule', { id: rule.uuid }, 'deletedUuid'))).toBe(
        'FORBIDDEN',
      )
      expect(await refused(run(member, 'runRetention', {}, removal))).toBe('FORBIDDEN')
      expect(await refused(run(member, 'eraseUserSessions', { user: world.bob.userId }, removal))).toBe(
        'FORBIDDEN',
      )
    }
    expect(await refused(addRule({ olderThanDays: 40_000 }))).toBe('INVALID_INPUT')
    expect(await refused(addRule({ olderThanDays: 1, label: { key: 'No key', value: 'x' } }))).toBe(
      'INVALID_INPUT',
    )
    const list = `query L($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
      retentionRules { uuid olderThanDays createdBy { login } } } }`
    expect((await world.ana.graphql(list, world.place)).data.workspace.retentionRules).toEqual([
      { uuid: rule.uuid, olderThanDays: 60, createdBy: { login: world.ana.login } },
    ])
    expect(await refused(world.bob.graphql(list, world.place))).toBe('FORBIDDEN')
    await run(world.ana, 'deleteRetentionRule', { id: rule.uuid }, 'deletedUuid')
    expect((await world.ana.graphql(list, world.place)).data.workspace.retentionRules).toEqual([])
    expect(await refused(change(world.ana))).toBe('NOT_FOUND')
  })
})

describe('rules of a whole organization', () => {
  const whole = (member: Member, name: string, input: object, selection: string) =>
    run(member, name, { workspace: null, ...input }, selection)
  const codeOf = async (answer: Promise<GraphqlAnswer>) => (await answer).errors?.[0]?.extensions.code

  test('hold in each of its workspaces, for admins of the default one alone', async () => {
    const { store, organizationId, workspaceId } = world
    await store.workspace.update({
      where: { organizationId_id: { organizationId, id: workspaceId } },
      data: { isDefault: true },
    })
    const here = await aged(40)
    const elsewhere = await saveSession({ place: { ...world.place, workspace: 'other' } }, world.eve)
    await store.session.updateMany({
      where: { organizationId, id: elsewhere },
      data: { createdAt: new Date(0) },
    })
    const frozen = await aged(40, { frozenAt: new Date() })
    for (const member of [world.bob, world.eve])
      expect(await codeOf(whole(member, 'createRetentionRule', { olderThanDays: 30 }, 'rule { uuid }'))).toBe(
        'FORBIDDEN',
      )
    const { data } = await whole(world.ana, 'createRetentionRule', { olderThanDays: 30 }, 'rule { uuid }')
    const { uuid: id } = data.createRetentionRule.rule
    // The rules of a workspace are others.
    expect(await runNow(true)).toMatchObject({ remainingCount: 0 })
    expect(await codeOf(run(world.ana, 'deleteRetentionRule', { id }, 'deletedUuid'))).toBe('NOT_FOUND')
    const list = '{ viewer { organization { retentionRules { uuid olderThanDays } } } }'
    expect((await world.ana.graphql(list)).data.viewer.organization.retentionRules).toEqual([
      { uuid: id, olderThanDays: 30 },
    ])
    expect(await codeOf(world.bob.graphql(list))).toBe('FORBIDDEN')
    const change = { id, olderThanDays: 20 }
    expect(await codeOf(whole(world.ana, 'updateRetentionRule', change, 'rule { uuid }'))).toBeUndefined()
    const dry = await whole(world.ana, 'runRetention', { dryRun: true }, removal)
    expect(dry.data.runRetention).toMatchObject({ removedCount: 0, remainingCount: 2 })
    expect(await left()).toEqual([here, elsewhere, frozen].sort())
    await runEverywhere(store, () => false)
    expect(await left()).toEqual([frozen])
    const entries = await store.auditEntry.findMany({ where: { organizationId, act: 'expire_session' } })
    expect(entries.map(({ subjectId }) => subjectId).sort()).toEqual([here, elsewhere].sort())
    expect(new Set(entries.map((entry) => entry.workspaceId)).size).toBe(2)
    await whole(world.ana, 'deleteRetentionRule', { id }, 'deletedUuid')
    expect(await store.retentionRule.count({ where: { organizationId } })).toBe(0)
    const acts = await store.auditEntry.findMany({
      where: { organizationId, subjectId: id, workspaceId: null, outcome: 'done' },
    })
    expect(acts).toHaveLength(3)
  })
})

describe('erasing a user', () => {
  const erase = async (input: object) =>
    (await run(world.ana, 'eraseUserSessions', input, removal)).data.eraseUserSessions

  test('takes all the user has, frozen and private, and nothing of others; repeating it is harmless', async () => {
    await aged(1, { frozenAt: new Date(), evaluationId: randomUUID() })
    await saveSession(world, world.bob, { visibility: 'PRIVATE' })
    const cats = await saveSession(world, world.cat, { visibility: 'WORKSPACE' })
    const { store, organizationId, workspaceId, bob } = world
    await store.pin.create({ data: { organizationId, sessionId: cats, userId: bob.userId } })
    const filter = randomUUID()
    await store.savedFilter.create({
      data: { organizationId, workspaceId, id: filter, ownerId: bob.userId, name: 'f', filter: {} },
    })
    const user = `${bob.login}@example.com`.toUpperCase()
    expect(await erase({ user, dryRun: true })).toMatchObject({ removedCount: 0, remainingCount: 2 })
    expect(await erase({ user })).toMatchObject({ removedCount: 2, remainingCount: 0 })
    expect(await left()).toEqual([cats])
    expect(await store.pin.count({ where: { organizationId } })).toBe(0)
    expect(await store.savedFilter.count({ where: { organizationId } })).toBe(0)
    expect(await erase({ user: bob.userId })).toMatchObject({ removedCount: 0, remainingCount: 0 })
    expect(await store.auditEntry.count({ where: { organizationId, act: 'erase_session' } })).toBe(2)
    const marks = await store.auditEntry.findMany({
      where: { organizationId, act: { in: ['unpin_session', 'delete_filter'] }, userId: world.ana.userId },
      orderBy: { act: 'asc' },
    })
    expect(marks.map(({ act, subjectId }) => [act, subjectId])).toEqual([
      ['delete_filter', filter],
      ['unpin_session', cats],
    ])
  })

  test('leaves what changed since it was exported', async () => {
    await saveSession(world, world.bob)
    const changedBefore = new Date(Date.now() - 60_000).toISOString()
    expect(await erase({ user: world.bob.userId, changedBefore })).toMatchObject({ removedCount: 0 })
    expect(await left()).toHaveLength(1)
  })

  test('does not know an address that nobody of the organization has', async () => {
    const elsewhere = await seedWorkspace()
    for (const user of ['no@body.example', `${elsewhere.bob.login}@example.com`]) {
      const { errors } = await run(world.ana, 'eraseUserSessions', { user, dryRun: true }, removal)
      expect(errors?.[0]).toMatchObject({ message: 'User not found', extensions: { code: 'NOT_FOUND' } })
    }
  })
})
