import type { GraphQLObjectType } from 'graphql'
import { expect, it } from 'vitest'
import { schema } from '../schema.js'
import { findPlainReads, withPlainReads } from './plain-reads.js'

const reads = findPlainReads(schema)
const fieldOf = (type: string, name: string) =>
  (schema.getType(type) as GraphQLObjectType).getFields()[name] as never

it.each([
  ['Session', 'uuid', 'id'],
  ['User', 'login', 'username'],
  ['WorkspaceSessionsConnectionEdge', 'node', 'node'],
])('%s.%s is read in place', (type, name, property) => {
  expect(reads.get(fieldOf(type, name))).toBe(property)
})

it.each([
  ['makes a value of its own', 'Session', 'id'],
  ['asks who calls', 'Session', 'pinnedAt'],
  ['counts what it gives', 'Session', 'labels'],
  ['hides from keys that may not read', 'SaveSessionPayload', 'session'],
  ['may be there later', 'WorkspaceSessionsConnection', 'totalCount'],
])('a field that %s is called (%s.%s)', (_why, type, name) => {
  expect(fieldOf(type, name)).toBeDefined()
  expect(reads.has(fieldOf(type, name))).toBe(false)
})

it('the schema is as it was after a document that cannot be compiled', () => {
  const own = [...reads.keys()].map((field) => ({ ...field }))
  expect(() =>
    withPlainReads(schema, () => {
      expect(fieldOf('Session', 'uuid')).toMatchObject({ name: 'id', resolve: undefined })
      throw new Error('no')
    }),
  ).toThrow('no')
  expect([...reads.keys()].map((field) => ({ ...field }))).toEqual(own)
})
