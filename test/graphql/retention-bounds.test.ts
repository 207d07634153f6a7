import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { runEverywhere } from '../../src/domain/retention/background.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { mutationOf } from '../support/mutation.js'
import {
  ask,
  type GraphqlAnswer,
  type Member,
  type SeededWorkspace,
  saveSession,
  seedWorkspace,
} from '../support/seed.js'

let world: SeededWorkspace
beforeEach(async () => {
  world = await seedWorkspace()
})

const run = async (member: Member, name: string, input: object, selection: string): Promise<GraphqlAnswer> =>
  member.graphql(mutationOf(name, selection), { input: { ...world.place, ...input } })
const codeOf = async (answer: Promise<GraphqlAnswer>) => (await answer).errors?.[0]?.extensions.code
const removal = 'removedCount remainingCount sampleUuids'

/** Sessions of a user, the first of them the oldest: it began so many days ago, each other a minute later. */
async function createSessions(count: number, days: number, ownerId = world.bob.userId): Promise<string[]> {
  const { store, organizationId, workspaceId } = world
  const ids = Array.from({ length: count }, () => randomUUID())
  const first = Date.now() - days * 86_400_000
  await store.session.createMany({
    data: ids.map((id, index) => ({
      ...{ organizationId, workspaceId, id, ownerId, createdAt: new Date(first + index * 60_000) },
    })),
  })
  return ids
}
const left = async () => {
  const { store, organizationId } = world
  return (await store.session.findMany({ where: { organizationId }, orderBy: { createdAt: 'asc' } })).map(
    ({ id }) => id,
  )
}

test('a hundred go at a time, the oldest first, and the oldest twenty are named', async () => {
  const ids = await createSessions(130, 60)
  await run(world.ana, 'createRetentionRule', { olderThanDays: 30 }, 'rule { uuid }')
  const dry = await run(world.ana, 'runRetention', { dryRun: true }, removal)
  expect(dry.data.runRetention).toEqual({
    removedCount: 0,
    remainingCount: 130,
    sampleUuids: ids.slice(0, 20),
  })
  const { data } = await run(world.ana, 'runRetention', { dryRun: false }, removal)
  expect(data.runRetention).toMatchObject({ removedCount: 100, remainingCount: 30 })
  expect(await left()).toEqual(ids.slice(100))
})

describe('rules', () => {
  const createRule = (input: object) => run(world.ana, 'createRetentionRule', input, 'rule { uuid }')

  test('are fifty at most, of 36,500 days at most', async () => {
    const { store, organizationId, workspaceId } = world
    await store.retentionRule.createMany({
      data: Array.from({ length: 49 }, () => ({
        ...{ organizationId, workspaceId, id: randomUUID(), olderThanDays: 9 },
      })),
    })
    expect(await codeOf(createRule({ olderThanDays: 36_501 }))).toBe('INVALID_INPUT')
    expect(await codeOf(createRule({ olderThanDays: 36_500 }))).toBeUndefined()
    expect(await codeOf(createRule({ olderThanDays: 1 }))).toBe('CONFLICT')
  })

  test('tell when they last changed', async () => {
    const times = 'rule { uuid createdAt updatedAt }'
    const { data } = await run(world.ana, 'createRetentionRule', { olderThanDays: 30 }, times)
    const made = data.createRetentionRule.rule
    const change = { id: made.uuid, olderThanDays: 31 }
    const changed = (await run(world.ana, 'updateRetentionRule', change, times)).data.updateRetentionRule.rule
    expect(changed.createdAt).toBe(made.createdAt)
    expect(changed.updatedAt > made.updatedAt).toBe(true)
  })

  test('of another organization are nobody’s here: they let nothing go, and cannot be changed', async () => {
    const [id] = await createSessions(1, 60)
    const other = await seedWorkspace()
    for (const { store, organizationId, workspaceId } of [world, other])
      await store.workspace.update({
        where: { organizationId_id: { organizationId, id: workspaceId } },
        data: { isDefault: true },
      })
    const created = await other.ana.graphql(mutationOf('createRetentionRule', 'rule { uuid }'), {
      input: { ...other.place, workspace: null, olderThanDays: 30 },
    })
    const { uuid } = created.data.createRetentionRule.rule
    const whole = (name: string, input: object, selection: string) =>
      run(world.ana, name, { workspace: null, ...input }, selection)
    const dry = await whole('runRetention', { dryRun: true }, removal)
    expect(dry.data.runRetention).toMatchObject({ remainingCount: 0 })
    const change = { id: uuid, olderThanDays: 1 }
    expect(await codeOf(whole('updateRetentionRule', change, 'rule { uuid }'))).toBe('NOT_FOUND')
    expect(await codeOf(whole('deleteRetentionRule', { id: uuid }, 'deletedUuid'))).toBe('NOT_FOUND')
    await runEverywhere(world.store, () => false)
    expect(await left()).toEqual([id])
  })

  test('of the whole organization are out of reach of a key that is bound to one workspace', async () => {
    const { store, organizationId, workspaceId, ana, yoga, place } = world
    await store.workspace.update({
      where: { organizationId_id: { organizationId, id: workspaceId } },
      data: { isDefault: true },
    })
    const bound = generateSecret()
    await createApiKey(store, { organizationId, workspaceId, userId: ana.userId, name: 'bound' }, bound)
    const create = (workspace: string | null) =>
      ask(yoga, bound, mutationOf('createRetentionRule', 'rule { uuid }'), {
        input: { ...place, workspace, olderThanDays: 30 },
      })
    expect(await codeOf(create(null))).toBe('FORBIDDEN')
    expect(await codeOf(create(place.workspace))).toBeUndefined()
  })
})

describe('what an erased user pinned and saved', () => {
  const erase = async (dryRun = false) =>
    (await run(world.ana, 'eraseUserSessions', { user: world.bob.userId, dryRun }, removal)).data
      .eraseUserSessions

  test('goes with the last session alone, and stays in other workspaces', async () => {
    const { store, organizationId, workspaceId, bob, cat, eve, place } = world
    const elsewhere = await saveSession({ place: { ...place, workspace: 'other' } }, eve)
    const [here] = await createSessions(1, 1, cat.userId)
    const there = await store.workspace.findFirstOrThrow({ where: { organizationId, slug: 'other' } })
    await store.pin.createMany({
      data: [here, elsewhere].map((sessionId = '') => ({ organizationId, sessionId, userId: bob.userId })),
    })
    await store.savedFilter.createMany({
      data: [workspaceId, there.id].map((id) => ({
        ...{ organizationId, workspaceId: id, id: randomUUID(), ownerId: bob.userId, name: 'f', filter: {} },
      })),
    })
    const marks = async () => [
      (await store.pin.findMany({ where: { organizationId } })).map(({ sessionId }) => sessionId).sort(),
      await store.savedFilter.count({ where: { organizationId } }),
    ]
    const both = [[here, elsewhere].sort(), 2]
    expect(await erase(true)).toMatchObject({ removedCount: 0, remainingCount: 0 })
    expect(await marks()).toEqual(both)
    await createSessions(101, 1)
    expect(await erase()).toMatchObject({ removedCount: 100, remainingCount: 1 })
    expect(await marks()).toEqual(both)
    expect(await erase()).toMatchObject({ removedCount: 1, remainingCount: 0 })
    expect(await marks()).toEqual([[elsewhere], 1])
  })
})
