import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import {
  ask,
  type GraphqlAnswer,
  type Member,
  type SeededWorkspace,
  saveSession,
  seedWorkspace,
} from '../support/seed.js'

const place = '$organization: String!, $workspace: String!'
const inWorkspace = 'workspace(organization: $organization, slug: $workspace)'
const summary = `uuid kind title status projectId project { slug } capability capabilityVersion worker runtimeId
  evaluationId evaluationItemId evaluationItemAttemptId metadata activeSessionCount sessionCount lastMessageAt
  completedAt createdAt updatedAt creatorId`
const create = `mutation Create($input: CreateSessionGroupInput!) { createSessionGroup(input: $input) { group { ${summary} } } }`
const update = `mutation Update($input: UpdateSessionGroupInput!) { updateSessionGroup(input: $input) { group { ${summary} } } }`
const get = `query Get(${place}, $id: UUID!) { ${inWorkspace} { sessionGroup(id: $id) { ${summary} } } }`
const archive =
  'mutation Archive($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { uuid } } }'
const append =
  'mutation Append($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }'

const codeOf = ({ errors }: GraphqlAnswer) => errors?.[0]?.extensions.code ?? 'done'

async function createGroup(
  { place: where, projectId }: SeededWorkspace,
  member: Member,
  input: Record<string, unknown> = {},
) {
  const answer = await member.graphql(create, { input: { ...where, kind: 'WORKFLOW', projectId, ...input } })
  return {
    code: codeOf(answer),
    ...answer.errors?.[0]?.extensions,
    ...answer.data?.createSessionGroup?.group,
  }
}

async function updateGroup(seeded: SeededWorkspace, member: Member, id: string, input: object) {
  const answer = await member.graphql(update, { input: { ...seeded.place, id, ...input } })
  return {
    code: codeOf(answer),
    ...answer.errors?.[0]?.extensions,
    ...answer.data?.updateSessionGroup?.group,
  }
}

async function getGroup(seeded: SeededWorkspace, member: Member, id: string) {
  const { data, errors } = await member.graphql(get, { ...seeded.place, id })
  return errors?.[0]?.message ?? data.workspace.sessionGroup
}

describe('createSessionGroup', () => {
  test('makes a running group of the caller’s with everything that it was given', async () => {
    const seeded = await seedWorkspace()
    const links = ['runtimeId', 'evaluationId', 'evaluationItemId', 'evaluationItemAttemptId']
    const input = {
      kind: 'EVALUATION_ITEM',
      title: 'T',
      worker: 'w',
      capability: 'acme/tool',
      capabilityVersion: '1',
      metadata: { a: [1, null, { b: 'ü' }] },
      ...Object.fromEntries(links.map((name) => [name, randomUUID()])),
    }
    const group = await createGroup(seeded, seeded.bob, input)

    expect(group).toMatchObject({
      ...input,
      code: 'done',
      status: 'RUNNING',
      completedAt: null,
      project: { slug: 'search' },
      creatorId: seeded.bob.userId,
      sessionCount: 0,
      activeSessionCount: 0,
      lastMessageAt: null,
    })
    expect(group.updatedAt).toBe(group.createdAt)
    expect(await getGroup(seeded, seeded.bob, group.uuid.toUpperCase())).toMatchObject(input)
    expect(await createGroup(seeded, seeded.bob)).toMatchObject({ title: null, worker: null, metadata: {} })
  })

  test.each(['COMPLETED', 'FAILED', 'CANCELLED'])('of status %s is complete at once', async (status) => {
    const seeded = await seedWorkspace()
    const group = await createGroup(seeded, seeded.bob, { status })
    expect(group).toMatchObject({ status, completedAt: group.createdAt })
  })

  test('is for writers with a user, and for a project of the workspace', async () => {
    const seeded = await seedWorkspace()
    const { organizationId, workspaceId, store, yoga } = seeded
    const service = generateSecret()
    await createApiKey(store, { organizationId, userId: null, workspaceId, name: 's' }, service)
    const graphql = (query: string, variables?: object) => ask(yoga, service, query, { ...variables })
    const elsewhere = await seedWorkspace()

    expect((await createGroup(seeded, seeded.dan)).code).toBe('FORBIDDEN')
    expect((await createGroup(seeded, { ...seeded.bob, graphql })).code).toBe('FORBIDDEN')
    for (const projectId of [randomUUID(), elsewhere.projectId])
      expect(await createGroup(seeded, seeded.ana, { projectId })).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['projectId'] }],
      })
  })

  test.each([
    ['title', 'x'.repeat(256)],
    ['worker', 'x'.repeat(256)],
    ['capability', '\u0000'],
    ['capabilityVersion', 'x'.repeat(256)],
    ['metadata', { a: 'x'.repeat(65_536) }],
    ['metadata', { '\ud800': 1 }],
  ])('refuses a %s over its limits, naming it, and makes nothing', async (name, value) => {
    const seeded = await seedWorkspace()
    const refused = await createGroup(seeded, seeded.bob, { [name]: value })
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: [name] }] })
    expect(await seeded.store.sessionGroup.count({ where: { organizationId: seeded.organizationId } })).toBe(
      0,
    )
  })
})

describe('updateSessionGroup', () => {
  test('moves between all statuses; completedAt is when it was first done, and null while running', async () => {
    const seeded = await seedWorkspace()
    const { uuid } = await createGroup(seeded, seeded.bob, { title: 'T' })
    const done = await updateGroup(seeded, seeded.bob, uuid, { status: 'COMPLETED' })
    const failed = await updateGroup(seeded, seeded.bob, uuid, { status: 'FAILED' })
    const running = await updateGroup(seeded, seeded.bob, uuid, { status: 'RUNNING', title: null })

    expect(done).toMatchObject({ status: 'COMPLETED', title: 'T', completedAt: expect.any(String) })
    expect(failed).toMatchObject({ status: 'FAILED', completedAt: done.completedAt })
    expect(running).toMatchObject({ status: 'RUNNING', title: null, completedAt: null })
  })

  test('updatedAt moves when something changes, and only then', async () => {
    const seeded = await seedWorkspace()
    const group = await createGroup(seeded, seeded.bob, { title: 'T' })
    for (const input of [{}, { status: null }, { title: 'T' }, { title: 'T', status: 'RUNNING' }])
      expect(await updateGroup(seeded, seeded.bob, group.uuid, input)).toEqual(group)
    const changed = await updateGroup(seeded, seeded.bob, group.uuid, { title: 'U' })
    expect(changed.updatedAt > group.updatedAt).toBe(true)
    await saveSession(seeded, seeded.bob, { groupId: group.uuid })
    expect((await getGroup(seeded, seeded.bob, group.uuid)).updatedAt).toBe(changed.updatedAt)
  })

  test('is for the creator and for admins who see the group, as the table of the contract says', async () => {
    const seeded = await seedWorkspace()
    const { uuid } = await createGroup(seeded, seeded.bob)
    const codes = async (input: object) => {
      const { ana, bob, cat, dan } = seeded
      const codeFor = async (member: Member) => (await updateGroup(seeded, member, uuid, input)).code
      return [await codeFor(ana), await codeFor(bob), await codeFor(cat), await codeFor(dan)]
    }
    expect(await codes({ title: 'a' })).toEqual(['NOT_FOUND', 'done', 'NOT_FOUND', 'FORBIDDEN'])
    await saveSession(seeded, seeded.bob, { groupId: uuid, visibility: 'WORKSPACE' })
    expect(await codes({ title: 'b' })).toEqual(['done', 'done', 'FORBIDDEN', 'FORBIDDEN'])
    expect((await updateGroup(seeded, seeded.bob, uuid, { title: 'x'.repeat(256) })).issues[0].path).toEqual([
      'title',
    ])
  })
})

describe('a group', () => {
  test('that the viewer does not see is as one that does not exist, by uuid and by global id', async () => {
    const seeded = await seedWorkspace()
    const { uuid } = await createGroup(seeded, seeded.bob)
    const session = await saveSession(seeded, seeded.bob, { groupId: uuid })
    const node = 'query Node($id: ID!) { node(id: $id) { id ... on SessionGroup { uuid } } }'
    const id = Buffer.from(`SessionGroup:${seeded.organizationId}/${uuid}`).toString('base64')

    expect(await getGroup(seeded, seeded.bob, uuid)).toMatchObject({ uuid })
    expect((await seeded.bob.graphql(node, { id })).data.node.uuid).toBe(uuid)
    for (const member of [seeded.ana, seeded.cat, seeded.dan]) {
      for (const one of [uuid, randomUUID()])
        expect(await getGroup(seeded, member, one)).toBe('Session group not found')
      expect((await member.graphql(node, { id })).data.node).toBeNull()
    }
    const share =
      'mutation Share($input: ShareSessionInput!) { shareSession(input: $input) { session { uuid } } }'
    await seeded.bob.graphql(share, { input: { ...seeded.place, id: session } })
    expect(await getGroup(seeded, seeded.dan, uuid)).toMatchObject({ uuid, sessionCount: 1 })
    expect((await seeded.eve.graphql(node, { id })).data.node).toBeNull()
  })

  test('counts and shows the sessions that the viewer sees, newest update first', async () => {
    const seeded = await seedWorkspace()
    const { uuid: groupId } = await createGroup(seeded, seeded.bob)
    const shared = { groupId, visibility: 'WORKSPACE' }
    const secret = await saveSession(seeded, seeded.bob, { groupId })
    const first = await saveSession(seeded, seeded.bob, shared)
    const evaluated = await saveSession(seeded, seeded.cat, { ...shared, origin: 'EVAL' })
    const archived = await saveSession(seeded, seeded.cat, shared)
    const last = await saveSession(seeded, seeded.cat, shared)
    await seeded.cat.graphql(archive, { input: { ...seeded.place, id: archived } })
    const messages = [{ role: 'USER', content: 'x' }]
    for (const id of [first, secret])
      await seeded.bob.graphql(append, { input: { ...seeded.place, id, messages } })
    const query = `query Sessions(${place}, $id: UUID!) { ${inWorkspace} { sessionGroup(id: $id) {
      sessionCount activeSessionCount lastMessageAt
      sessions { uuid lastMessageAt } everything: sessions(archived: ANY, includeWorkload: true) { uuid } } } }`
    const ask = async (member: Member) =>
      (await member.graphql(query, { ...seeded.place, id: groupId })).data.workspace.sessionGroup
    const [seen, own] = [await ask(seeded.dan), await ask(seeded.bob)]
    const uuids = (sessions: { uuid: string }[]) => sessions.map(({ uuid }) => uuid)

    expect([seen.sessionCount, seen.activeSessionCount]).toEqual([4, 3])
    expect([own.sessionCount, own.activeSessionCount]).toEqual([5, 4])
    expect(uuids(seen.sessions)).toEqual([first, last])
    expect(uuids(own.sessions)).toEqual([secret, first, last])
    expect(uuids(seen.everything)).toEqual([first, archived, last, evaluated])
    expect(seen.lastMessageAt).toBe(seen.sessions[0].lastMessageAt)
    expect(own.lastMessageAt).toBe(own.sessions[0].lastMessageAt)
  })
})
