import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { type Member, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const save = `mutation Save($input: SaveSessionInput!) {
  saveSession(input: $input) {
    outcome
    session { uuid title agent model origin visibility messageCount labels { key values } updatedAt createdAt sharedAt sharedBy { login } createdBy { login } }
  }
}`
const update = `mutation Update($input: UpdateSessionInput!) {
  updateSession(input: $input) { session { title agent model labels { key values } updatedAt visibility sharedAt sharedBy { login } } } }`

async function saveAs(member: Member, { place }: SeededWorkspace, input: Record<string, unknown>) {
  const { data, errors } = await member.graphql(save, { input: { ...place, model: 'm', ...input } })
  return errors ? errors[0]!.extensions : data.saveSession
}

async function updateAs(
  member: Member,
  { place }: SeededWorkspace,
  id: string,
  input: Record<string, unknown>,
) {
  const { data, errors } = await member.graphql(update, { input: { ...place, id, ...input } })
  return errors ? errors[0]!.extensions : data.updateSession.session
}

describe('saveSession', () => {
  test('repeated with the same input changes nothing, updatedAt included', async () => {
    const seeded = await seedWorkspace()
    const input = {
      id: randomUUID(),
      title: 'T',
      agent: 'a',
      labels: [{ key: 'env', values: ['b', 'a', 'b'] }],
    }
    const first = await saveAs(seeded.bob, seeded, input)
    const again = await saveAs(seeded.bob, seeded, { ...input, id: input.id.toUpperCase() })

    expect(first.outcome).toBe('CREATED')
    expect(again).toEqual({ outcome: 'UNCHANGED', session: first.session })
    expect(first.session.labels).toEqual([{ key: 'env', values: ['a', 'b'] }])
  })

  test('refuses the id of the caller’s own session in another workspace, and a project of another one', async () => {
    const seeded = await seedWorkspace()
    const { store, organizationId, bob, projectId, place } = seeded
    const other = await store.workspace.findFirstOrThrow({ where: { organizationId, slug: 'other' } })
    // No cluster gives a row back with its enums, as `create` asks for.
    await store.workspaceMember.createMany({
      data: { organizationId, workspaceId: other.id, userId: bob.userId, role: 'WRITE' },
    })
    const id = randomUUID()
    const { session } = await saveAs(bob, seeded, { id, title: 'here' })
    const elsewhere = { place: { ...place, workspace: 'other' } } as SeededWorkspace
    expect(await saveAs(bob, elsewhere, { id, title: 'there' })).toMatchObject({ code: 'CONFLICT' })
    expect(await saveAs(bob, elsewhere, { id: randomUUID(), projectId })).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['projectId'] }],
    })
    expect(await saveAs(bob, seeded, { id })).toEqual({ outcome: 'UNCHANGED', session })
  })

  test('of a dry run says what it would do, and does nothing', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    expect(await saveAs(seeded.bob, seeded, { id, dryRun: true })).toMatchObject({ outcome: 'CREATED' })
    expect(await saveAs(seeded.bob, seeded, { id })).toMatchObject({ outcome: 'CREATED' })
    const change = { id, title: 'changed' }
    expect(await saveAs(seeded.bob, seeded, { ...change, dryRun: true })).toMatchObject({
      outcome: 'UPDATED',
    })
    expect(await saveAs(seeded.bob, seeded, change)).toMatchObject({ outcome: 'UPDATED' })
  })

  test('updates what is given and leaves the rest, whatever it says about owner, origin and visibility', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    const { session } = await saveAs(seeded.bob, seeded, { id, title: 'T', agent: 'a' })
    const changed = await saveAs(seeded.bob, seeded, {
      id,
      model: 'n',
      title: null,
      origin: 'WORKER',
      visibility: 'WORKSPACE',
    })

    expect(changed.outcome).toBe('UPDATED')
    const { updatedAt: before, ...stored } = session
    const { updatedAt: after, ...now } = changed.session
    expect(now).toEqual({ ...stored, model: 'n' })
    expect(after > before).toBe(true)
  })

  test('many clients saving one new id at once make one session of one owner', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    const answers = await Promise.all(
      Array.from({ length: 16 }, (_, index) =>
        saveAs(index % 2 ? seeded.bob : seeded.cat, seeded, { id, title: 'T' }),
      ),
    )
    const created = answers.filter(({ outcome }) => outcome === 'CREATED')
    expect(created).toHaveLength(1)
    const owner = created[0].session.createdBy.login
    for (const { outcome, session, code } of answers)
      outcome ? expect(session.createdBy.login).toBe(owner) : expect(code).toBe('CONFLICT')
    expect(answers.filter(({ outcome }) => outcome === 'UNCHANGED')).toHaveLength(7)
    expect(await seeded.store.session.count({ where: { organizationId: seeded.organizationId } })).toBe(1)
  })

  test.each([
    [{ id: 'x' }, 'BAD_USER_INPUT'],
    [{ title: 'x'.repeat(256) }, ['title']],
    [{ agent: '\u0000' }, ['agent']],
    [{ model: '\ud800' }, ['model']],
    [{ messageCount: -1 }, 'BAD_USER_INPUT'],
    [{ messageCount: 2 ** 31 }, ['messageCount']],
    [{ origin: 'TRAINING' }, ['origin']],
    [{ origin: 'NOPE' }, 'BAD_USER_INPUT'],
    [{ labels: [{ key: 'Env', values: ['x'] }] }, ['labels', 'Env']],
    [{ labels: [{ key: 'env', values: [''] }] }, ['labels', 'env', 0]],
    [{ labels: [{ key: 'env', values: ['a\nb'] }] }, ['labels', 'env', 0]],
    [{ labels: [{ key: 'capability', values: ['tool'] }] }, ['labels', 'capability', 0]],
    [{ labels: Array.from({ length: 65 }, (_, n) => ({ key: `k${n}`, values: ['v'] })) }, ['labels']],
    [{ labels: [{ key: 'k', values: Array.from({ length: 33 }, (_, n) => `${n}`) }] }, ['labels', 'k']],
    [{ projectId: randomUUID() }, ['projectId']],
    [{ groupId: randomUUID() }, ['groupId']],
  ])('refuses %j, naming the field, and makes nothing', async (input, expected) => {
    const seeded = await seedWorkspace()
    const { code, issues } = await saveAs(seeded.bob, seeded, { id: randomUUID(), ...input })
    expect(typeof expected === 'string' ? code : issues[0].path).toEqual(expected)
    expect(await seeded.store.session.count({ where: { organizationId: seeded.organizationId } })).toBe(0)
    expect(await seeded.store.publicName.count({ where: { organizationId: seeded.organizationId } })).toBe(0)
  })
})

describe('updateSession', () => {
  test('of a frozen session refuses what tells of its run, each alone, and takes the rest', async () => {
    const seeded = await seedWorkspace()
    const { bob, place } = seeded
    const id = randomUUID()
    await saveAs(bob, seeded, { id })
    const freeze = 'mutation F($input: FreezeSessionInput!) { freezeSession(input: $input) { __typename } }'
    await bob.graphql(freeze, { input: { ...place, id } })
    for (const change of [{ agent: 'a' }, { model: 'n' }, { messageCount: 1 }])
      expect(await updateAs(bob, seeded, id, change)).toMatchObject({ code: 'CONFLICT' })
    expect(await updateAs(bob, seeded, id, { title: 'T' })).toMatchObject({ title: 'T', model: 'm' })
  })

  test('replaces labels but the reserved ones, and refuses to change those', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    const labels = [
      { key: 'env', values: ['dev'] },
      { key: 'worker', values: ['nightly'] },
    ]
    await saveAs(seeded.bob, seeded, { id, labels })
    const cleared = await updateAs(seeded.bob, seeded, id, { labels: [] })
    const refused = await updateAs(seeded.bob, seeded, id, { labels: [{ key: 'worker', values: ['other'] }] })

    expect(cleared.labels).toEqual([{ key: 'worker', values: ['nightly'] }])
    expect(refused).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path: ['labels', 'worker'] }] })
  })

  test('applies as a whole or not at all', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    await saveAs(seeded.bob, seeded, { id, title: 'T' })
    await updateAs(seeded.bob, seeded, id, { title: 'U', labels: [{ key: 'worker', values: ['w'] }] })
    await updateAs(seeded.bob, seeded, id, { visibility: 'WORKSPACE' })
    const back = await updateAs(seeded.bob, seeded, id, { title: 'V', visibility: 'PRIVATE' })

    expect(back.code).toBe('FORBIDDEN')
    expect(await updateAs(seeded.bob, seeded, id, {})).toMatchObject({
      title: 'T',
      labels: [],
      visibility: 'WORKSPACE',
      sharedBy: { login: seeded.bob.login },
    })
  })

  test('clears title, agent and model by null, and does nothing for what is there already', async () => {
    const seeded = await seedWorkspace()
    const id = randomUUID()
    await saveAs(seeded.bob, seeded, { id, title: 'T', agent: 'a' })
    const cleared = await updateAs(seeded.bob, seeded, id, { title: null, agent: null, model: null })
    const again = await updateAs(seeded.bob, seeded, id, { title: null, labels: null, messageCount: null })

    expect(cleared).toMatchObject({ title: null, agent: null, model: null })
    expect(again.updatedAt).toBe(cleared.updatedAt)
  })
})
