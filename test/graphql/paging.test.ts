import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type SessionOrder, type SessionSortField, sessionSortKeys } from '../../src/domain/listing/order.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import {
  type Fact,
  factArbitrary,
  insertFacts,
  matches,
  meanScore,
  relevance,
  seedFacts,
} from '../support/session-facts.js'

const list = `query List($organization: String!, $workspace: String!, $first: Int, $after: String, $last: Int, $before: String, $orderBy: SessionOrder, $filter: SessionFilter) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: $first, after: $after, last: $last, before: $before, orderBy: $orderBy, filter: $filter) {
      edges { cursor node { uuid } }
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
    }
  }
}`

interface Page {
  edges: { cursor: string; node: { uuid: string } }[]
  pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean; startCursor: string; endCursor: string }
}

const filter = { archived: 'ANY' as const, includeWorkload: true, search: 'lo' }

/** What each key orders by; milliseconds leave room for the rank of a match before them. */
const keyOf: Record<SessionSortField, (fact: Fact) => string | number | null> = {
  UPDATED_AT: ({ updatedAt }) => updatedAt,
  CREATED_AT: ({ createdAt }) => createdAt,
  LAST_MESSAGE_AT: ({ lastMessageAt }) => lastMessageAt,
  MESSAGE_COUNT: ({ messageCount }) => messageCount,
  TOTAL_TOKENS: ({ tokens }) => tokens,
  TOTAL_COST: ({ costUsd }) => costUsd,
  FAILED_CALL_COUNT: ({ failedCallCount }) => failedCallCount,
  ANNOTATION_SCORE: (fact) => meanScore(fact, 'help'),
  DURATION: ({ durationMs }) => durationMs,
  RELEVANCE: (fact) => relevance(fact, filter)! * 1e14 + Date.parse(fact.updatedAt),
}

const orders: fc.Arbitrary<SessionOrder> = fc.record({
  field: fc.constantFrom(...(Object.keys(sessionSortKeys) as SessionSortField[])),
  direction: fc.constantFrom('ASC' as const, 'DESC' as const),
  annotation: fc.constant('help'),
})

let seeded: SeededWorkspace
let facts: Fact[]

beforeAll(async () => {
  seeded = await seedWorkspace()
  facts = await seedFacts(seeded, 70, 5)
})

async function page(variables: object): Promise<Page> {
  const { data, errors } = await seeded.bob.graphql(list, { ...seeded.place, filter, ...variables })
  if (errors) throw new Error(JSON.stringify(errors))
  return data.workspace.sessions
}

const uuidsOf = ({ edges }: Page) => edges.map(({ node }) => node.uuid)

/** The law: by key, nulls last and ids descending in both directions. */
function inOrder({ field, direction }: SessionOrder): string[] {
  const key = keyOf[field]
  const compare = (a: Fact, b: Fact) => {
    const [left, right] = [key(a), key(b)]
    if (left === right) return a.uuid < b.uuid ? 1 : -1
    if (left === null) return 1
    if (right === null) return -1
    return (left < right ? -1 : 1) * (direction === 'ASC' ? 1 : -1)
  }
  const listed = facts.filter((fact) => matches(fact, filter, seeded.bob.userId))
  return listed.sort(compare).map(({ uuid }) => uuid)
}

describe('pages of sessions', () => {
  test('taken from both ends in any mix cover the list once, in order, on every key', async () => {
    const steps = fc.array(fc.record({ fromEnd: fc.boolean(), length: fc.integer({ min: 0, max: 20 }) }), {
      minLength: 1,
      maxLength: 6,
    })
    await fc.assert(
      fc.asyncProperty(orders, steps, async (orderBy, sequence) => {
        const expected = inOrder(orderBy)
        const front: string[] = []
        const back: string[] = []
        let after: string | null = null
        let before: string | null = null
        // The last step takes what is left.
        for (const { fromEnd, length } of [...sequence, { fromEnd: false, length: 100 }]) {
          const answer: Page = await page({ orderBy, after, before, [fromEnd ? 'last' : 'first']: length })
          const left = expected.length - front.length - back.length
          const taken = uuidsOf(answer)
          expect(taken).toHaveLength(Math.min(length, left))
          expect(answer.pageInfo).toEqual({
            hasNextPage: fromEnd ? before !== null : left > length,
            hasPreviousPage: fromEnd ? left > length : after !== null,
            startCursor: answer.edges.at(0)?.cursor ?? null,
            endCursor: answer.edges.at(-1)?.cursor ?? null,
          })
          if (fromEnd) {
            back.unshift(...taken)
            before = answer.pageInfo.startCursor ?? before
          } else {
            front.push(...taken)
            after = answer.pageInfo.endCursor ?? after
          }
        }
        expect([...front, ...back]).toEqual(expected)
      }),
      { numRuns: 60 },
    )
  })

  test('neither repeat nor skip a session that was there when others are added in between', async () => {
    const owners = [seeded.bob.userId, seeded.cat.userId]
    const added = fc.array(factArbitrary(owners, [seeded.projectId]), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(orders, fc.boolean(), fc.integer({ min: 9, max: 30 }), added, async (...drawn) => {
        const [orderBy, fromEnd, length, more] = drawn
        const expected = inOrder(orderBy)
        const seen: string[] = []
        for (let cursor: string | null = null; ; ) {
          const answer: Page = await page(
            fromEnd ? { orderBy, last: length, before: cursor } : { orderBy, first: length, after: cursor },
          )
          fromEnd ? seen.unshift(...uuidsOf(answer)) : seen.push(...uuidsOf(answer))
          const { hasNextPage, hasPreviousPage, startCursor, endCursor } = answer.pageInfo
          if (!(fromEnd ? hasPreviousPage : hasNextPage)) break
          cursor = fromEnd ? startCursor : endCursor
          const fresh = more.map((fact) => ({ ...fact, uuid: crypto.randomUUID() }))
          await insertFacts(seeded, fresh)
          facts.push(...fresh)
        }
        const there = new Set(expected)
        expect(seen.filter((uuid) => there.has(uuid))).toEqual(expected)
        expect(new Set(seen).size).toBe(seen.length)
      }),
      { numRuns: 15 },
    )
  })

  test('by relevance need a search', async () => {
    const orderBy = { field: 'RELEVANCE', direction: 'DESC' }
    for (const search of [undefined, null, '  ']) {
      const { errors } = await seeded.bob.graphql(list, { ...seeded.place, orderBy, filter: { search } })
      expect(errors?.[0]?.extensions).toMatchObject({
        code: 'INVALID_INPUT',
        issues: [{ path: ['orderBy', 'field'] }],
      })
    }
  })
})
