import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import type { KeyScope } from '../../src/domain/viewer.js'
import {
  ask,
  type GraphqlAnswer,
  type Member,
  type SeededWorkspace,
  saveSession,
  seedWorkspace,
} from '../support/seed.js'

const fields =
  'uuid origin updatedAt frozenAt frozenBy evaluationRef { evaluationId itemId attemptId } createdAt'
const setRef = `mutation Set($input: SetSessionEvaluationRefInput!) {
  setSessionEvaluationRef(input: $input) { session { ${fields} } } }`
const freeze = `mutation Freeze($input: FreezeSessionForEvaluationInput!) {
  freezeSessionForEvaluation(input: $input) { session { ${fields} } } }`
const freezeOpenly = `mutation Freeze($input: FreezeSessionForEvaluationInput!) {
  freezeSessionForEvaluation(input: $input) { session { uuid updatedAt frozenAt frozenBy createdAt } } }`
const freezeByPerson =
  'mutation Freeze($input: FreezeSessionInput!) { freezeSession(input: $input) { session { frozenBy } } }'
const remove = 'mutation Delete($input: DeleteSessionInput!) { deleteSession(input: $input) { deletedUuid } }'
const removeMany =
  'mutation Delete($input: DeleteSessionsInput!) { deleteSessions(input: $input) { outcomes { uuid } } }'
const find = `query Find($organization: String!, $workspace: String!, $evaluationId: UUID!, $itemId: UUID!) {
  workspace(organization: $organization, slug: $workspace) {
    evaluationSession(evaluationId: $evaluationId, itemId: $itemId) { uuid evaluationRef { attemptId } } } }`

const evaluator: KeyScope[] = ['sessions:read', 'sessions:write', 'sessions:evaluate']

/** The same user with a key of these scopes; without a user, a service key of the workspace. */
async function withScopes(seeded: SeededWorkspace, user: Member | null, scopes: KeyScope[]): Promise<Member> {
  const key = generateSecret()
  const { organizationId, workspaceId, store, yoga } = seeded
  const userId = user?.userId ?? null
  const bound = user === null ? { workspaceId } : {}
  await createApiKey(store, { organizationId, userId, ...bound, name: 'e', scopes }, key)
  const graphql = (query: string, variables?: Record<string, unknown>) => ask(yoga, key, query, variables)
  return { userId: userId ?? '', login: user?.login ?? 'service', key, graphql }
}

async function seedEvaluation() {
  const seeded = await seedWorkspace()
  const bob = await withScopes(seeded, seeded.bob, evaluator)
  const id = await saveSession(seeded, bob, { origin: 'EVAL', visibility: 'WORKSPACE' })
  const ref = { evaluationId: randomUUID(), itemId: randomUUID(), attemptId: randomUUID() }
  const set = (member: Member, input: Record<string, unknown>) =>
    member.graphql(setRef, { input: { ...seeded.place, id, ...input } })
  const freezeAs = (member: Member, session = id) =>
    member.graphql(freeze, { input: { ...seeded.place, id: session } })
  return { seeded, bob, id, ref, set, freezeAs }
}

const codeOf = ({ errors }: GraphqlAnswer) => errors?.[0]?.extensions.code ?? 'done'
const sessionOf = ({ data, errors }: GraphqlAnswer) => {
  expect(errors).toBeUndefined()
  return (Object.values(data)[0] as { session: any }).session
}

describe('setSessionEvaluationRef', () => {
  test('sets, replaces and clears the reference; updatedAt moves only when it changes', async () => {
    const { bob, ref, set } = await seedEvaluation()
    const first = sessionOf(await set(bob, { ref }))
    const upperCase = Object.fromEntries(Object.entries(ref).map(([name, id]) => [name, id.toUpperCase()]))
    const again = sessionOf(await set(bob, { ref: upperCase }))
    const replaced = sessionOf(await set(bob, { ref: { evaluationId: ref.evaluationId } }))
    const cleared = sessionOf(await set(bob, { ref: null }))
    const twice = sessionOf(await set(bob, { ref: null }))

    expect(first.evaluationRef).toEqual(ref)
    expect(again).toEqual(first)
    expect(replaced.evaluationRef).toEqual({ ...ref, itemId: null, attemptId: null })
    expect(replaced.updatedAt > first.updatedAt).toBe(true)
    expect(cleared.evaluationRef).toBeNull()
    expect(cleared.updatedAt > replaced.updatedAt).toBe(true)
    expect(twice).toEqual(cleared)
  })

  test('is for the owner with a key of scope sessions:evaluate, and for nobody else', async () => {
    const { seeded, bob, ref, set } = await seedEvaluation()
    const others = [seeded.cat, seeded.ana, seeded.dan, null]
    expect(codeOf(await set(seeded.bob, { ref }))).toBe('FORBIDDEN')
    for (const user of others)
      expect(codeOf(await set(await withScopes(seeded, user, evaluator), { ref }))).toBe('FORBIDDEN')
    expect(codeOf(await set(await withScopes(seeded, seeded.bob, ['sessions:evaluate']), { ref }))).toBe(
      'done',
    )
    expect(codeOf(await set(bob, { ref: null }))).toBe('done')
  })

  test('refuses sessions of another origin and those that the viewer does not see', async () => {
    const { seeded, bob, ref, set } = await seedEvaluation()
    for (const origin of ['USER', 'WORKER'])
      expect(codeOf(await set(bob, { ref, id: await saveSession(seeded, bob, { origin }) }))).toBe('CONFLICT')
    const secret = await saveSession(seeded, seeded.cat, { origin: 'EVAL' })
    for (const id of [secret, randomUUID()])
      expect((await set(bob, { ref, id })).errors?.[0]).toMatchObject({
        message: 'Session not found',
        extensions: { code: 'NOT_FOUND' },
      })
  })

  test('does not take a forgotten reference for a cleared one', async () => {
    const { bob, ref, set } = await seedEvaluation()
    await set(bob, { ref })
    expect((await set(bob, {})).errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['ref'] }],
    })
    expect(sessionOf(await set(bob, { ref })).evaluationRef).toEqual(ref)
  })

  test('keeps a session from being deleted, one by one and in bulk, until it is cleared', async () => {
    const { seeded, bob, id, ref, set } = await seedEvaluation()
    const input = { ...seeded.place, id }
    await set(bob, { ref })
    expect(codeOf(await seeded.bob.graphql(remove, { input }))).toBe('CONFLICT')
    expect(codeOf(await seeded.bob.graphql(removeMany, { input: { ...seeded.place, ids: [id] } }))).toBe(
      'done',
    )
    expect(sessionOf(await set(bob, { ref: null })).uuid).toBe(id)
    expect(codeOf(await seeded.bob.graphql(remove, { input }))).toBe('done')
  })
})

describe('freezeSessionForEvaluation', () => {
  test('freezes any visible session; a key without a user may do it, and without sessions:read asks what is open', async () => {
    const { seeded, freezeAs } = await seedEvaluation()
    const service = await withScopes(seeded, null, ['sessions:evaluate'])
    const id = await saveSession(seeded, seeded.cat, { visibility: 'WORKSPACE' })
    const input = { ...seeded.place, id }
    expect(codeOf(await freezeAs(service, id))).toBe('FORBIDDEN')
    expect(await seeded.store.session.findFirst({ where: { id } })).toMatchObject({ frozenAt: null })
    const frozen = sessionOf(await service.graphql(freezeOpenly, { input }))

    expect(frozen).toMatchObject({ uuid: id, frozenBy: 'EVALUATION', frozenAt: expect.any(String) })
    expect(frozen.updatedAt > frozen.createdAt).toBe(true)
    for (const hidden of [await saveSession(seeded, seeded.cat), randomUUID()])
      expect((await freezeAs(service, hidden)).errors?.[0]?.message).toBe('Session not found')
  })

  test('the first freeze wins, whoever made it, and a repeat changes nothing', async () => {
    const { seeded, bob, id, freezeAs } = await seedEvaluation()
    const byPerson = await saveSession(seeded, bob)
    await bob.graphql(freezeByPerson, { input: { ...seeded.place, id: byPerson } })
    expect(sessionOf(await freezeAs(bob, byPerson)).frozenBy).toBe('USER')

    const first = sessionOf(await freezeAs(bob))
    const again = await bob.graphql(freezeByPerson, { input: { ...seeded.place, id } })
    expect(again.data.freezeSession.session.frozenBy).toBe('EVALUATION')
    expect(sessionOf(await freezeAs(bob))).toEqual(first)
  })

  test('needs the scope sessions:evaluate and the role WRITE', async () => {
    const { seeded, freezeAs } = await seedEvaluation()
    const service = await withScopes(seeded, null, ['sessions:read', 'sessions:write'])
    const reader = await withScopes(seeded, seeded.dan, evaluator)
    for (const member of [seeded.bob, seeded.ana, service, reader])
      expect(codeOf(await freezeAs(member))).toBe('FORBIDDEN')
  })

  test('a frozen session still takes a reference, so that an evaluation may freeze first', async () => {
    const { bob, ref, set, freezeAs } = await seedEvaluation()
    const frozen = sessionOf(await freezeAs(bob))
    const referred = sessionOf(await set(bob, { ref }))
    expect(referred).toMatchObject({ evaluationRef: ref, frozenAt: frozen.frozenAt })
  })
})

describe('Workspace.evaluationSession', () => {
  test('finds the newest visible session of an item, archived ones included', async () => {
    const { seeded, bob, id, ref, set } = await seedEvaluation()
    const cat = await withScopes(seeded, seeded.cat, evaluator)
    const newest = await saveSession(seeded, cat, { origin: 'EVAL' })
    await set(bob, { ref })
    await set(cat, { id: newest, ref })
    await seeded.store.$executeRaw(sql`update sessions set archived_at = now(),
      created_at = now() - interval '1 hour' where id = ${id}::uuid`)
    const found = async (member: Member) =>
      (await member.graphql(find, { ...seeded.place, ...ref })).data.workspace.evaluationSession

    expect(await found(seeded.cat)).toEqual({ uuid: newest, evaluationRef: { attemptId: ref.attemptId } })
    for (const member of [seeded.bob, seeded.dan, seeded.ana]) expect((await found(member)).uuid).toBe(id)
  })

  test('answers an item without a session and one with an invisible session alike', async () => {
    const { seeded, bob, ref, set } = await seedEvaluation()
    const secret = await saveSession(seeded, bob, { origin: 'EVAL' })
    await set(bob, { id: secret, ref })
    const unknown = { evaluationId: ref.evaluationId, itemId: randomUUID() }
    for (const question of [ref, unknown])
      expect((await seeded.cat.graphql(find, { ...seeded.place, ...question })).errors?.[0]).toMatchObject({
        message: 'Session not found',
        extensions: { code: 'NOT_FOUND' },
      })
  })
})
