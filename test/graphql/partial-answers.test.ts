import { randomUUID } from 'node:crypto'
import { type GraphQLInputType, isEnumType, isInputObjectType, isListType, isNonNullType } from 'graphql'
import { describe, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

const inputs = schema.getMutationType()!.getFields()

/** The least input of a mutation that names nothing that is there. */
function deadInput(type: GraphQLInputType, place: Record<string, string>, name = ''): unknown {
  if (isNonNullType(type)) return deadInput(type.ofType, place, name)
  if (isListType(type)) return [deadInput(type.ofType, place)]
  if (isInputObjectType(type)) {
    const fields = Object.values(type.getFields()).filter(
      (field) => isNonNullType(field.type) || ['organization', 'workspace'].includes(field.name),
    )
    return Object.fromEntries(fields.map((field) => [field.name, deadInput(field.type, place, field.name)]))
  }
  if (isEnumType(type)) return type.getValues()[0]!.name
  const known: Record<string, unknown> = {
    UUID: randomUUID(),
    NonNegativeInt: 1,
    PositiveInt: 1,
    Boolean: true,
  }
  if (type.name in known) return known[type.name]
  return place[name] ?? (type.name === 'String' || type.name === 'ID' ? randomUUID() : {})
}

describe('every mutation that is refused', () => {
  test.each(Object.keys(inputs))('%s is null by itself, between others that are done', async (name) => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const type = inputs[name]!.args[0]!.type
    const gone = { ...seeded.place, workspace: 'gone' }
    const dead = {
      ...(deadInput(type, gone) as object),
      ...(name === 'createSession' && { agentId: 'none' }),
      ...(name === 'beginDeviceLogin' && { program: 'x'.repeat(201) }),
    }
    const text = `mutation ($pin: PinSessionInput!, $dead: ${type}, $unpin: UnpinSessionInput!) {
      before: pinSession(input: $pin) { session { uuid } }
      dead: ${name}(input: $dead) { __typename }
      after: unpinSession(input: $unpin) { session { uuid } } }`
    const input = { ...seeded.place, id }

    const { data, errors } = await seeded.bob.graphql(text, { pin: input, dead, unpin: input })

    expect(errors?.map(({ path }) => path)).toEqual([['dead']])
    expect(data).toEqual({ before: { session: { uuid: id } }, dead: null, after: { session: { uuid: id } } })
  })
})

describe('what fails is null by itself', () => {
  test('a dead link leaves what its neighbours found, compiled or not', async () => {
    const seeded = await seedWorkspace({ compileAfterExecutions: 1 })
    const text = `query ($organization: String!, $workspace: String!, $id: String!, $uuid: UUID!) {
      gone: workspace(organization: $organization, slug: "gone") { slug }
      organization(slug: "gone") { slug }
      node(id: "bm90aGluZw==") { id }
      workspace(organization: $organization, slug: $workspace) {
        slug dead: session(id: $id) { uuid } sessionGroup(id: $uuid) { uuid } project(key: "gone") { slug }
        evaluationSession(evaluationId: $uuid, itemId: $uuid) { uuid }
        evaluationItemSession(evaluation: $id, item: $id) { uuid } }
      viewer { organization { session(id: $id) { uuid } } }
    }`
    const id = randomUUID()
    for (let times = 0; times < 3; times += 1) {
      const { data, errors } = await seeded.bob.graphql(text, { ...seeded.place, id, uuid: id })

      expect(data).toEqual({
        gone: null,
        organization: null,
        node: null,
        workspace: {
          ...{ slug: seeded.place.workspace, dead: null, sessionGroup: null, project: null },
          ...{ evaluationSession: null, evaluationItemSession: null },
        },
        viewer: { organization: { session: null } },
      })
      const failed = errors?.map(({ path }) => path?.join('.'))
      expect(failed).toEqual(
        expect.arrayContaining([
          ...['gone', 'organization', 'workspace.dead', 'workspace.sessionGroup', 'workspace.project'],
          ...[
            'workspace.evaluationSession',
            'workspace.evaluationItemSession',
            'viewer.organization.session',
          ],
        ]),
      )
    }
  })

  test('a mutation that is refused leaves what the others did', async () => {
    const seeded = await seedWorkspace()
    const text = `mutation ($good: SaveSessionInput!, $bad: ArchiveSessionInput!, $pin: PinSessionInput!) {
      saveSession(input: $good) { session { uuid } }
      archiveSession(input: $bad) { session { uuid } }
      pinSession(input: $pin) { session { uuid } }
    }`
    const id = randomUUID()

    const { data, errors } = await seeded.bob.graphql(text, {
      good: { ...seeded.place, id, model: 'm' },
      bad: { ...seeded.place, id: randomUUID() },
      pin: { ...seeded.place, id },
    })

    expect(data).toEqual({
      saveSession: { session: { uuid: id } },
      archiveSession: null,
      pinSession: { session: { uuid: id } },
    })
    expect(errors).toMatchObject([{ path: ['archiveSession'], extensions: { code: 'NOT_FOUND' } }])
  })

  test('a limit on the size of an answer leaves the done mutations whose answers are whole', async () => {
    const seeded = await seedWorkspace()
    const { store, organizationId, workspaceId, projectId, bob } = seeded
    const group = { organizationId, id: randomUUID(), workspaceId, projectId, creatorId: bob.userId }
    await store.sessionGroup.createMany({ data: { ...group, kind: 'workflow' } })
    const ids = Array.from({ length: 40 }, () => randomUUID())
    const session = { organizationId, workspaceId, ownerId: bob.userId, groupId: group.id }
    await store.session.createMany({ data: ids.map((id) => ({ ...session, id })) })
    const input = { ...seeded.place, id: ids[0] }
    const text = `mutation ($pin: PinSessionInput!, $unpin: UnpinSessionInput!) {
      first: pinSession(input: $pin) { session { uuid } }
      large: pinSession(input: $pin) { session { group {
        sessions { group { sessions { group { sessions { uuid } } } } } } } }
      last: unpinSession(input: $unpin) { session { uuid labels { key } } }
    }`

    const { data, errors } = await bob.graphql(text, { pin: input, unpin: input })

    expect(data).toMatchObject({ first: { session: { uuid: ids[0] } }, large: null })
    expect(errors?.[0]).toMatchObject({ path: ['large'], extensions: { code: 'INVALID_INPUT' } })
    expect(errors?.[0]?.message).toMatch(/^It was done, but is not shown\. The lists of one answer/)
    const pins = await store.pin.count({ where: { organizationId } })
    expect(pins).toBe(0)
  })
})
