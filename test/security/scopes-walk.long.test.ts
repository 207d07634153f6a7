import { randomUUID } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isCompositeType,
  isObjectType,
  isRequiredArgument,
} from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type KeyScope, keyScopes } from '../../src/domain/viewer.js'
import { schema } from '../../src/graphql/schema.js'
import { listOperation } from '../support/list-operation.js'
import { mutationOf } from '../support/mutation.js'
import { becomeAdmin, inputs } from '../support/mutation-inputs.js'
import { ask, type GraphqlAnswer } from '../support/seed.js'
import { fullSelection, keyedMutations, listFields, smallSelection, typeOf } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'
import { digestOfStore } from '../support/store-digest.js'

/** What stands in every text of others. */
const SECRET = 'hush-hush'
const mutations = keyedMutations().map((coordinate) => coordinate.slice('Mutation.'.length))
/** The scope that each takes, where it is not `sessions:write`. */
const scopeOf: Record<string, KeyScope> = {
  createOrganization: 'organizations:manage',
  freezeSessionForEvaluation: 'sessions:evaluate',
  setSessionEvaluationRef: 'sessions:evaluate',
}
const without = (scope: KeyScope) => keyScopes.filter((one) => one !== scope)
const blind = without('sessions:read')

let world: StatementWorld
const keys = new Map<string, string>()
const keyOf = (scopes: readonly KeyScope[]) => keys.get(`${scopes}`) as string

/** An admin whose own nothing is. */
beforeAll(async () => {
  world = await seedStatementWorld(2)
  const { store, organizationId, workspaceId } = world
  await store.workspace.updateMany({ where: { organizationId, id: workspaceId }, data: { isDefault: true } })
  const userId = randomUUID()
  await store.user.create({ data: { id: userId, username: userId, email: `${userId}@example.com` } })
  await store.workspaceMember.createMany({ data: { organizationId, workspaceId, userId, role: 'ADMIN' } })
  await becomeAdmin(world)
  for (const scopes of [...keyScopes.map((scope) => [scope]), ...keyScopes.map(without)]) {
    const key = generateSecret()
    const made = { organizationId, userId, name: 'scoped', scopes, defaultWorkspaceId: workspaceId }
    await createApiKey(store, made, key)
    keys.set(`${scopes}`, key)
  }
})

/** What a mutation takes, with a secret in each text that it is about. */
async function secretInput(name: string): Promise<object> {
  const { store, organizationId, workspaceId, bob, cat, savedFilterIds } = world
  if (savedFilterIds.length === 0) savedFilterIds.push(randomUUID())
  await store.savedFilter.createMany({
    data: savedFilterIds.map((id) => ({
      ...{ organizationId, id, workspaceId, ownerId: bob.userId, name: id, filter: {}, shared: true },
    })),
    skipDuplicates: true,
  })
  const input = (await inputs[name]?.(world)) ?? {}
  const where = { organizationId, NOT: { title: SECRET } }
  const texts = { title: SECRET, agent: SECRET, model: SECRET, previewText: SECRET }
  await store.session.updateMany({
    where: { ...where, frozenAt: null },
    data: { ...texts, labels: [`${SECRET}:${SECRET}`], sharedById: cat.userId },
  })
  await store.$executeRaw(sql`update messages set content = ${SECRET}
    where organization_id = ${organizationId}::uuid and content <> ${SECRET}`)
  await store.sessionGroup.updateMany({ where: { organizationId }, data: { title: SECRET } })
  await store.annotation.updateMany({ where: { organizationId }, data: { note: SECRET, label: SECRET } })
  return input
}

const send = (scopes: readonly KeyScope[], name: string, selection: string, input: object) =>
  ask(world.yoga, keyOf(scopes), mutationOf(name, selection), { input })
const codeOf = ({ errors }: GraphqlAnswer) => errors?.[0]?.extensions.code ?? 'done'
const tellsSecret = ({ data, errors }: GraphqlAnswer) =>
  `${JSON.stringify(data ?? null)} ${errors?.map(({ message }) => message).join(' ')}`.includes(SECRET)

describe.each(mutations)('%s', (name) => {
  const payload = typeOf(`Mutation.${name}`)
  const needed = scopeOf[name] ?? 'sessions:write'

  test(`takes ${needed}: keys without it are refused and change nothing`, async () => {
    const input = await secretInput(name)
    const before = await digestOfStore(world.store, world.organizationId)
    for (const scopes of [without(needed), ...without(needed).map((scope) => [scope])])
      for (const selection of [smallSelection(payload), fullSelection(payload)]) {
        const answer = await send(scopes, name, selection, input)
        expect([scopes, codeOf(answer), tellsSecret(answer)]).toEqual([scopes, 'FORBIDDEN', false])
      }
    expect(await digestOfStore(world.store, world.organizationId)).toEqual(before)
  })

  test('tells a key that may not read nothing of what others wrote, and changes nothing where it refuses', async () => {
    for (const selection of [fullSelection(payload), smallSelection(payload)]) {
      const input = await secretInput(name)
      const before = await digestOfStore(world.store, world.organizationId)
      const answer = await send(blind, name, selection, input)
      expect(tellsSecret(answer)).toBe(false)
      if (answer.errors === undefined) continue
      expect(['FORBIDDEN', 'CONFLICT', 'INVALID_INPUT', 'NOT_FOUND']).toContain(codeOf(answer))
      expect(await digestOfStore(world.store, world.organizationId)).toEqual(before)
    }
  })
})

test.each(listFields())('%s tells a key that may not read nothing', async (coordinate) => {
  await secretInput('archiveSession')
  const operation = await listOperation(world, coordinate, fullSelection(typeOf(coordinate)))
  const answer = await ask(world.yoga, keyOf(blind), operation)
  expect(tellsSecret(answer)).toBe(false)
})

const fieldsOf = (type: string) =>
  Object.values((schema.getType(type) as GraphQLObjectType).getFields()) as GraphQLField<unknown, unknown>[]

/** The arguments that a field cannot do without; null where nothing is known to give. */
function argumentsOf(field: GraphQLField<unknown, unknown>): string | null {
  const { organization, workspace } = world.place
  const values: Record<string, string> = {
    ...{ organization, workspace, query: 'ush-h', text: 'ush-h', search: 'ush-h' },
    ...{ project: 'default', key: 'default', id: world.groupId },
    slug: field.name === 'organization' ? organization : workspace,
  }
  const given = field.args.filter(isRequiredArgument).map(({ name }) => {
    if (name === 'act') return 'act: ARCHIVE'
    return values[name] === undefined ? null : `${name}: "${values[name]}"`
  })
  if (given.includes(null)) return null
  return given.length === 0 ? '' : `(${given.join(', ')})`
}

/** Each field that answers of mutations lead to, by the shortest way: the mutation, and what is selected. */
function ways(): { name: string; selection: string }[] {
  const seen = new Set<string>()
  const found: { name: string; selection: string }[] = []
  let next = mutations.map((name) => ({
    ...{ name, type: typeOf(`Mutation.${name}`) },
    around: (inner: string) => inner,
  }))
  while (next.length > 0) {
    const there = next
    next = []
    for (const { name, type, around } of there)
      for (const field of fieldsOf(type)) {
        const coordinate = `${type}.${field.name}`
        const given = argumentsOf(field)
        if (seen.has(coordinate) || given === null) continue
        seen.add(coordinate)
        const named = getNamedType(field.type)
        const head = `${field.name}${given}`
        found.push({
          name,
          selection: `{ ${around(isCompositeType(named) ? `${head} { __typename }` : head)} }`,
        })
        if (isObjectType(named))
          next.push({ name, type: named.name, around: (inner) => around(`${head} { ${inner} }`) })
      }
  }
  return found
}

test('no field that an answer leads to tells a key that may not read what others wrote', {
  timeout: 300_000,
}, async () => {
  const faults: string[] = []
  const prepared = new Map<string, object>()
  let done = 0
  for (const { name, selection } of ways()) {
    const input = prepared.get(name) ?? (await secretInput(name))
    const before = await digestOfStore(world.store, world.organizationId)
    const answer = await send(blind, name, selection, input)
    if (
      codeOf(answer) === 'FORBIDDEN' &&
      !isDeepStrictEqual(await digestOfStore(world.store, world.organizationId), before)
    )
      faults.push(`${name} ${selection} was refused and done`)
    // What is refused changes nothing, so that the next may be asked of the same.
    if (answer.errors === undefined) prepared.delete(name)
    else prepared.set(name, input)
    if (answer.errors === undefined) done++
    if (tellsSecret(answer)) faults.push(`${name} ${selection}: ${JSON.stringify(answer).slice(0, 300)}`)
    if (codeOf(answer) === 'INTERNAL_SERVER_ERROR') faults.push(`${name} ${selection} failed`)
  }
  expect(faults).toEqual([])
  expect(done).toBeGreaterThan(100)
  expect(ways().length).toBeGreaterThan(300)
})
