import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

async function doToAll(member: Member, { place }: SeededWorkspace, field: string, ids: string[]) {
  const type = `${field[0]?.toUpperCase()}${field.slice(1)}Input`
  const { data, errors } = await member.graphql(
    `mutation Bulk($input: ${type}!) {
      ${field}(input: $input) { outcomes { uuid refusal { code message } session { archivedAt frozenBy visibility updatedAt } } } }`,
    { input: { ...place, ids } },
  )
  return errors ? errors[0]!.extensions : data[field].outcomes
}

describe('bulk acts', () => {
  test('give one outcome an id, in order, each as the single call would (vectors 66 to 68)', async () => {
    const seeded = await seedWorkspace()
    const { bob, cat } = seeded
    const own = await saveSession(seeded, bob)
    const others = await saveSession(seeded, cat, { visibility: 'WORKSPACE' })
    const secret = await saveSession(seeded, cat)
    const outcomes = await doToAll(bob, seeded, 'freezeSessions', [
      own,
      others,
      own.toUpperCase(),
      secret,
      own,
    ])

    expect(outcomes.map(({ uuid, refusal }: any) => [uuid, refusal?.code ?? null])).toEqual([
      [own, null],
      [others, 'FORBIDDEN'],
      [secret, 'NOT_FOUND'],
    ])
    expect(outcomes[0].session.frozenBy).toBe('USER')
    expect(outcomes[2].refusal.message).toBe('Session not found')
  })

  test.each([
    ['archiveSessions', (session: any) => session.archivedAt !== null],
    ['unarchiveSessions', (session: any) => session.archivedAt === null],
    ['freezeSessions', (session: any) => session.frozenBy === 'USER'],
    ['shareSessions', (session: any) => session.visibility === 'WORKSPACE'],
  ])('%s repeated changes nothing, updatedAt included', async (field, holds) => {
    const seeded = await seedWorkspace()
    const ids = [await saveSession(seeded, seeded.bob), await saveSession(seeded, seeded.bob)]
    const first = await doToAll(seeded.bob, seeded, field, ids)
    expect(first.every(({ session }: any) => holds(session))).toBe(true)
    expect(await doToAll(seeded.bob, seeded, field, ids)).toEqual(first)
  })

  test('deleteSessions leaves nothing behind, and a second time finds nothing', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const append =
      'mutation A($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }'
    const messages = [
      { role: 'ASSISTANT', content: '', toolCalls: [{ id: 'c', name: 'f', arguments: '{}' }] },
    ]
    await seeded.bob.graphql(append, { input: { ...seeded.place, id, messages, context: { model: 'm' } } })
    const first = await doToAll(seeded.bob, seeded, 'deleteSessions', [id])
    const second = await doToAll(seeded.bob, seeded, 'deleteSessions', [id])

    expect(first).toEqual([{ uuid: id, refusal: null, session: null }])
    expect(second[0].refusal.code).toBe('NOT_FOUND')
    const where = { organizationId: seeded.organizationId }
    const { store } = seeded
    expect([
      await store.message.count({ where }),
      await store.segment.count({ where }),
      await store.toolLink.count({ where }),
    ]).toEqual([0, 0, 0])
  })

  test('refuse an empty list and more than 200 ids, and change nothing', async () => {
    const seeded = await seedWorkspace()
    for (const ids of [[], Array.from({ length: 201 }, () => randomUUID())])
      expect(await doToAll(seeded.bob, seeded, 'freezeSessions', ids)).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['ids'] }],
      })
  })

  test('take as many statements for thirty sessions as for one', async () => {
    const seeded = await seedWorkspace()
    const count = async (ids: string[]) => {
      const recording = recordStatements()
      await doToAll(seeded.bob, seeded, 'archiveSessions', ids)
      return recording.stop().length
    }
    const one = await count([await saveSession(seeded, seeded.bob)])
    const ids = await Promise.all(Array.from({ length: 30 }, () => saveSession(seeded, seeded.bob)))
    expect(await count(ids)).toBe(one)
  })
})

describe('pins', () => {
  test('are the viewer’s own, keep their first time, and leave the session as it is', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    const act = (member: Member, field: 'pinSession' | 'unpinSession') =>
      member
        .graphql(
          `mutation P($input: ${field === 'pinSession' ? 'Pin' : 'Unpin'}SessionInput!) {
            ${field}(input: $input) { session { pinnedAt updatedAt } } }`,
          { input: { ...seeded.place, id } },
        )
        .then(({ data }) => data[field].session)
    const first = await act(seeded.dan, 'pinSession')
    const again = await act(seeded.dan, 'pinSession')
    const others = await act(seeded.bob, 'unpinSession')

    expect(first.pinnedAt).not.toBeNull()
    expect(again).toEqual(first)
    expect(others).toEqual({ pinnedAt: null, updatedAt: first.updatedAt })
    expect((await act(seeded.dan, 'unpinSession')).pinnedAt).toBeNull()
  })
})
