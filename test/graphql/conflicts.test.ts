import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { mutationOf } from '../support/mutation.js'
import { ask, type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

/** Every mutation that takes `expectedUpdatedAt`, with input that would change the session. */
const writes: Record<string, object> = {
  saveSession: { model: 'other' },
  updateSession: { title: 'x' },
  annotateSession: { labels: [{ key: 'env', values: ['x'] }] },
  archiveSession: {},
  unarchiveSession: {},
  freezeSession: {},
  shareSession: {},
  deleteSession: {},
}

const documentOf = (name: string) =>
  mutationOf(name, name === 'deleteSession' ? 'deletedUuid' : 'session { updatedAt }')

function write(member: Pick<Member, 'graphql'>, { place }: SeededWorkspace, name: string, input: object) {
  return member.graphql(documentOf(name), { input: { ...place, ...writes[name], ...input } })
}

/** Every member that a conflict carries, as a query reads it. */
const publicFields = `uuid title titleSource agent model origin visibility labels { key values } messageCount previewText
  ownerId projectId groupId runtimeId sharedAt archivedAt frozenAt frozenBy lastMessageAt createdAt updatedAt`

async function read({ bob, place }: SeededWorkspace, id: string) {
  const { data } = await bob.graphql(
    `query R($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) { ${publicFields} } } }`,
    { ...place, id },
  )
  return data.workspace.session
}

describe('expectedUpdatedAt', () => {
  test.each(Object.keys(writes))(
    'of %s refuses a lost update, changes nothing, and shows the session as it is',
    async (name) => {
      const seeded = await seedWorkspace()
      const { bob, projectId } = seeded
      const labels = [{ key: 'env', values: ['a', 'b'] }]
      const id = await saveSession(seeded, bob, { title: 'T', labels, projectId })
      const seen = (await read(seeded, id)).updatedAt
      await write(bob, seeded, 'updateSession', { id, title: 'newer' })
      const present = await read(seeded, id)
      const { errors } = await write(bob, seeded, name, { id, expectedUpdatedAt: seen })

      expect(errors?.[0]).toMatchObject({
        message: 'The session has changed since it was read',
        extensions: { code: 'CONFLICT', present },
      })
      expect(Object.keys(errors?.[0]?.extensions.present).sort()).toEqual(Object.keys(present).sort())
      expect(await read(seeded, id)).toEqual(present)
      expect(
        (await write(bob, seeded, name, { id, expectedUpdatedAt: present.updatedAt })).errors,
      ).toBeUndefined()
    },
  )

  test('of a save refuses to bring back a session that is gone', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    const { errors } = await write(seeded.bob, seeded, 'saveSession', {
      id,
      expectedUpdatedAt: new Date().toISOString(),
    })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'CONFLICT' })
    expect(errors?.[0]?.extensions.present).toBeUndefined()
    expect(await seeded.store.session.count({ where: { organizationId: seeded.organizationId } })).toBe(0)
  })

  test('shows a key that may not read nothing of the session', async () => {
    const seeded = await seedWorkspace()
    const { organizationId, store, yoga, bob } = seeded
    const id = await saveSession(seeded, bob, { title: 'secret' })
    const secret = generateSecret()
    await createApiKey(
      store,
      { organizationId, userId: bob.userId, name: 'w', scopes: ['sessions:write'] },
      secret,
    )
    const writer = { graphql: (query: string, input?: object) => ask(yoga, secret, query, { ...input }) }
    const { errors } = await write(writer, seeded, 'updateSession', {
      id,
      expectedUpdatedAt: '2020-01-01T00:00:00.000Z',
    })
    expect(errors?.[0]?.extensions.code).toBe('CONFLICT')
    expect(JSON.stringify(errors)).not.toMatch(/secret|present/)
  })

  test('tells a stranger nothing: the answer for a private session is that for none at all', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const expectedUpdatedAt = '2020-01-01T00:00:00.000Z'
    const refused = async (target: string) =>
      (await write(seeded.cat, seeded, 'annotateSession', { id: target, expectedUpdatedAt })).errors?.map(
        ({ message, extensions }) => [message, extensions.code],
      )
    expect(await refused(id)).toEqual(await refused(randomUUID()))
  })

  test('refuses whoever may not change the session at all as ever, stale or not', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    const { errors } = await write(seeded.cat, seeded, 'updateSession', {
      id,
      expectedUpdatedAt: '2020-01-01T00:00:00.000Z',
    })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' })
  })

  test('lets exactly one of many writers win who saw the same state', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    for (let round = 0; round < 5; round++) {
      const { updatedAt: expectedUpdatedAt } = await read(seeded, id)
      const names = Array.from({ length: 8 }, (_, n) => (n % 2 ? 'updateSession' : 'annotateSession'))
      const answers = await Promise.all(
        names.map((name, n) =>
          write(seeded.bob, seeded, name, { id, title: `${round}.${n}`, expectedUpdatedAt }),
        ),
      )
      const codes = answers.map(({ errors }) => errors?.[0]?.extensions.code ?? 'done')
      expect(codes.toSorted()).toEqual([...Array.from({ length: 7 }, () => 'CONFLICT'), 'done'])
    }
  })
})

test('every change moves updatedAt forward, however many fall into one millisecond', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob)
  const times = await Promise.all(
    Array.from({ length: 24 }, async (_, n) => {
      const { data } = await write(seeded.bob, seeded, 'updateSession', { id, title: `${n}` })
      return data.updateSession.session.updatedAt
    }),
  )
  expect(new Set(times).size).toBe(24)
})
