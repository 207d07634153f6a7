import { isObjectType } from 'graphql'
import { beforeAll, expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'

/** Every list that is paged by cursors, by its coordinate; streams have positions, which are another thing. */
const lists = Object.values(schema.getTypeMap()).flatMap((type) =>
  isObjectType(type) && type !== schema.getSubscriptionType()
    ? Object.values(type.getFields())
        .filter(({ args }) => args.some(({ name }) => name === 'after'))
        .map((field) => ({
          parent: type.name,
          field: field.name,
          sides: field.args.map(({ name }) => name).filter((name) => name === 'after' || name === 'before'),
          isPlain: !/Connection/.test(String(field.type)),
          isMany: /^\[/.test(String(field.type)),
        }))
    : [],
)
type List = (typeof lists)[number]

const inWorkspace = (inner: string) => `workspace(organization: $organization, slug: $workspace) { ${inner} }`
const around: Record<string, (inner: string) => string> = {
  Query: (inner) => inner,
  Organization: (inner) => `organization(slug: $organization) { ${inner} }`,
  Workspace: inWorkspace,
  Session: (inner) => inWorkspace(`session(id: $id) { ${inner} }`),
  SessionFacets: (inner) => inWorkspace(`sessionFacets { ${inner} }`),
}
const further: Record<string, string> = { searchMessages: 'query: "text"', trajectory: 'format: ATIF' }

interface World extends StatementWorld {
  session: string
}

async function openWorld(): Promise<World> {
  const world = await seedStatementWorld(6)
  const [session = ''] = await world.createSessions(6)
  const { store, organizationId, workspaceId, bob } = world
  for (let index = 0; index < 3; index++)
    await world.bob.graphql(
      `mutation ($organization: String!, $workspace: String!, $id: String!, $name: String!) {
        createAnnotation(input: { organization: $organization, workspace: $workspace, id: $id, name: $name, source: HUMAN, label: "l" }) { annotation { name } } }`,
      { ...world.place, id: session, name: `n${index}` },
    )
  await store.session.updateMany({
    where: { organizationId, workspaceId, ownerId: bob.userId },
    data: { toolNames: ['t1', 't2', 't3'], answeringModels: ['a1', 'a2'] },
  })
  return { ...world, session }
}

let [world, other]: [World, World] = [] as never
beforeAll(async () => {
  ;[world, other] = [await openWorld(), await openWorld()]
})

async function ask(
  of: World,
  { parent, field, isPlain }: List,
  side: string,
  cursors: readonly (string | null)[],
) {
  const declared = cursors.map((_, index) => `$c${index}: String`).join(', ')
  const rest = further[field] === undefined ? '' : `, ${further[field]}`
  const selected = cursors.map(
    (_, index) =>
      `r${index}: ${field}(first: 3, ${side}: $c${index}${rest}) { ${isPlain ? 'hasNextPage endCursor' : 'edges { cursor }'} }`,
  )
  // Not as many at once as an operation may name.
  const text = around[parent]?.(selected.join('\n')) ?? ''
  const named = ['organization', 'workspace', 'id'].filter((name) => text.includes(`$${name}`))
  const { data, errors } = await of.ana.graphql(
    `query (${[...named.map((name) => `$${name}: String!`), declared].join(', ')}) { ${text} }`,
    {
      ...of.place,
      id: of.session,
      ...Object.fromEntries(cursors.map((cursor, index) => [`c${index}`, cursor])),
    },
  )
  return { data, errors: errors ?? [] }
}

/** The cursors in an answer. */
const cursorsIn = (value: unknown): string[] =>
  [...JSON.stringify(value ?? null).matchAll(/"(?:cursor|endCursor)":"([^"]+)"/g)].map(
    ([, cursor]) => cursor ?? '',
  )

const uuid = '0198c0de-0000-7abc-8def-0123456789ab'
const odd: unknown[] = [
  ...[null, true, -1, 1.5, 2 ** 53 + 2, 1e308, -8.64e15, 8.64e15, '', 'x', '\u0000', '\ud800', '%', "'"],
  ...[
    uuid,
    uuid.toUpperCase(),
    `${uuid}0`,
    '2026-01-01T00:00:00.000Z',
    '+275761-01-01T00:00:00Z',
    {},
    [],
    [[]],
  ],
  ...['x'.repeat(100_000), 'UPDATED_AT', 'NaN', '-0', '1e3', '0x10'],
]
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** Cursors that no list gave: of no values, of odd ones, and one with each of its values changed. */
function forge(real: string | undefined): string[] {
  const values: unknown[] = real === undefined ? [] : JSON.parse(Buffer.from(real, 'base64url').toString())
  return [
    ...['', ' ', '!', 'ff', '\u0000', 'W10', 'e30', 'bnVsbA', 'IiI', `${'W'.repeat(3)}`, 'a'.repeat(200_000)],
    Buffer.from('['.repeat(5000) + ']'.repeat(5000)).toString('base64url'),
    ...odd.flatMap((one) => [
      encode(one),
      encode([one]),
      encode([one, uuid]),
      encode(['UPDATED_AT', one, uuid]),
    ]),
    ...values.flatMap((_, at) =>
      odd.map((one) => encode(values.map((value, index) => (index === at ? one : value)))),
    ),
    ...values.map((_, at) => encode(values.slice(0, at))),
    encode([...values, 1]),
  ]
}

test('each list that is paged by cursors can be asked here', async () => {
  expect(lists.length).toBeGreaterThan(18)
  expect(lists.map(({ parent }) => parent).filter((parent) => !(parent in around))).toEqual([])
})

test.each(lists.map((list) => [`${list.parent}.${list.field}`, list] as const))(
  'cursors that it never gave are refused by %s, or bound it, and show nothing of others',
  async (_name, list) => {
    const own = cursorsIn((await ask(world, list, 'after', [null])).data)
    const foreign: string[] = []
    for (const one of lists)
      for (const of of [world, other]) foreign.push(...cursorsIn((await ask(of, one, 'after', [null])).data))
    const cursors = [...new Set([...forge(own[0]), ...foreign])]
    // A page that a cursor bounds has rows of the list alone.
    const all = new Set(own)
    for (let after = own.at(-1); after !== undefined && !list.isMany; ) {
      const next = cursorsIn((await ask(world, list, 'after', [after])).data)
      const isMore = next.some((cursor) => !all.has(cursor))
      for (const cursor of next) all.add(cursor)
      after = isMore ? next.at(-1) : undefined
    }
    for (const side of list.sides)
      for (let from = 0; from < cursors.length; from += 8) {
        const some = cursors.slice(from, from + 8)
        const answers = await Promise.all(some.map((cursor) => ask(world, list, side, [cursor])))
        for (const [index, { data, errors }] of answers.entries()) {
          const codes = errors.map(({ extensions }) => extensions.code)
          const what = [side, some[index]?.slice(0, 200)]
          expect([what, codes.filter((code) => code !== 'INVALID_INPUT' && code !== 'FORBIDDEN')]).toEqual([
            what,
            [],
          ])
          if (list.isMany) continue
          expect([what, cursorsIn(data).filter((cursor) => !all.has(cursor))]).toEqual([what, []])
        }
      }
  },
)
