import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

interface Row {
  uuid: string
  updatedAt: string
  createdAt: string
  lastMessageAt: string | null
  messageCount: number
}

const sortKeys = {
  UPDATED_AT: (row: Row) => row.updatedAt,
  CREATED_AT: (row: Row) => row.createdAt,
  LAST_MESSAGE_AT: (row: Row) => row.lastMessageAt,
  MESSAGE_COUNT: (row: Row) => row.messageCount,
}

const list = `query List($organization: String!, $workspace: String!, $first: Int, $after: String, $last: Int, $before: String, $orderBy: SessionOrder) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy) {
      totalCount
      edges { cursor node { uuid updatedAt createdAt lastMessageAt messageCount } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`

let seeded: SeededWorkspace
let rows: Row[]

beforeAll(async () => {
  seeded = await seedWorkspace()
  const ids: string[] = []
  for (let index = 0; index < 23; index++)
    ids.push(await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' }))
  // Few distinct values, so that every order has many ties and nulls.
  const times = ids.map((id) => {
    const digit = (place: number, count: number) => id.charCodeAt(place) % count
    const after = (milliseconds: number) => new Date(Date.UTC(2026, 0, 1) + milliseconds)
    return {
      ...{ id, updated: after(digit(0, 4) * 3_600_000), created: after(digit(1, 3)) },
      ...{ said: digit(2, 2) === 0 ? null : after(digit(3, 3) * 86_400_000), count: digit(4, 3) },
    }
  })
  await seeded.store.$executeRaw(sql`
    update sessions s set updated_at = t.updated, created_at = t.created, last_message_at = t.said,
      sent_message_count = t.count
    from jsonb_to_recordset(${JSON.stringify(times)}::jsonb)
      as t(id uuid, updated timestamptz, created timestamptz, said timestamptz, count int)
    where s.organization_id = ${seeded.organizationId}::uuid and s.id = t.id`)
  const answer = await page(seeded.dan, { first: 100 })
  rows = answer.edges.map((edge: { node: Row }) => edge.node)
  expect(rows).toHaveLength(23)
})

async function page(member: Member, variables: Record<string, unknown>) {
  const answer = await member.graphql(list, { ...seeded.place, ...variables })
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data.workspace.sessions
}

/** The law: nulls last, ids descending, in both directions. */
function inOrder(field: keyof typeof sortKeys, direction: 'ASC' | 'DESC'): string[] {
  const key = sortKeys[field]
  const compare = (a: Row, b: Row) => {
    const [left, right] = [key(a), key(b)]
    if (left === right) return a.uuid < b.uuid ? 1 : -1
    if (left === null) return 1
    if (right === null) return -1
    return (left < right ? -1 : 1) * (direction === 'ASC' ? 1 : -1)
  }
  return rows.toSorted(compare).map(({ uuid }) => uuid)
}

const orders = fc.record({
  field: fc.constantFrom(...(Object.keys(sortKeys) as (keyof typeof sortKeys)[])),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
})

describe('the sessions connection', () => {
  test('agrees with the numbered pages', async () => {
    await fc.assert(
      fc.asyncProperty(orders, fc.integer({ min: 1, max: 9 }), async (orderBy, limit) => {
        const uuids: string[] = []
        for (let number = 1; ; number++) {
          const answer = await seeded.dan.graphql(
            `query Numbered($organization: String!, $workspace: String!, $page: PositiveInt!, $limit: PositiveInt!, $orderBy: SessionOrder) {
              workspace(organization: $organization, slug: $workspace) {
                sessionPage(page: $page, limit: $limit, orderBy: $orderBy) { total totalPages hasNextPage nodes { uuid } } } }`,
            { ...seeded.place, page: number, limit, orderBy },
          )
          const { nodes, hasNextPage, total, totalPages } = answer.data.workspace.sessionPage
          uuids.push(...nodes.map((node: Row) => node.uuid))
          expect([total, totalPages]).toEqual([23, Math.ceil(23 / limit)])
          if (!hasNextPage) break
        }
        expect(uuids).toEqual(inOrder(orderBy.field, orderBy.direction))
      }),
      { numRuns: 10 },
    )
  })

  test('refuses a length over 100, a negative one, both directions, and a foreign cursor, naming the argument', async () => {
    const refusals = [
      [{ first: 101 }, 'first'],
      [{ first: -1 }, 'first'],
      [{ last: 101 }, 'last'],
      [{ first: 1, last: 1 }, 'last'],
      [{ first: 1, before: 'x' }, 'before'],
      [{ after: 'nonsense' }, 'after'],
      [{ after: Buffer.from('["UPDATED_AT","2026-13-45",1]').toString('base64url') }, 'after'],
      [
        {
          after: Buffer.from(`["UPDATED_AT","0000-01-01T00:00:00.000Z","${randomUUID()}"]`).toString(
            'base64url',
          ),
        },
        'after',
      ],
      [
        {
          after: Buffer.from(`["UPDATED_AT","2026-02-30T00:00:00.000Z","${randomUUID()}"]`).toString(
            'base64url',
          ),
        },
        'after',
      ],
      [{ after: Buffer.from(`["MESSAGE_COUNT",1,"${randomUUID()}"]`).toString('base64url') }, 'after'],
      [{ after: Buffer.from(`["UPDATED_AT",null,"${randomUUID()}"]`).toString('base64url') }, 'after'],
    ] as const
    for (const [variables, path] of refusals) {
      const { data, errors } = await seeded.dan.graphql(list, { ...seeded.place, ...variables })
      expect({
        data,
        code: errors?.[0]?.extensions.code,
        path: errors?.[0]?.extensions.issues?.[0].path,
      }).toEqual({
        data: { workspace: null },
        code: 'INVALID_INPUT',
        path: [path],
      })
    }
  })
})

describe('Workspace.session', () => {
  const get = (member: Member, id: string) =>
    member.graphql(
      `query Get($organization: String!, $workspace: String!, $id: String!) {
        workspace(organization: $organization, slug: $workspace) { session(id: $id) { id uuid } } }`,
      { ...seeded.place, id },
    )

  test('finds by uuid, in any case and without hyphens, by unique prefix and by global id', async () => {
    const uuid = rows[0]!.uuid
    const [{ data }] = await Promise.all([get(seeded.dan, uuid)])
    for (const id of [
      uuid.toUpperCase(),
      uuid.replaceAll('-', ''),
      uuid.slice(0, 13),
      data.workspace.session.id,
    ])
      expect((await get(seeded.dan, id)).data.workspace.session.uuid).toBe(uuid)
  })

  test('refuses an ambiguous prefix with the number of matches and no id', async () => {
    const twins = ['abcd1111-0000-4000-8000-000000000001', 'abcd1111-0000-4000-8000-000000000002']
    for (const id of twins) await saveSession(seeded, seeded.bob, { id, visibility: 'PRIVATE' })

    const { errors } = await get(seeded.bob, 'ABCD-1111')

    expect(errors?.[0]).toMatchObject({
      message: 'Session id prefix is ambiguous: 2 sessions match',
      extensions: { code: 'CONFLICT' },
    })
  })

  test.each([
    '',
    '123',
    'zzzz',
    'g'.repeat(32),
    randomUUID(),
    `${randomUUID()}0`,
    '%',
    "'; drop table sessions",
  ])('answers %j as a session that does not exist', async (id) => {
    const { errors } = await get(seeded.dan, id)
    expect(errors?.[0]).toMatchObject({ message: 'Session not found', extensions: { code: 'NOT_FOUND' } })
  })
})
