import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { mutationOf } from '../support/mutation.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

async function doToAll(member: Member, { place }: SeededWorkspace, field: string, ids: string[]) {
  const { data, errors } = await member.graphql(
    mutationOf(
      field,
      'outcomes { uuid refusal { code message } session { archivedAt frozenBy visibility updatedAt } }',
    ),
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

  test('take global ids beside uuids, and tell each session’s, so that caches can forget the deleted', async () => {
    const seeded = await seedWorkspace()
    const { bob, place } = seeded
    const [one, two] = [await saveSession(seeded, bob), await saveSession(seeded, bob)]
    const hidden = await saveSession(seeded, seeded.cat)
    const globalIdOf = (uuid: string) =>
      Buffer.from(`Session:${seeded.organizationId}/${uuid}`).toString('base64')
    const found = await bob.graphql(
      `query ($ids: [ID!]!) { nodes(ids: $ids) { id ... on Session { uuid } } }`,
      { ids: [one, two].map(globalIdOf) },
    )
    expect(found.data.nodes.map(({ uuid }: { uuid: string }) => uuid)).toEqual([one, two])

    const sessionIds = [two, hidden, one].map(globalIdOf)
    const { data, errors } = await bob.graphql(
      `mutation ($input: DeleteSessionsInput!) { deleteSessions(input: $input) {
        deletedIds outcomes { uuid sessionId result } } }`,
      { input: { ...place, ids: [one], sessionIds } },
    )

    expect(errors).toBeUndefined()
    expect(data.deleteSessions).toEqual({
      deletedIds: [one, two].map(globalIdOf),
      outcomes: [
        { uuid: one, sessionId: globalIdOf(one), result: 'DONE' },
        { uuid: two, sessionId: globalIdOf(two), result: 'DONE' },
        { uuid: hidden, sessionId: globalIdOf(hidden), result: 'REFUSED' },
      ],
    })
  })

  test.each([
    'archiveSessions',
    'unarchiveSessions',
    'freezeSessions',
    'shareSessions',
    'pinSessions',
    'unpinSessions',
    'labelSessions',
    'moveSessions',
    'deleteSessions',
  ])('%s takes global ids alone, and refuses ids of anything else', async (field) => {
    const seeded = await seedWorkspace()
    const { bob, place } = seeded
    const uuid = await saveSession(seeded, bob)
    const further: Record<string, object> = {
      labelSessions: { add: [{ key: 'env', values: ['test'] }] },
      moveSessions: { groupId: null },
    }
    const call = (sessionIds: string[]) =>
      bob.graphql(mutationOf(field, 'outcomes { sessionId }'), {
        input: { ...place, ids: [], sessionIds, ...further[field] },
      })
    const globalId = Buffer.from(`Session:${seeded.organizationId}/${uuid}`).toString('base64')

    for (const id of [uuid, Buffer.from(`Project:${seeded.projectId}`).toString('base64'), ''])
      expect((await call([globalId, id])).errors?.[0]?.extensions).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['sessionIds', 1], message: 'Takes the global id of a session' }],
      })
    expect((await call([globalId])).data[field].outcomes).toEqual([{ sessionId: globalId }])
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

describe('bulk outcomes', () => {
  const call = async (member: Member, { place }: SeededWorkspace, field: string, input: object) => {
    const { data, errors } = await member.graphql(
      mutationOf(
        field,
        'outcomes { uuid result refusal { code message } session { pinnedAt projectId groupId labels { key values } updatedAt } }',
      ),
      { input: { ...place, ...input } },
    )
    return errors ? errors[0]!.extensions : data[field].outcomes
  }
  const results = (outcomes: any[]) => outcomes.map(({ result }) => result)

  test('tell what was done, what was so already, and what was refused', async () => {
    const seeded = await seedWorkspace()
    const { bob } = seeded
    const [fresh, archived] = [await saveSession(seeded, bob), await saveSession(seeded, bob)]
    await call(bob, seeded, 'archiveSessions', { ids: [archived] })
    const outcomes = await call(bob, seeded, 'archiveSessions', { ids: [fresh, archived, randomUUID()] })
    expect(results(outcomes)).toEqual(['DONE', 'UNCHANGED', 'REFUSED'])
  })

  test('pinSessions and unpinSessions mark for the viewer alone, and say what was so already', async () => {
    const seeded = await seedWorkspace()
    const { bob, dan } = seeded
    const [one, two, secret] = [
      await saveSession(seeded, bob, { visibility: 'WORKSPACE' }),
      await saveSession(seeded, bob, { visibility: 'WORKSPACE' }),
      await saveSession(seeded, bob),
    ]
    await call(dan, seeded, 'pinSessions', { ids: [one] })
    const pinned = await call(dan, seeded, 'pinSessions', { ids: [two, one, secret] })
    expect(results(pinned)).toEqual(['DONE', 'UNCHANGED', 'REFUSED'])
    expect(pinned[0].session.pinnedAt).not.toBeNull()
    expect(pinned[2].refusal).toEqual({ code: 'NOT_FOUND', message: 'Session not found' })
    expect(results(await call(bob, seeded, 'unpinSessions', { ids: [one] }))).toEqual(['UNCHANGED'])
    expect(results(await call(dan, seeded, 'unpinSessions', { ids: [one, one, secret] }))).toEqual([
      'DONE',
      'REFUSED',
    ])
  })

  test('labelSessions removes, then adds, on whatever each session has; also on frozen ones of others', async () => {
    const seeded = await seedWorkspace()
    const { bob, cat } = seeded
    const one = await saveSession(seeded, bob, {
      visibility: 'WORKSPACE',
      labels: [
        { key: 'env', values: ['dev', 'prod'] },
        { key: 'team', values: ['a'] },
        { key: 'worker', values: ['nightly'] },
      ],
    })
    const two = await saveSession(seeded, bob, {
      visibility: 'WORKSPACE',
      labels: [{ key: 'env', values: ['prod'] }],
    })
    await call(bob, seeded, 'freezeSessions', { ids: [one] })
    const edit = {
      ids: [one, two],
      remove: [
        { key: 'env', values: ['dev'] },
        { key: 'team', values: [] },
      ],
      add: [{ key: 'env', values: ['prod', 'eu'] }],
    }
    const outcomes = await call(cat, seeded, 'labelSessions', edit)
    expect(outcomes.map(({ session }: any) => session.labels)).toEqual([
      [
        { key: 'env', values: ['eu', 'prod'] },
        { key: 'worker', values: ['nightly'] },
      ],
      [{ key: 'env', values: ['eu', 'prod'] }],
    ])
    const again = await call(cat, seeded, 'labelSessions', edit)
    expect(results(again)).toEqual(['UNCHANGED', 'UNCHANGED'])
    expect(again.map(({ session }: any) => session)).toEqual(outcomes.map(({ session }: any) => session))
  })

  test('labelSessions refuses reserved keys and bad values as a whole, a session with too many values alone', async () => {
    const seeded = await seedWorkspace()
    const { bob } = seeded
    const values = Array.from({ length: 32 }, (_, n) => `${n}`)
    const [full, empty] = [
      await saveSession(seeded, bob, { labels: [{ key: 'k', values }] }),
      await saveSession(seeded, bob),
    ]
    const ids = [full, empty]
    for (const [input, path] of [
      [{ add: [{ key: 'worker', values: ['x'] }] }, ['add', 'worker']],
      [{ remove: [{ key: 'capability', values: [] }] }, ['remove', 'capability']],
      [{ add: [{ key: 'Env', values: ['x'] }] }, ['add', 'Env']],
      [{}, ['add']],
    ] as const)
      expect(await call(bob, seeded, 'labelSessions', { ids, ...input })).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path }],
      })
    const outcomes = await call(bob, seeded, 'labelSessions', { ids, add: [{ key: 'k', values: ['more'] }] })
    expect(results(outcomes)).toEqual(['REFUSED', 'DONE'])
    expect(outcomes[0].refusal.code).toBe('INVALID_INPUT')
  })

  test('moveSessions puts the caller’s own into a project and out of it; others’ and frozen ones are refused', async () => {
    const seeded = await seedWorkspace()
    const { bob, cat, projectId } = seeded
    const [own, others, frozen] = [
      await saveSession(seeded, bob),
      await saveSession(seeded, cat, { visibility: 'WORKSPACE' }),
      await saveSession(seeded, bob),
    ]
    await call(bob, seeded, 'freezeSessions', { ids: [frozen] })
    const outcomes = await call(bob, seeded, 'moveSessions', { ids: [own, others, frozen], projectId })
    expect(outcomes.map(({ result, refusal }: any) => refusal?.code ?? result)).toEqual([
      'DONE',
      'FORBIDDEN',
      'CONFLICT',
    ])
    expect(outcomes[0].session.projectId).toBe(projectId)
    expect(results(await call(bob, seeded, 'moveSessions', { ids: [own], projectId }))).toEqual(['UNCHANGED'])
    const out = await call(bob, seeded, 'moveSessions', { ids: [own], projectId: null })
    expect(out[0].session.projectId).toBeNull()
    for (const input of [{}, { projectId: randomUUID() }, { groupId: randomUUID() }])
      expect((await call(bob, seeded, 'moveSessions', { ids: [own], ...input })).code).toBe('INVALID_INPUT')
  })

  test.each([
    ['pinSessions', {}],
    ['unpinSessions', {}],
    ['labelSessions', { add: [{ key: 'a', values: ['b'] }] }],
    ['moveSessions', { projectId: null }],
  ])(
    '%s takes as many statements for 200 sessions as for one, and no more than 200 ids',
    async (field, input) => {
      const seeded = await seedWorkspace()
      const { organizationId, workspaceId, store, bob } = seeded
      const ids = Array.from({ length: 201 }, () => randomUUID())
      await store.session.createMany({
        data: ids.map((id) => ({ organizationId, workspaceId, id, ownerId: bob.userId, model: 'm' })),
      })
      const given = field === 'moveSessions' ? { projectId: seeded.projectId } : input
      const count = async (some: string[]) => {
        const recording = recordStatements()
        const outcomes = await call(bob, seeded, field, { ids: some, ...given })
        const { length } = recording.stop()
        expect(outcomes).toHaveLength(some.length)
        return length
      }
      expect(await count(ids.slice(1))).toBe(await count(ids.slice(0, 1)))
      expect((await call(bob, seeded, field, { ids, ...given })).code).toBe('INVALID_INPUT')
    },
  )
})
