import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { ask, type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const get = `query Get($organization: String!, $workspace: String!, $id: String!) {
  workspace(organization: $organization, slug: $workspace) { session(id: $id) { uuid title } } }`

/** Every act on a session, as a document that takes `$input`. */
const acts = {
  updateSession:
    'mutation A($input: UpdateSessionInput!) { updateSession(input: $input) { session { uuid } } }',
  archiveSession:
    'mutation A($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { uuid } } }',
  unarchiveSession:
    'mutation A($input: UnarchiveSessionInput!) { unarchiveSession(input: $input) { session { uuid } } }',
  freezeSession:
    'mutation A($input: FreezeSessionInput!) { freezeSession(input: $input) { session { uuid } } }',
  appendTranscript:
    'mutation A($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }',
  deleteSession: 'mutation A($input: DeleteSessionInput!) { deleteSession(input: $input) { deletedUuid } }',
}

const extras: Record<string, object> = {
  appendTranscript: { messages: [{ role: 'USER', content: 'x' }] },
  updateSession: { title: 'x' },
}

async function outcome(
  member: Member,
  seeded: SeededWorkspace,
  act: keyof typeof acts,
  id: string,
): Promise<string> {
  const { errors } = await member.graphql(acts[act], { input: { ...seeded.place, id, ...extras[act] } })
  return errors?.[0]?.extensions.code ?? 'done'
}

describe('roles', () => {
  // Contract 1.5: who may do what with a session that they see.
  test.each([
    ['archiveSession', { dan: 'FORBIDDEN', cat: 'done', bob: 'done', ana: 'done' }],
    ['unarchiveSession', { dan: 'FORBIDDEN', cat: 'done', bob: 'done', ana: 'done' }],
    ['updateSession', { dan: 'FORBIDDEN', cat: 'FORBIDDEN', ana: 'FORBIDDEN', bob: 'done' }],
    ['appendTranscript', { dan: 'FORBIDDEN', cat: 'FORBIDDEN', ana: 'FORBIDDEN', bob: 'done' }],
    ['freezeSession', { dan: 'FORBIDDEN', cat: 'FORBIDDEN', bob: 'done', ana: 'done' }],
    ['deleteSession', { dan: 'FORBIDDEN', cat: 'FORBIDDEN', ana: 'done' }],
  ] as const)('%s is for those whom the table names', async (act, table) => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    for (const [name, expected] of Object.entries(table))
      expect([name, await outcome(seeded[name as 'ana'], seeded, act, id)]).toEqual([name, expected])
  })

  test('an owner who has become a reader is treated as a reader', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    await seeded.store.workspaceMember.updateMany({
      where: { userId: seeded.bob.userId },
      data: { role: 'READ' },
    })
    for (const act of Object.keys(acts) as (keyof typeof acts)[])
      expect(await outcome(seeded.bob, seeded, act, id)).toBe('FORBIDDEN')
  })

  test('a reader cannot save', async () => {
    const seeded = await seedWorkspace()
    await expect(saveSession(seeded, seeded.dan)).rejects.toThrow('FORBIDDEN')
  })
})

describe('visibility', () => {
  test('a private session is to everyone but its owner as one that does not exist, for every read and act', async () => {
    const seeded = await seedWorkspace()
    const secret = await saveSession(seeded, seeded.bob, { title: 'secret' })
    const nothing = randomUUID()
    const answers = async (member: Member, id: string) => {
      const read = await member.graphql(get, { ...seeded.place, id })
      const done = []
      for (const act of Object.keys(acts) as (keyof typeof acts)[]) {
        const { errors } = await member.graphql(acts[act], { input: { ...seeded.place, id, ...extras[act] } })
        done.push([errors?.[0]?.message, errors?.[0]?.extensions.code])
      }
      return { message: read.errors?.[0]?.message, data: read.data, done }
    }
    for (const member of [seeded.cat, seeded.ana, seeded.dan])
      expect(await answers(member, secret)).toEqual(await answers(member, nothing))
    expect(
      (await seeded.bob.graphql(get, { ...seeded.place, id: secret })).data.workspace.session.title,
    ).toBe('secret')
  })

  test('its global id reads as nothing to others, and reads again for its owner', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    await seeded.bob.graphql(acts.appendTranscript, {
      input: { ...seeded.place, id, ...extras.appendTranscript },
    })
    const ids = `query Ids($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) { id transcript { edges { node { id } } } } } }`
    const { session } = (await seeded.bob.graphql(ids, { ...seeded.place, id })).data.workspace
    const globalIds = [session.id, session.transcript.edges[0].node.id]
    const again = 'query Nodes($ids: [ID!]!) { nodes(ids: $ids) { __typename id } }'

    expect(
      (await seeded.bob.graphql(again, { ids: globalIds })).data.nodes.map((node: any) => node.id),
    ).toEqual(globalIds)
    for (const member of [seeded.cat, seeded.ana, seeded.eve])
      expect((await member.graphql(again, { ids: globalIds })).data.nodes).toEqual([null, null])
  })

  test('a workspace without a role, an unknown workspace and another organization are the same answer', async () => {
    const seeded = await seedWorkspace()
    const foreign = await seedWorkspace()
    const enter =
      'query E($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) { uuid } }'
    const answers = [
      await seeded.eve.graphql(enter, seeded.place),
      await seeded.bob.graphql(enter, { ...seeded.place, workspace: 'nope' }),
      await seeded.bob.graphql(enter, foreign.place),
      await seeded.bob.graphql(enter, { organization: 'nope', workspace: 'nope' }),
    ]
    for (const { data, errors } of answers)
      expect([data, errors?.[0]?.message, errors?.[0]?.extensions.code]).toEqual([
        { workspace: null },
        'Workspace not found',
        'NOT_FOUND',
      ])
  })

  test('the same uuid in another organization is another session', async () => {
    const [one, two] = [await seedWorkspace(), await seedWorkspace()]
    const id = await saveSession(one, one.bob, { title: 'one' })
    await saveSession(two, two.bob, { id, title: 'two' })
    const titles = await Promise.all(
      [one, two].map(
        async ({ bob, place }) => (await bob.graphql(get, { ...place, id })).data.workspace.session.title,
      ),
    )
    expect(titles).toEqual(['one', 'two'])
  })
})

describe('keys', () => {
  const whoAmI = 'query Who { viewer { scopes } }'

  test('no key, an unknown, a revoked and an expired one are refused before anything is read', async () => {
    const { yoga, store, organizationId, bob } = await seedWorkspace()
    const [revoked, expired] = [generateSecret(), generateSecret()]
    const key = { organizationId, userId: bob.userId, name: 'k' }
    const { id } = await createApiKey(store, key, revoked)
    await store.apiKey.update({ where: { id }, data: { revokedAt: new Date() } })
    await createApiKey(store, { ...key, expiresAt: new Date(Date.now() - 1000) }, expired)

    for (const secret of [null, 'sgw_nonsense', 'x'.repeat(5000), revoked, expired]) {
      const { data, errors } = await ask(yoga, secret, whoAmI)
      expect([data, errors?.[0]?.extensions.code]).toEqual([null, 'UNAUTHENTICATED'])
    }
  })

  test('are stored as hashes only', async () => {
    const { store, bob } = await seedWorkspace()
    const rows = await store.apiKey.findMany({ where: { userId: bob.userId } })
    expect(JSON.stringify(rows)).not.toContain(bob.key)
    expect(rows[0]).toMatchObject({
      prefix: bob.key.slice(0, 12),
      hash: expect.objectContaining({ length: 32 }),
    })
  })

  test('with the read scope alone read and write nothing', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const secret = generateSecret()
    const { organizationId, store, yoga } = seeded
    await createApiKey(
      store,
      { organizationId, userId: seeded.bob.userId, name: 'r', scopes: ['sessions:read'] },
      secret,
    )

    expect((await ask(yoga, secret, get, { ...seeded.place, id })).data.workspace.session.uuid).toBe(id)
    for (const [act, document] of Object.entries(acts)) {
      const { errors } = await ask(yoga, secret, document, { input: { ...seeded.place, id, ...extras[act] } })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    }
  })

  test('with the write scope alone read nothing: no session, no node, no transcript in a mutation’s answer', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const { organizationId, store, yoga, bob } = seeded
    const secret = generateSecret()
    await createApiKey(
      store,
      { organizationId, userId: bob.userId, name: 'w', scopes: ['sessions:write'] },
      secret,
    )
    const globalId = Buffer.from(`Session:${organizationId}/${id}`).toString('base64')
    const everywhere = 'query E($id: String!) { viewer { organization { session(id: $id) { title } } } }'
    const archive = `mutation A($input: ArchiveSessionInput!) {
      archiveSession(input: $input) { session { uuid transcript { edges { node { content } } } } } }`
    const asked = [
      await ask(yoga, secret, get, { ...seeded.place, id }),
      await ask(yoga, secret, everywhere, { id }),
      await ask(yoga, secret, 'query N($id: ID!) { node(id: $id) { id } }', { id: globalId }),
      await ask(yoga, secret, archive, { input: { ...seeded.place, id } }),
    ]

    for (const { errors } of asked) expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
  })

  test('bound to a workspace see no other, and without a user own and see nothing private', async () => {
    const seeded = await seedWorkspace()
    const { organizationId, workspaceId, store, yoga } = seeded
    const shared = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    const secret = await saveSession(seeded, seeded.bob)
    const [service, homeless] = [generateSecret(), generateSecret()]
    await createApiKey(store, { organizationId, userId: null, workspaceId, name: 's' }, service)
    await createApiKey(store, { organizationId, userId: null, name: 'h' }, homeless)

    expect((await ask(yoga, service, get, { ...seeded.place, id: shared })).data.workspace.session.uuid).toBe(
      shared,
    )
    expect((await ask(yoga, service, get, { ...seeded.place, id: secret })).errors?.[0]?.message).toBe(
      'Session not found',
    )
    const other = { ...seeded.place, workspace: 'other', id: shared }
    expect((await ask(yoga, service, get, other)).errors?.[0]?.message).toBe('Workspace not found')
    expect((await ask(yoga, homeless, get, { ...seeded.place, id: shared })).errors?.[0]?.message).toBe(
      'Workspace not found',
    )
  })
})
