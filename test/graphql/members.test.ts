import { expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { ask, type Member, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const list = `query M($organization: String!, $workspace: String!, $search: String! = "", $first: Int, $after: String, $last: Int, $before: String) {
  workspace(organization: $organization, slug: $workspace) {
    members(search: $search, first: $first, after: $after, last: $last, before: $before) {
      edges { node { role user { login email fullName } } } pageInfo { hasNextPage endCursor startCursor hasPreviousPage } } } }`

async function listAs(member: Pick<Member, 'graphql'>, { place }: SeededWorkspace, more: object = {}) {
  const { data, errors } = await member.graphql(list, { ...place, ...more })
  return errors ? errors[0]!.extensions.code : data.workspace.members
}
const names = ({ edges }: any) => edges.map(({ node }: any) => [node.user.fullName, node.role])

test('members come by login with their role, in pages both ways, to whoever reads the workspace', async () => {
  const seeded = await seedWorkspace()
  const all = [
    ['ana', 'ADMIN'],
    ['bob', 'WRITE'],
    ['cat', 'WRITE'],
    ['dan', 'READ'],
  ]
  expect(names(await listAs(seeded.dan, seeded))).toEqual(all)
  const first = await listAs(seeded.dan, seeded, { first: 3 })
  const rest = await listAs(seeded.dan, seeded, { first: 3, after: first.pageInfo.endCursor })
  const back = await listAs(seeded.dan, seeded, { last: 2, before: rest.pageInfo.startCursor })
  expect([names(first), first.pageInfo.hasNextPage]).toEqual([all.slice(0, 3), true])
  expect([names(rest), rest.pageInfo.hasNextPage]).toEqual([all.slice(3), false])
  expect([names(back), back.pageInfo.hasPreviousPage]).toEqual([all.slice(1, 3), true])
  expect(await listAs(seeded.eve, seeded)).toBe('NOT_FOUND')
})

test('a search finds login, name and address by any part, without case, and no character is special', async () => {
  const seeded = await seedWorkspace()
  await seeded.store.user.update({
    where: { id: seeded.bob.userId },
    data: { fullName: 'Jürgen 100%_Groß', email: `Robert@${seeded.organizationId}.example` },
  })
  for (const search of ['JÜRGEN', 'gross', '100%_', ' robert@', seeded.bob.login.toUpperCase()])
    expect((await listAs(seeded.dan, seeded, { search })).edges, search).toHaveLength(1)
  expect((await listAs(seeded.dan, seeded, { search: '1__' })).edges).toEqual([])
  expect(await listAs(seeded.dan, seeded, { search: 'x'.repeat(256) })).toBe('INVALID_INPUT')
  expect(await listAs(seeded.dan, seeded, { after: 'x' })).toBe('INVALID_INPUT')
})

test('a key that may not read is told no members', async () => {
  const seeded = await seedWorkspace()
  const { organizationId, bob } = seeded
  const key = generateSecret()
  await createApiKey(
    seeded.store,
    { organizationId, userId: bob.userId, name: 'x', scopes: ['sessions:write'] },
    key,
  )
  const writer = { graphql: (query: string, variables: any) => ask(seeded.yoga, key, query, variables) }
  expect(await listAs(writer as never, seeded)).toBe('FORBIDDEN')
})
