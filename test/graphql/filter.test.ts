import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { type Fact, type Filter, filterArbitrary, matches, seedFacts } from '../support/session-facts.js'

const list = `query List($organization: String!, $workspace: String!, $filter: SessionFilter, $orderBy: SessionOrder) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 100, filter: $filter, orderBy: $orderBy) { totalCount edges { node { uuid } } }
  }
}`

let seeded: SeededWorkspace
let facts: Fact[]

beforeAll(async () => {
  seeded = await seedWorkspace()
  facts = await seedFacts(seeded, 80, 11)
})

const ask = (filter: object, orderBy?: object) =>
  seeded.bob.graphql(list, { ...seeded.place, filter, orderBy })

/** A condition inside this many others. */
const nest = (levels: number): object => (levels === 0 ? { mine: true } : { not: nest(levels - 1) })

describe('the filter of sessions', () => {
  test('gives the list and totalCount of the reference evaluator, for any viewer and nested condition', async () => {
    const viewers = fc.constantFrom('ana' as const, 'bob' as const, 'cat' as const)
    // A list that comes again is prepared with the values of its filter.
    const times = fc.constantFrom(1, 1, 4)
    await fc.assert(
      fc.asyncProperty(filterArbitrary(seeded), viewers, times, async (filter: Filter, name, times) => {
        const viewer = seeded[name]
        const expected = facts.filter((fact) => matches(fact, filter, viewer.userId))
        for (let time = 0; time < times; time++) {
          const { data, errors } = await viewer.graphql(list, { ...seeded.place, filter })
          expect(errors).toBeUndefined()
          const { edges, totalCount } = data.workspace.sessions
          expect(edges.map((edge: any) => edge.node.uuid).sort()).toEqual(
            expected.map(({ uuid }) => uuid).sort(),
          )
          expect(totalCount).toBe(expected.length)
        }
      }),
      { numRuns: 150 },
    )
  })

  test('keeps sessions without a value under a negated condition on it', async () => {
    const { data } = await ask({ archived: 'ANY', includeWorkload: true, not: { agents: ['coder'] } })
    const expected = facts.filter(
      ({ agent, ownerId, visibility }) =>
        agent !== 'coder' && (visibility === 'WORKSPACE' || ownerId === seeded.bob.userId),
    )

    expect(expected.some(({ agent }) => agent === null)).toBe(true)
    expect(data.workspace.sessions.totalCount).toBe(expected.length)
  })

  test('takes five levels, 50 conditions, 5,000 values and 100 words, and refuses more, and what cannot be stored, naming the member', async () => {
    const conditions = (count: number) => ({ or: Array.from({ length: count }, () => ({ mine: true })) })
    const values = (count: number) => ({ and: [{ models: Array.from({ length: count }, () => 'm') }] })
    const words = (count: number) => ({ titleWords: Array.from({ length: count }, () => 'e') })
    for (const filter of [nest(5), conditions(50), values(5000), words(100)])
      expect((await ask(filter)).errors).toBeUndefined()

    for (const [filter, path] of [
      [nest(6), ['filter', 'not', 'not', 'not', 'not', 'not', 'not']],
      [conditions(51), ['filter']],
      [values(5001), ['filter']],
      [words(101), ['filter', 'titleWords']],
      [{ not: { agents: ['x'.repeat(256)] } }, ['filter', 'not', 'agents', 0]],
      [{ activeBetween: { from: '0000-01-01T00:00:00Z' } }, ['filter', 'activeBetween', 'from']],
      [{ or: [{ labels: [{ key: 'k', values: ['\0'] }] }] }, ['filter', 'or', 0, 'labels', 0, 'values', 0]],
    ] as const) {
      const { errors } = await ask(filter)
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
    }
  })

  test('answers a condition nested a thousand times with a refusal', async () => {
    const { data, errors } = await ask(nest(1000))

    expect(data?.workspace ?? null).toBeNull()
    expect(errors).toHaveLength(1)
  })
})
