import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { publicIdOf } from '../../src/domain/session/public-id.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { mutationOf } from '../support/mutation.js'
import { ask, saveSession, seedWorkspace } from '../support/seed.js'

async function seedWithDefault() {
  const seeded = await seedWorkspace()
  const { store, yoga, organizationId, workspaceId, bob } = seeded
  const key = generateSecret()
  await createApiKey(
    store,
    { organizationId, userId: bob.userId, defaultWorkspaceId: workspaceId, name: 'd' },
    key,
  )
  return {
    ...seeded,
    call: (query: string, variables?: Record<string, unknown>) => ask(yoga, key, query, variables),
  }
}

describe('createSession', () => {
  const create = mutationOf(
    'createSession',
    'session { uuid agent agentId model modelId visibility origin status labels { key } capabilities { ref config } createdAt updatedAt createdBy { login } workspace { slug } }',
  )

  test('makes a session of version 7 in the default workspace, with names and ids that lead to each other', async () => {
    const { call, organizationId } = await seedWithDefault()
    const known = publicIdOf('agent', organizationId, 'coder')
    const foreign = `agent_${'f'.repeat(32)}`
    const unknown = (await call(create, { input: { agentId: known } })).data.createSession.session
    const passed = (
      await call(create, {
        input: {
          agentId: foreign,
          capabilities: [{ ref: 'web_fetch', config: { a: null } }, { ref: 'time' }],
        },
      })
    ).data.createSession.session
    const none = (await call(create, { input: { agentId: `agent_${'0'.repeat(32)}` } })).data.createSession
      .session

    // Nobody has used the name yet, so its id stands for itself.
    expect([unknown.agent, unknown.agentId]).toEqual([known, known])
    expect([passed.agent, passed.agentId]).toEqual([foreign, foreign])
    expect([none.agent, none.agentId, none.model]).toEqual([null, null, 'unspecified'])
    expect(passed.capabilities).toEqual([
      { ref: 'web_fetch', config: { a: null } },
      { ref: 'time', config: null },
    ])
    expect(passed).toMatchObject({
      visibility: 'WORKSPACE',
      origin: 'USER',
      status: 'STARTED',
      workspace: { slug: 'main' },
    })
    expect(passed.uuid[14]).toBe('7')
    expect(passed.createdAt).toBe(passed.updatedAt)
  })

  test('takes the name that an id derives from where a session that the caller sees bears it', async () => {
    const seeded = await seedWithDefault()
    await saveSession(seeded, seeded.cat, { agent: 'coder', visibility: 'WORKSPACE' })
    const agentId = publicIdOf('agent', seeded.organizationId, 'coder')
    const { session } = (await seeded.call(create, { input: { agentId } })).data.createSession
    expect([session.agent, session.agentId]).toEqual(['coder', agentId])
  })

  test('is refused without a default workspace, and for ids of another form', async () => {
    const seeded = await seedWithDefault()
    expect((await seeded.bob.graphql(create, { input: {} })).errors?.[0]).toMatchObject({
      message: 'No default workspace',
      extensions: { code: 'CONFLICT' },
    })
    for (const agentId of ['coder', `agent_${'F'.repeat(32)}`])
      expect(
        (await seeded.call(create, { input: { agentId } })).errors?.[0]?.extensions.issues[0].path,
      ).toEqual(['agentId'])
  })
})

describe('annotateSession', () => {
  const annotate = mutationOf('annotateSession', 'session { title labels { key values } updatedAt frozenAt }')

  test('keeps reserved labels, takes null for nothing, and always moves updatedAt', async () => {
    const seeded = await seedWorkspace()
    const labels = [
      { key: 'worker', values: ['w'] },
      { key: 'env', values: ['dev'] },
    ]
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE', title: 'T', labels })
    const first = (await seeded.cat.graphql(annotate, { input: { id, title: null } })).data.annotateSession
      .session
    const second = (
      await seeded.cat.graphql(annotate, {
        input: { id, title: '', labels: [{ key: 'tag', values: ['x'] }] },
      })
    ).data.annotateSession.session

    expect(first).toMatchObject({ title: 'T' })
    expect(second).toMatchObject({
      title: '',
      labels: [
        { key: 'tag', values: ['x'] },
        { key: 'worker', values: ['w'] },
      ],
    })
    expect(second.updatedAt > first.updatedAt).toBe(true)
    const refused = await seeded.cat.graphql(annotate, {
      input: { id, title: 'U', labels: [{ key: 'worker', values: ['z'] }] },
    })
    expect(refused.errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
    expect((await seeded.dan.graphql(annotate, { input: { id } })).errors?.[0]?.extensions.code).toBe(
      'FORBIDDEN',
    )
  })
})

describe('turns and status', () => {
  const turn = (name: string) =>
    mutationOf(name, `session { status } ${name === 'cancelTurn' ? 'cancelled' : ''}`)

  test('a session is started, active while a turn runs, idle with messages, and idle once frozen', async () => {
    const seeded = await seedWithDefault()
    const id = await saveSession(seeded, seeded.bob)
    const act = async (name: string) => (await seeded.call(turn(name), { input: { id } })).data[name]
    const stats = async () =>
      (await seeded.call('{ viewer { organization { sessionStats { total started active idle } } } }')).data
        .viewer.organization.sessionStats

    expect(await stats()).toEqual({ total: 1, started: 1, active: 0, idle: 0 })
    expect((await act('startTurn')).session.status).toBe('ACTIVE')
    expect(await stats()).toEqual({ total: 1, started: 0, active: 1, idle: 0 })
    expect(await act('cancelTurn')).toEqual({ cancelled: true, session: { status: 'STARTED' } })
    expect((await act('cancelTurn')).cancelled).toBe(false)
    const append =
      'mutation A($input: AppendTranscriptInput!) { appendTranscript(input: $input) { session { status } } }'
    const appended = await seeded.call(append, { input: { id, messages: [{ role: 'USER', content: 'hi' }] } })
    expect(appended.data.appendTranscript.session.status).toBe('IDLE')
    await act('startTurn')
    expect((await act('endTurn')).session.status).toBe('IDLE')
    expect(await stats()).toEqual({ total: 1, started: 0, active: 0, idle: 1 })
  })

  test('a session that is archived or frozen while a turn runs is idle, alone and among all', async () => {
    const seeded = await seedWithDefault()
    const ids = [await saveSession(seeded, seeded.bob), await saveSession(seeded, seeded.bob)]
    for (const [index, act] of ['archiveSession', 'freezeSession'].entries()) {
      const input = { id: ids[index] }
      await seeded.call(turn('startTurn'), { input })
      const { data } = await seeded.call(mutationOf(act, 'session { status }'), { input })
      expect(data[act].session.status).toBe('IDLE')
    }
    const { data } = await seeded.call('{ viewer { organization { sessionStats { total active idle } } } }')
    // The archived one is none of those that are counted.
    expect(data.viewer.organization.sessionStats).toEqual({ total: 1, active: 0, idle: 1 })
  })
})

describe('a session without its place', () => {
  test('is found and acted on in whichever workspace it lies, and only by those who see it', async () => {
    const seeded = await seedWithDefault()
    const id = await saveSession(seeded, seeded.bob)
    const get =
      'query G($id: String!) { viewer { organization { session(id: $id) { uuid workspace { slug } } } } }'
    const archive = mutationOf('archiveSession', 'session { archivedAt }')

    expect((await seeded.call(get, { id })).data.viewer.organization.session).toEqual({
      uuid: id,
      workspace: { slug: 'main' },
    })
    expect(
      (await seeded.call(archive, { input: { id } })).data.archiveSession.session.archivedAt,
    ).not.toBeNull()
    for (const member of [seeded.cat, seeded.ana, seeded.eve]) {
      expect((await member.graphql(archive, { input: { id } })).errors?.[0]?.message).toBe(
        'Session not found',
      )
      expect((await member.graphql(get, { id })).errors?.[0]?.message).toBe('Session not found')
    }
    const half = await seeded.call(archive, { input: { id: randomUUID(), workspace: 'main' } })
    expect(half.errors?.[0]?.extensions.issues).toMatchObject([{ path: ['organization'] }])
  })
})
