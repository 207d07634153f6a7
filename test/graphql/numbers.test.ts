import { randomUUID } from 'node:crypto'
import { getNamedType, isObjectType } from 'graphql'
import { beforeAll, describe, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { mutationOf } from '../support/mutation.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let seeded: SeededWorkspace
let interpreted: SeededWorkspace

beforeAll(async () => {
  seeded = await seedWorkspace()
  interpreted = await seedWorkspace({ compileAfterExecutions: Number.POSITIVE_INFINITY })
})

const head = '$organization: String!, $workspace: String!'
const place = 'workspace(organization: $organization, slug: $workspace)'
const notWhole = [1e21, 7.9, '0x10', '7', true, [5], -1, 2 ** 53]

const append =
  'mutation Append($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }'
const list = `query List(${head}, $min: NonNegativeInt) { ${place} { sessions(filter: { tokens: { min: $min } }) { totalCount } } }`

describe('a number that is not a whole one in range', () => {
  test.each(notWhole)('is refused by name and stores nothing: %j, compiled or not', async (value) => {
    for (const { bob, place: at, ...rest } of [seeded, interpreted]) {
      const id = await saveSession({ place: at }, bob)
      const message = { role: 'USER', content: 'x', usage: { inputTokens: value } }
      for (let time = 0; time < 3; time++) {
        const { errors } = await bob.graphql(append, { input: { ...at, id, messages: [message] } })
        expect(errors?.[0]?.message).toMatch(
          /"input\.messages\[0\]\.usage\.inputTokens"; .*NonNegativeInt takes a whole/,
        )
        expect(errors?.[0]?.extensions.code).not.toBe('INTERNAL')
      }
      const stored = await rest.store.message.count({ where: { sessionId: id } })
      expect(stored).toBe(0)
    }
  })

  test.each(notWhole)('is refused by name in a filter, compiled or not: %j', async (min) => {
    for (const { bob, place: at } of [seeded, interpreted]) {
      for (let time = 0; time < 3; time++) {
        const { errors } = await bob.graphql(list, { ...at, min })
        expect(errors?.[0]?.message).toMatch(
          /"\$min" got invalid value .*NonNegativeInt takes a whole number/,
        )
      }
    }
  })

  test.each(['1e21', '7.9', '"0x10"', '"7"', '-1', '9007199254740992', '[5]'])(
    'is refused by name as a literal: %s',
    async (literal) => {
      const query = list.replace('$min }', `${literal} }`).replace(', $min: NonNegativeInt', '')
      for (let time = 0; time < 2; time++) {
        const { errors } = await seeded.bob.graphql(query, seeded.place)
        expect(errors?.[0]?.message).toMatch(/^filter\.tokens\.min: NonNegativeInt takes a whole number/)
        expect(errors?.[0]?.locations).toHaveLength(1)
      }
    },
  )

  test.each([
    ['sessions(first: 7.9) { totalCount }', 'first: Int cannot represent non-integer value: 7.9'],
    [
      'sessions(first: 99999999999) { edges { node { title } } }',
      'first: Int cannot represent non 32-bit signed integer value: 99999999999',
    ],
    ['sessions(filter: { or: [{ costUsd: { min: "1" } }] }) { totalCount }', 'filter.or.costUsd.min: Float'],
    ['sessionPage(page: 0x10) { total }', 'Syntax Error: Invalid number'],
    ['sessionPage(page: 1e3) { total }', 'page: PositiveInt takes a whole number from 1'],
    ['sessions @include(if: 1) { totalCount }', 'if: Boolean cannot represent'],
  ])('is refused by its argument’s name: %s', async (inside, message) => {
    const { errors } = await seeded.bob.graphql(
      `query List(${head}) { ${place} { ${inside} } }`,
      seeded.place,
    )
    expect(errors?.[0]?.message.slice(0, message.length)).toBe(message)
  })

  test('is refused by its variable’s name as a default', async () => {
    const query = `query List(${head}, $page: PositiveInt = 7.9) { ${place} { sessionPage(page: $page) { total } } }`
    const { errors } = await seeded.bob.graphql(query, seeded.place)
    expect(errors?.[0]?.message).toMatch(/^\$page: PositiveInt takes/)
  })

  test('is an infinite cost in a filter, too', async () => {
    const query = `query List(${head}) { ${place} { sessions(filter: { costUsd: { max: 1e400 } }) { totalCount } } }`
    const { errors } = await seeded.bob.graphql(query, seeded.place)
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['filter', 'costUsd', 'max'], message: 'Takes a number' }],
    })
  })

  test('names no message: only its own digits do', async () => {
    const id = await saveSession(seeded, seeded.bob)
    await seeded.bob.graphql(append, {
      input: { ...seeded.place, id, messages: [{ role: 'USER', content: 'x' }] },
    })
    const node = async (seq: string) => {
      const key = Buffer.from(`Message:${seeded.organizationId}/${id}/${seq}`).toString('base64')
      const { data } = await seeded.bob.graphql('query N($id: ID!) { node(id: $id) { id } }', { id: key })
      return data?.node
    }
    expect(await node('0')).not.toBeNull()
    for (const seq of ['', '0x0', '00', '0e5', '-0', '0.0', ' 0']) expect(await node(seq)).toBeNull()
  })
})

/** The arguments of the schema that take a whole number of any size. */
const wholeArguments = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type))
  .flatMap((type) =>
    Object.values(type.getFields()).flatMap(({ name, args }) =>
      args
        .filter((one) => ['NonNegativeInt', 'PositiveInt'].includes(getNamedType(one.type).name))
        .map((one) => ({ field: `${type.name}.${name}`, argument: one.name })),
    ),
  )

test('the greatest whole number is answered or refused as input everywhere, never a fault of the gateway', async () => {
  const { bob, place: at } = seeded
  const id = await saveSession(seeded, bob)
  await bob.graphql(append, { input: { ...at, id, messages: [{ role: 'USER', content: 'x' }] } })
  const huge = String(Number.MAX_SAFE_INTEGER)
  const inWorkspace = (inside: string) => `query Q(${head}) { ${place} { ${inside} } }`
  const queries: Record<string, (args: string) => string> = {
    'Workspace.sessionPage': (args) => inWorkspace(`sessionPage(${args}) { __typename }`),
    'Workspace.sessionGroups': (args) => inWorkspace(`sessionGroups(${args}) { __typename }`),
    'Workspace.sessionTimeline': (args) =>
      inWorkspace(`sessionTimeline(bucket: DAY, ${args}) { __typename }`),
    'Workspace.groupedSessions': (args) => inWorkspace(`groupedSessions(${args}) { __typename }`),
    'Session.trajectory': (args) =>
      inWorkspace(`session(id: "${id}") { trajectory(format: ATIF, ${args}) { pageInfo { hasNextPage } } }`),
    'Session.transcript': (args) =>
      inWorkspace(`session(id: "${id}") { transcript(${args}) { edges { cursor } } }`),
    'Organization.sessionSlice': (args) => `{ viewer { organization { sessionSlice(${args}) { total } } } }`,
  }
  for (const { field, argument } of wholeArguments) {
    const query = queries[field]
    if (query === undefined) throw new Error(`Say how ${field}(${argument}) is asked`)
    const { errors } = await bob.graphql(query(`${argument}: ${huge}`), at)
    for (const { extensions } of errors ?? [])
      expect(`${field}(${argument}) ${extensions.code}`).toMatch(
        / ((INVALID|BAD_USER)_INPUT|OPERATION_TOO_COMPLEX)$/,
      )
  }
  for (const [name, input] of [
    ['rewindTranscript', { fromSeq: Number.MAX_SAFE_INTEGER }],
    ['compactTranscript', { upToSeq: Number.MAX_SAFE_INTEGER, summary: { role: 'USER', content: 's' } }],
    ['updateSession', { messageCount: Number.MAX_SAFE_INTEGER }],
    ['saveSession', { messageCount: Number.MAX_SAFE_INTEGER, model: 'm' }],
  ] as const) {
    const { errors } = await bob.graphql(mutationOf(name), {
      input: { ...at, id: name === 'saveSession' ? randomUUID() : id, ...input },
    })
    expect(errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
  }
  const { data } = await bob.graphql(list, { ...at, min: Number.MAX_SAFE_INTEGER })
  expect(data.workspace.sessions.totalCount).toBe(0)
})
