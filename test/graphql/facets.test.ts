import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compareCodePoints } from '../../src/domain/text.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

/** A session as the reference evaluator sees it. */
interface Fact {
  uuid: string
  owner: 'bob' | 'cat'
  visibility: 'PRIVATE' | 'WORKSPACE'
  agent: string | null
  model: string
  origin: 'USER' | 'EVAL' | 'WORKER'
  title: string | null
  labels: { key: string; values: string[] }[]
  archived: boolean
}

interface Filter {
  owners?: string[]
  agents?: string[]
  models?: string[]
  origins?: string[]
  labels?: { key: string; values: string[] }[]
  archived?: 'ACTIVE' | 'ARCHIVED' | 'ANY'
  includeWorkload?: boolean
  search?: string
}

const agents = ['coder', 'Coder', 'recon_1', 'ünïcode', null]
const models = ['m-large', 'm-small', '']
const titles = ['Fix login', '100%_done', 'back\\slash', null]
const labelValues = ['prod', 'dev', 'a:b']

const question = `query Question($organization: String!, $workspace: String!, $filter: SessionFilter, $mode: FacetMode!, $all: Int = 1000) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 100, filter: $filter) { totalCount edges { node { uuid } } }
    sessionFacets(filter: $filter, mode: $mode) {
      agents(first: $all) { edges { node { value } count } } models(first: $all) { edges { node { value } count } }
      origins { value count } users(first: $all) { edges { node { login } count } }
      labels(first: $all) { key edges { node { value } count } }
    }
  }
}`

let seeded: SeededWorkspace
const facts: Fact[] = []

beforeAll(async () => {
  seeded = await seedWorkspace()
  const shapes = fc.record({
    owner: fc.constantFrom('bob' as const, 'cat' as const),
    visibility: fc.constantFrom('PRIVATE' as const, 'WORKSPACE' as const),
    agent: fc.constantFrom(...agents),
    model: fc.constantFrom(...models),
    origin: fc.constantFrom('USER' as const, 'EVAL' as const, 'WORKER' as const),
    title: fc.constantFrom(...titles),
    labels: fc
      .subarray(['env', 'team'])
      .chain((keys) =>
        fc.tuple(
          ...keys.map((key) =>
            fc.record({ key: fc.constant(key), values: fc.subarray(labelValues, { minLength: 1 }) }),
          ),
        ),
      ),
    archived: fc.boolean(),
  })
  for (const fact of fc.sample(shapes, { numRuns: 60, seed: 7 })) {
    const { owner, archived, ...input } = fact
    const uuid = await saveSession(seeded, seeded[owner], input)
    if (archived) {
      const act =
        'mutation A($input: ArchiveSessionInput!) { archiveSession(input: $input) { session { uuid } } }'
      await seeded[owner].graphql(act, { input: { ...seeded.place, id: uuid } })
    }
    facts.push({ ...fact, uuid })
  }
})

/** What the filter means, in ten lines. */
function matches(fact: Fact, filter: Filter, viewer: string): boolean {
  const { archived = 'ACTIVE', search = '', labels = [] } = filter
  const texts = [fact.title, fact.agent, fact.model, ...fact.labels.flatMap(({ values }) => values)]
  const oneOf = (values: string[] | undefined, value: string | null) => !values || values.includes(value!)
  return (
    (fact.visibility === 'WORKSPACE' || fact.owner === viewer) &&
    (archived === 'ANY' || fact.archived === (archived === 'ARCHIVED')) &&
    (filter.includeWorkload === true || fact.origin !== 'EVAL') &&
    oneOf(filter.owners, seeded[fact.owner].userId) &&
    oneOf(filter.agents, fact.agent) &&
    oneOf(filter.models, fact.model) &&
    oneOf(filter.origins, fact.origin) &&
    labels.every(({ key, values }) =>
      fact.labels.some((has) => has.key === key && has.values.some((value) => values.includes(value))),
    ) &&
    (search.trim() === '' || texts.some((text) => text?.toLowerCase().includes(search.trim().toLowerCase())))
  )
}

function tally(values: (string | null)[]): { value: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const value of values) if (value) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .sort((a, b) => b.count - a.count || compareCodePoints(a.value, b.value))
}

const values = ({ edges }: any) => edges.map(({ node, count }: any) => ({ value: node.value, count }))

const filters: fc.Arbitrary<Filter> = fc.record(
  {
    owners: fc.subarray(['bob', 'cat'] as const).map((names) => names.map((name) => seeded[name].userId)),
    agents: fc.subarray(agents.filter((agent) => agent !== null)),
    models: fc.subarray(models),
    origins: fc.subarray(['USER', 'EVAL', 'WORKER']),
    labels: fc.array(fc.record({ key: fc.constantFrom('env', 'team'), values: fc.subarray(labelValues) }), {
      maxLength: 2,
    }),
    archived: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'ANY' as const),
    includeWorkload: fc.boolean(),
    search: fc.constantFrom('', '  ', 'LOGIN', '%', '_', '\\', 'Ü', 'prod', ':', 'env', ' a:B '),
  },
  { requiredKeys: [] },
)

const own = {
  agents: 'agents',
  models: 'models',
  origins: 'origins',
  users: 'owners',
  labels: 'labels',
} as const

describe('facets, the list and totalCount', () => {
  test('agree with the reference evaluator for any viewer, filter and mode', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom('ana' as const, 'bob' as const, 'cat' as const, 'dan' as const),
        fc.constantFrom('ALL_FILTERS' as const, 'OWN_FILTER_EXCLUDED' as const),
        async (filter, name, mode) => {
          const viewer: Member = seeded[name]
          const { data, errors } = await viewer.graphql(question, { ...seeded.place, filter, mode })
          expect(errors).toBeUndefined()
          const { sessions, sessionFacets: facets } = data.workspace
          const under = (dimension: keyof typeof own) => {
            const effective = mode === 'ALL_FILTERS' ? filter : { ...filter, [own[dimension]]: undefined }
            return facts.filter((fact) => matches(fact, effective, name))
          }
          const expected = facts.filter((fact) => matches(fact, filter, name)).map(({ uuid }) => uuid)

          expect(sessions.edges.map((edge: any) => edge.node.uuid).sort()).toEqual(expected.sort())
          expect(sessions.totalCount).toBe(expected.length)
          expect(values(facets.agents)).toEqual(tally(under('agents').map(({ agent }) => agent)))
          expect(values(facets.models)).toEqual(tally(under('models').map(({ model }) => model)))
          expect(facets.origins).toEqual(tally(under('origins').map(({ origin }) => origin)))
          expect(facets.users.edges.map((one: any) => ({ value: one.node.login, count: one.count }))).toEqual(
            tally(under('users').map(({ owner }) => seeded[owner].login)),
          )
          expect(facets.labels.map((one: any) => ({ key: one.key, values: values(one) }))).toEqual(
            ['env', 'team']
              .map((key) => ({
                key,
                values: tally(
                  under('labels').flatMap(({ labels }) =>
                    labels.filter((one) => one.key === key).flatMap(({ values }) => values),
                  ),
                ),
              }))
              .filter(({ values }) => values.length > 0),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a search over 200 characters is refused, naming the member', async () => {
    const { errors } = await seeded.bob.graphql(question, {
      ...seeded.place,
      filter: { search: 'x'.repeat(201) },
      mode: 'ALL_FILTERS',
    })
    expect(errors?.[0]?.extensions).toMatchObject({
      code: 'INVALID_INPUT',
      issues: [{ path: ['filter', 'search'] }],
    })
  })
})
