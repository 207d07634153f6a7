import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { seedWorkspace } from '../support/seed.js'

describe('what fails is null by itself', () => {
  test('a dead link leaves what its neighbours found, compiled or not', async () => {
    const seeded = await seedWorkspace({ compileAfterExecutions: 1 })
    const text = `query ($organization: String!, $workspace: String!, $id: String!, $uuid: UUID!) {
      gone: workspace(organization: $organization, slug: "gone") { slug }
      organization(slug: "gone") { slug }
      node(id: "bm90aGluZw==") { id }
      workspace(organization: $organization, slug: $workspace) {
        slug dead: session(id: $id) { uuid } sessionGroup(id: $uuid) { uuid } }
    }`
    const id = randomUUID()
    for (let times = 0; times < 3; times += 1) {
      const { data, errors } = await seeded.bob.graphql(text, { ...seeded.place, id, uuid: id })

      expect(data).toEqual({
        gone: null,
        organization: null,
        node: null,
        workspace: { slug: seeded.place.workspace, dead: null, sessionGroup: null },
      })
      const failed = errors?.map(({ path }) => path?.join('.'))
      expect(failed).toEqual(
        expect.arrayContaining(['gone', 'organization', 'workspace.dead', 'workspace.sessionGroup']),
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
    await store.sessionGroup.create({ data: { ...group, kind: 'workflow' } })
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
    const pins = await store.pin.count({ where: { organizationId } })
    expect(pins).toBe(0)
  })
})
