import { randomUUID } from 'node:crypto'
import type { HostileBody } from './hostile-bodies.js'

const filtered = `query F($f: SessionFilter) {
  workspace(organization: "acme", slug: "red") { sessions(filter: $f) { totalCount } } }`

const faulty = (name: string, path: string, makeValue: () => unknown): HostileBody => ({
  name,
  path,
  contentType: 'application/json',
  make: () => Buffer.from(JSON.stringify(makeValue())),
})
const filter = (name: string, makeFilter: () => unknown) =>
  faulty(`GraphQL: a filter with ${name}`, '/graphql', () => ({
    query: filtered,
    variables: { f: makeFilter() },
  }))
const repeat = <Value>(count: number, value: Value): Value[] => Array(count).fill(value)
const unknown = (count: number) => Object.fromEntries(repeat(count, 1).map((one, at) => [`k${at}`, one]))
const agent = { agent_id: `agent_${'0'.repeat(32)}` }

/** Bodies within every limit of their bytes and values, of which most values are wrong; `place` as for hostile ones. */
export function faultyBodies(place: string): HostileBody[] {
  const dreadnode = (name: string, path: string, makeValue: () => unknown) =>
    faulty(`Dreadnode: ${name}`, `/api/v1/${place}/sessions${path}`, makeValue)
  const messages = (count: number, message: object) => () => ({ messages: repeat(count, message) })
  return [
    filter('ninety thousand unknown members', () => unknown(90_000)),
    filter('a text of megabytes beside unknown members', () => ({
      search: 'x'.repeat(15_000_000),
      ...unknown(60),
    })),
    filter('ninety thousand values of no enum', () => ({ origins: repeat(90_000, 'NOPE') })),
    filter('texts of megabytes for values of an enum', () => ({ origins: repeat(30, 'x'.repeat(500_000)) })),
    filter('a text of megabytes for a value of an enum', () => ({ origins: ['x'.repeat(15_000_000)] })),
    filter('a text of megabytes for a time', () => ({ createdBetween: { from: 'x'.repeat(15_000_000) } })),
    dreadnode(
      'a hundred thousand faulty calls',
      '/ffff/transcript',
      messages(500, { role: 'user', tool_calls: repeat(390, 1) }),
    ),
    dreadnode(
      'calls that lack members',
      '/ffff/transcript',
      messages(500, { role: 'x', id: 'q', content: 5, tool_calls: repeat(100, { id: 1 }) }),
    ),
    dreadnode('a group whose metadata cannot be stored', '/groups', () => ({
      kind: 'workflow',
      project_id: randomUUID(),
      metadata: { a: repeat(60_000, '\0') },
    })),
    {
      name: 'OTLP: millions of empty messages',
      path: '/v1/traces',
      contentType: 'application/x-protobuf',
      make: () => Buffer.alloc(16_000_000, Buffer.from([0x0a, 0x00])),
    },
    {
      name: 'OTLP: millions of fields that nobody knows',
      path: '/v1/traces',
      contentType: 'application/x-protobuf',
      make: () => Buffer.alloc(16_000_000, Buffer.from([0x78, 0x00])),
    },
    faulty('Everruns: empty tags', '/v1/sessions', () => ({ ...agent, tags: repeat(190_000, '') })),
    faulty('Everruns: tags of many keys', '/v1/sessions', () => ({
      ...agent,
      tags: repeat(90_000, '').map((_, at) => `k${at}:v`),
    })),
    faulty('Everruns: capabilities that are none', '/v1/sessions', () => ({
      ...agent,
      capabilities: repeat(180_000, 1),
    })),
  ]
}
