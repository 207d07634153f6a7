import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { keyScopes } from '../../src/domain/viewer.js'
import { CLOCK_DIFFERENCE_MS } from '../../src/rules/past.js'
import { mutationOf } from '../support/mutation.js'
import { ask, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let world: SeededWorkspace
let importer: string
beforeAll(async () => {
  world = await seedWorkspace()
  importer = generateSecret()
  const { store, organizationId, bob } = world
  await createApiKey(
    store,
    { organizationId, userId: bob.userId, name: 'i', scopes: [...keyScopes] },
    importer,
  )
})

const mutate = (key: string, name: string, selection: string, input: object) =>
  ask(world.yoga, key, mutationOf(name, selection), { input: { ...world.place, ...input } })
const message = (createdAt: string | null) => ({ role: 'USER', content: 'said', createdAt })
const writes: [name: string, selection: string, input: (createdAt: string | null) => object][] = [
  ['saveSession', 'session { createdAt }', (createdAt) => ({ id: randomUUID(), model: 'm', createdAt })],
  ['appendTranscript', 'lastSeq', (createdAt) => ({ messages: [message(null), message(createdAt)] })],
  ['compactTranscript', 'summarySeq', (createdAt) => ({ upToSeq: 0, summary: message(createdAt) })],
]

/** A session of bob's with three messages. */
async function sessionWithMessages(): Promise<string> {
  const id = await saveSession(world, world.bob)
  const messages = Array.from({ length: 3 }, () => message(null))
  const { errors } = await mutate(world.bob.key, 'appendTranscript', 'lastSeq', { id, messages })
  expect(errors).toBeUndefined()
  return id
}

test.each(writes)(
  '%s takes times by a key with the scope sessions:import alone',
  async (name, selection, input) => {
    const id = await sessionWithMessages()
    const past = '2020-01-02T03:04:05.000Z'
    const refused = await mutate(world.bob.key, name, selection, { id, ...input(past) })
    expect(refused.errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    for (const [key, createdAt] of [
      [world.bob.key, null],
      [importer, past],
    ] as const)
      expect((await mutate(key, name, selection, { id, ...input(createdAt) })).errors).toBeUndefined()
  },
)

test('a stored session begins earlier once an importer says so, never later', async () => {
  const id = randomUUID()
  const begin = async (createdAt: string) => {
    const { data } = await mutate(importer, 'saveSession', 'session { createdAt }', {
      id,
      model: 'm',
      createdAt,
    })
    return data.saveSession.session.createdAt
  }
  const [first, earlier] = ['2020-01-02T03:04:05.000Z', '2019-01-02T03:04:05.000Z']
  expect(await begin(first)).toBe(first)
  expect(await begin(earlier)).toBe(earlier)
  expect(await begin(first)).toBe(earlier)
  const { data } = await ask(
    world.yoga,
    importer,
    `query Early($organization: String!, $workspace: String!) {
      workspace(organization: $organization, slug: $workspace) {
        sessions(first: 5, filter: { createdBetween: { to: "2019-06-01T00:00:00Z" } }) {
          totalCount
          edges { node { uuid createdAt } }
        }
      }
    }`,
    world.place,
  )
  expect(data.workspace.sessions).toEqual({
    totalCount: 1,
    edges: [{ node: { uuid: id, createdAt: earlier } }],
  })
})

test('takeBackMessages takes a key with the scope sessions:import, and no summary', async () => {
  const id = await sessionWithMessages()
  const takeBack = async (key: string, fromSeq: number) =>
    (await mutate(key, 'takeBackMessages', 'deletedCount', { id, fromSeq })).errors?.[0]?.extensions.code
  expect(await takeBack(world.bob.key, 2)).toBe('FORBIDDEN')
  await mutate(world.bob.key, 'compactTranscript', 'summarySeq', { id, upToSeq: 0, summary: message(null) })
  expect(await takeBack(importer, 0)).toBe('INVALID_INPUT')
  expect(await takeBack(importer, 3)).toBe('INVALID_INPUT')
  expect(await takeBack(importer, 2)).toBeUndefined()
})

test('a time that a caller’s clock is ahead by is taken for now, and a later one is refused', async () => {
  const id = randomUUID()
  const write = async (name: string, selection: string, input: object) =>
    (await mutate(importer, name, selection, { id, ...input })).errors?.[0]?.extensions.code
  const ahead = (ms: number) => new Date(Date.now() + ms).toISOString()
  const [near, far] = [ahead(CLOCK_DIFFERENCE_MS - 60_000), ahead(CLOCK_DIFFERENCE_MS + 60_000)]
  expect(await write('saveSession', 'outcome', { model: 'm', createdAt: far })).toBe('INVALID_INPUT')
  expect(await write('saveSession', 'outcome', { model: 'm', createdAt: near })).toBeUndefined()
  expect(await write('appendTranscript', 'lastSeq', { messages: [message(far)] })).toBe('INVALID_INPUT')
  expect(await write('appendTranscript', 'lastSeq', { messages: [message(near)] })).toBeUndefined()
  const { store, organizationId } = world
  const session = await store.session.findFirstOrThrow({ where: { organizationId, id } })
  const row = await store.message.findFirstOrThrow({ where: { organizationId, sessionId: id } })
  for (const { createdAt } of [session, row]) expect(createdAt.getTime()).toBeLessThan(Date.parse(near))
})
