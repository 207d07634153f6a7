import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { saveSession, seedWorkspace } from '../support/seed.js'

const nodeTypes = schema.getImplementations(schema.getType('Node') as never).objects.map(({ name }) => name)
const globalId = (type: string, key: string) => Buffer.from(`${type}:${key}`).toString('base64')
const query = `query ($id: ID!, $ids: [ID!]!) { node(id: $id) { id } nodes(ids: $ids) { id } }`

describe.each(nodeTypes)('a global id of %s', (type) => {
  test('that names nothing, something of another organization, or nothing that could be, is null', async () => {
    const [{ bob, organizationId }, foreign] = await Promise.all([seedWorkspace(), seedWorkspace()])
    const theirs = {
      Organization: foreign.organizationId,
      User: foreign.bob.userId,
      Project: `${foreign.organizationId}/${foreign.projectId}`,
      Workspace: `${foreign.organizationId}/${foreign.workspaceId}`,
      Session: `${foreign.organizationId}/${await saveSession(foreign, foreign.bob, { visibility: 'WORKSPACE' })}`,
    }
    const keys = [
      randomUUID(),
      `${organizationId}/${randomUUID()}`,
      `${organizationId}/${randomUUID()}/0`,
      theirs[type as keyof typeof theirs] ?? `${foreign.organizationId}/${randomUUID()}`,
      'x',
      `${organizationId}/x`,
      '\u0000',
    ]
    for (const key of keys) {
      const id = globalId(type, key)
      const answer = await bob.graphql(query, { id, ids: [id, id] })

      expect(answer, key).toEqual({ data: { node: null, nodes: [null, null] } })
    }
  })
})

test('a hundred global ids are looked up in one call, and no more', async () => {
  const { bob } = await seedWorkspace()
  const ask = (count: number) =>
    bob.graphql('query ($ids: [ID!]!) { nodes(ids: $ids) { id } }', {
      ids: Array.from({ length: count }, () => globalId('User', bob.userId)),
    })

  expect((await ask(100)).data.nodes).toHaveLength(100)
  expect((await ask(101)).errors).toMatchObject([
    { message: 'ids: Takes up to 100 ids', extensions: { code: 'INVALID_INPUT' } },
  ])
})
