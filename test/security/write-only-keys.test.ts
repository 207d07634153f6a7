import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import type { KeyScope } from '../../src/domain/viewer.js'
import { callRest, openTestGateway } from '../support/rest-client.js'
import { ask, type GraphqlAnswer, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let seeded: SeededWorkspace
/** Another's session that bob sees and may archive and pin. */
let others: string
let own: string
let key: string

beforeEach(async () => {
  seeded = await seedWorkspace()
  const { bob, cat, projectId } = seeded
  const said = {
    title: 'Secret title',
    agent: 'secret-agent',
    model: 'secret-model',
    visibility: 'WORKSPACE',
    projectId,
    labels: [{ key: 'secret', values: ['label'] }],
  }
  others = await saveSession(seeded, cat, said)
  own = await saveSession(seeded, bob, said)
  for (const [member, id] of [
    [cat, others],
    [bob, own],
  ] as const) {
    const { errors } = await member.graphql(
      `mutation A($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }`,
      {
        input: {
          ...seeded.place,
          id,
          messages: [
            { id: randomUUID(), role: 'USER', content: 'Secret text' },
            {
              id: randomUUID(),
              role: 'ASSISTANT',
              content: 'Secret answer',
              usage: { inputTokens: 7, costUsd: 3 },
            },
          ],
        },
      },
    )
    if (errors) throw new Error(JSON.stringify(errors))
  }
  key = await keyOf(['sessions:write'])
})

async function keyOf(scopes: KeyScope[]): Promise<string> {
  const secret = generateSecret()
  const { organizationId, bob, workspaceId } = seeded
  await createApiKey(
    seeded.store,
    { organizationId, userId: bob.userId, name: 'scoped', scopes, defaultWorkspaceId: workspaceId } as never,
    secret,
  )
  return secret
}

const isArchived = async (id: string) =>
  (await seeded.store.session.findFirstOrThrow({ where: { id } })).archivedAt !== null

function archive(id: string, selection: string): Promise<GraphqlAnswer> {
  return ask(
    seeded.yoga,
    key,
    `mutation A($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { ${selection} } } }`,
    { input: { ...seeded.place, id } },
  )
}

describe('a key that may write and not read', () => {
  test.each([
    ['title'],
    ['agent'],
    ['model'],
    ['agentId'],
    ['modelId'],
    ['previewText'],
    ['firstUserText'],
    ['lastAssistantText'],
    ['labels { key values }'],
    ['usage { totalInputTokens totalCostUsd }'],
    ['createdBy { email }'],
    ['sharedBy { email }'],
    ['project { name }'],
    ['group { title }'],
    ['capabilities { ref }'],
    ['startedAt'],
    ['currentSystemPrompt'],
    ['annotationScores { name mean }'],
    ['annotations(first: 1) { edges { node { label } } }'],
    ['transcript(first: 1) { edges { node { content } } }'],
    ['trajectory { items }'],
    ['... on Session { ... { title } }'],
  ])('changes nothing of another’s session when it asks for %s', async (selection) => {
    const { errors } = await archive(others, selection)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await isArchived(others)).toBe(false)
  })

  test.each([
    ['transcript(first: 1) { edges { node { content } } }'],
    ['trajectory { items }'],
    ['currentSystemPrompt'],
  ])('changes nothing of its user’s own session either when it asks for %s', async (selection) => {
    const { errors } = await archive(own, selection)
    expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect(await isArchived(own)).toBe(false)
  })

  test('gets ids, state and times of another’s session, and all else of its own', async () => {
    const open = `uuid ownerId projectId visibility origin archivedAt updatedAt viewerCan { archive }`
    const answer = await archive(others, `${open} title @include(if: false)`)
    expect(answer.errors).toBeUndefined()
    expect(answer.data.archiveSession.session).toMatchObject({ uuid: others, archivedAt: expect.any(String) })
    const whole = await archive(
      own,
      `${open} title agent labels { key } usage { totalInputTokens } createdBy { email }`,
    )
    expect(whole.data.archiveSession.session).toMatchObject({
      title: 'Secret title',
      agent: 'secret-agent',
      labels: [{ key: 'secret' }],
      usage: { totalInputTokens: 7 },
      createdBy: { email: expect.any(String) },
    })
  })

  test('changes nothing in bulk when one session is another’s and the selection says more', async () => {
    const bulk = (selection: string, named: object = { ids: [own, others] }) =>
      ask(
        seeded.yoga,
        key,
        `mutation B($input: ArchiveSessionsInput!) { archiveSessions(input: $input) {
          outcomes { uuid result session { uuid ${selection} } } } }`,
        { input: { ...seeded.place, ...named } },
      )
    const sessionIds = [own, others].map((id) =>
      Buffer.from(`Session:${seeded.organizationId}/${id}`).toString('base64'),
    )
    expect((await bulk('title')).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect((await bulk('title', { ids: [], sessionIds })).errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    expect([await isArchived(own), await isArchived(others)]).toEqual([false, false])
    const { data } = await bulk('')
    expect(data.archiveSessions.outcomes.map(({ result }: { result: string }) => result)).toEqual([
      'DONE',
      'DONE',
    ])
  })

  test('reads nothing of another’s session over Dreadnode but ids, state and times', async () => {
    const { rest } = await openTestGateway()
    const { organization, workspace } = seeded.place
    const path = (id: string, act: string) =>
      `/api/v1/org/${organization}/ws/${workspace}/sessions/${id}/${act}`
    const headers = { 'x-api-key': key }
    for (const act of ['pin', 'archive', 'unarchive']) {
      const { status, body, text } = await callRest(rest, path(others, act), { method: 'POST', headers })
      expect(status).toBe(200)
      expect(body).toMatchObject({ id: others, title: null, agent: null, model: null, labels: {} })
      expect(body).toMatchObject({
        preview_text: null,
        project_name: null,
        created_by: null,
        shared_by: null,
        group: null,
      })
      expect(new Set(Object.values(body.usage))).toEqual(new Set([0]))
      expect(body.project_id).toBe(seeded.projectId)
      expect(text).not.toMatch(/secret|example\.com/i)
    }
    const { body } = await callRest(rest, path(own, 'archive'), { method: 'POST', headers })
    expect(body).toMatchObject({
      title: 'Secret title',
      labels: { secret: ['label'] },
      created_by: { id: seeded.bob.userId },
    })
  })

  test('reads nothing of another’s session over Everruns either', async () => {
    const { rest } = await openTestGateway()
    const headers = { authorization: key }
    const path = `/v1/sessions/session_${others.replaceAll('-', '')}`
    const { status, body, text } = await callRest(rest, path, { method: 'PATCH', headers, json: {} })
    expect(status).toBe(200)
    expect(body).toMatchObject({ agent_id: `agent_${'0'.repeat(32)}`, tags: [] })
    for (const member of ['title', 'model_id', 'usage', 'capabilities', 'started_at', 'preview'])
      expect(body).not.toHaveProperty(member)
    expect(text).not.toMatch(/secret/i)
  })
})
