import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { compareCodePoints } from '../../src/rules/text.js'
import { openColumns } from '../support/columns.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import {
  annotationNames,
  type Fact,
  type Filter,
  filterArbitrary,
  matches,
  seedFacts,
} from '../support/session-facts.js'

const question = `query Question($organization: String!, $workspace: String!, $filter: SessionFilter, $mode: FacetMode!,
  $first: Int!, $prefix: String, $search: String) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 100, filter: $filter) { totalCount edges { node { uuid } } }
    sessionFacets(filter: $filter, mode: $mode) {
      agents(first: $first, prefix: $prefix, search: $search) { ...Values }
      models(first: $first, prefix: $prefix, search: $search) { ...Values }
      users(first: $first, prefix: $prefix, search: $search) { ...Users }
      projects(first: $first, prefix: $prefix, search: $search) { ...Projects }
      labels(first: $first, prefix: $prefix, search: $search) { ...Labels }
      origins { value count } visibility { value count } archived { value count } frozen { value count }
      annotationNames(first: $first, prefix: $prefix, search: $search) { ...Values }
      annotationLabels(first: $first, prefix: $prefix, search: $search) { ...Annotations }
      annotationSources { value count }
    }
  }
}`

const more = `query More($organization: String!, $workspace: String!, $filter: SessionFilter, $mode: FacetMode!, $size: Int!,
  $prefix: String, $search: String, $agents: String!, $models: String!, $users: String!, $env: String!, $help: String) {
  workspace(organization: $organization, slug: $workspace) {
    sessionFacets(filter: $filter, mode: $mode) {
      projects(first: 0) { ...Projects }
      agentsAfter: agents(first: $size, after: $agents, prefix: $prefix, search: $search) { ...Values }
      agentsBefore: agents(last: $size, before: $agents, prefix: $prefix, search: $search) { ...Values }
      modelsAfter: models(first: $size, after: $models, prefix: $prefix, search: $search) { ...Values }
      modelsBefore: models(last: $size, before: $models, prefix: $prefix, search: $search) { ...Values }
      usersAfter: users(first: $size, after: $users, prefix: $prefix, search: $search) { ...Users }
      usersBefore: users(last: $size, before: $users, prefix: $prefix, search: $search) { ...Users }
      envAfter: labels(first: $size, after: $env, prefix: $prefix, search: $search, keys: ["env"]) { ...Labels }
      helpAfter: annotationLabels(first: $size, after: $help, prefix: $prefix, search: $search, names: ["help"]) { ...Annotations }
      helpBefore: annotationLabels(last: $size, before: $help, prefix: $prefix, search: $search, names: ["help"]) { ...Annotations }
      envBefore: labels(last: $size, before: $env, prefix: $prefix, search: $search, keys: ["env"]) { ...Labels }
    }
  }
}`

const fragments = `
fragment Values on FacetValueConnection { edges { cursor node { value } count } pageInfo { ...Ends } totalCount remainingCount }
fragment Users on UserFacetConnection { edges { cursor node { login } count } pageInfo { ...Ends } totalCount remainingCount }
fragment Projects on ProjectFacetConnection { edges { cursor node { slug } count } pageInfo { ...Ends } totalCount remainingCount }
fragment Labels on LabelFacetConnection { key edges { cursor node { value } count } pageInfo { ...Ends } totalCount remainingCount }
fragment Annotations on AnnotationFacetConnection { name edges { cursor node { value } count } pageInfo { ...Ends } totalCount remainingCount }
fragment Ends on PageInfo { hasNextPage hasPreviousPage }`

let seeded: SeededWorkspace
let facts: Fact[]

type Value = string | boolean | null

/** The values of a session in each dimension, and the members of the filter that are its own. */
const dimensions: Record<string, { own: readonly (keyof Filter)[]; values: (fact: Fact) => Value[] }> = {
  agents: { own: ['agents', 'agentIds'], values: ({ agent }) => [agent] },
  models: { own: ['models'], values: ({ model }) => [model || null] },
  users: { own: ['owners', 'mine'], values: ({ ownerId }) => [nameOf(ownerId).login] },
  projects: { own: ['projects'], values: ({ projectId }) => [projectId && 'search'] },
  origins: { own: ['origins'], values: ({ origin }) => [origin] },
  visibility: { own: ['visibility', 'shared'], values: ({ visibility }) => [visibility] },
  archived: { own: ['archived'], values: ({ archived }) => [archived ? 'ARCHIVED' : 'ACTIVE'] },
  frozen: { own: ['frozen'], values: ({ frozen }) => [frozen] },
  annotationNames: {
    own: ['annotations', 'annotated'],
    values: ({ annotations }) => different(annotations.map(({ name }) => name)),
  },
  annotationSources: {
    own: ['annotations', 'annotated'],
    values: ({ annotations }) => different(annotations.map(({ source }) => source)),
  },
  ...Object.fromEntries(
    annotationNames.map((name) => [
      name,
      {
        own: ['annotations'] as const,
        values: ({ annotations }: Fact) =>
          different(annotations.map((one) => (one.name === name ? one.label || null : null))),
      },
    ]),
  ),
  env: { own: ['labels'], values: (fact) => labelsOf(fact, 'env') },
  team: { own: ['labels'], values: (fact) => labelsOf(fact, 'team') },
}

const different = (values: Value[]) => [...new Set(values)]
const labelsOf = ({ labels }: Fact, key: string) => labels.find((label) => label.key === key)?.values ?? []
const nameOf = (id: string) => (id === seeded.bob.userId ? seeded.bob : seeded.cat)

/** Each value with its number of sessions, in order: the reference evaluator of facets. */
function tally(dimension: string, filter: Filter, mode: string, viewerId: string, prefix = '', search = '') {
  const { own, values } = dimensions[dimension]!
  const others = filter.labels?.filter(({ key }) => key !== dimension)
  const otherLabels = filter.annotations?.filter(({ name, labels }) => name !== dimension || !labels)
  const without = (name: keyof Filter) =>
    name === 'labels'
      ? others
      : name === 'annotations' && annotationNames.includes(dimension)
        ? otherLabels
        : undefined
  const ignored = mode === 'ALL_FILTERS' ? {} : Object.fromEntries(own.map((name) => [name, without(name)]))
  const effective: Filter = { ...filter, ...ignored }
  if ('archived' in ignored) effective.archived = 'ANY'
  const counts = new Map<Value, number>()
  for (const fact of facts.filter((one) => matches(one, effective, viewerId)))
    for (const value of values(fact)) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts]
    .map(([value, count]) => ({ value, count }))
    .filter(({ value }) => String(value).toLowerCase().startsWith(prefix.toLowerCase()))
    .filter(({ value }) => String(value).toLowerCase().includes(search.toLowerCase()))
    .sort((a, b) => b.count - a.count || compareCodePoints(String(a.value), String(b.value)))
}

/** A page as the reference evaluator has it: the values of a stretch of all of them. */
function pageOf(all: ReturnType<typeof tally>, start: number, stop: number) {
  const [from, to] = [Math.max(start, 0), Math.min(stop, all.length)]
  return {
    edges: all.slice(from, to),
    pageInfo: { hasNextPage: to < all.length, hasPreviousPage: from > 0 },
    totalCount: all.length,
    remainingCount: all.length - to,
  }
}

const isKeyed = (list: string) => ['env', 'help'].includes(list)

const read = ({ edges, pageInfo, totalCount, remainingCount }: any) => ({
  edges: edges.map(({ node, count }: any) => ({ value: node.value ?? node.login ?? node.slug, count })),
  pageInfo,
  totalCount,
  remainingCount,
})

const viewers = fc.constantFrom('ana' as const, 'bob' as const, 'cat' as const, 'dan' as const)
const modes = fc.constantFrom('ALL_FILTERS', 'OWN_FILTER_EXCLUDED')
const prefixes = fc.constantFrom('', 'c', 'C', 'M-', 'b', 'BOB', 'Ü', 'S', 'pro', 'a:', '%', '_', 'zz')
const searches = fc.constantFrom('', '', 'o', 'R', '-', 'ü', 'ob-', '%', 'zz')
const sizes = fc.integer({ min: 0, max: 4 })

async function ask(name: 'ana' | 'bob' | 'cat' | 'dan', query: string, variables: Record<string, unknown>) {
  const { data, errors } = await seeded[name].graphql(query + fragments, { ...seeded.place, ...variables })
  expect(errors).toBeUndefined()
  return data.workspace
}

const ways = { columns: openColumns, 'the database': async () => null }

describe.each(Object.entries(ways))('counted in %s', (_, open) => {
  beforeAll(async () => {
    const columns = await open()
    seeded = await seedWorkspace({ columns })
    facts = await seedFacts(seeded, 80, 11)
    await columns?.ready(seeded)
  })

  test('every facet, the list and totalCount agree with the reference evaluator for any viewer, filter, mode, prefix, search and size', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constant(0).chain(() => filterArbitrary(seeded)),
        viewers,
        modes,
        prefixes,
        searches,
        sizes,
        async (filter, name, mode, prefix, search, first) => {
          const { sessions, sessionFacets: facets } = await ask(name, question, {
            filter,
            mode,
            prefix,
            search,
            first,
          })
          const { userId } = seeded[name]
          const expected = facts.filter((fact) => matches(fact, filter, userId)).map(({ uuid }) => uuid)
          expect(sessions.edges.map((edge: any) => edge.node.uuid).sort()).toEqual(expected.sort())
          expect(sessions.totalCount).toBe(expected.length)

          for (const dimension of ['agents', 'models', 'users', 'projects', 'annotationNames'])
            expect(read(facets[dimension]), dimension).toEqual(
              pageOf(tally(dimension, filter, mode, userId, prefix, search), 0, first),
            )
          for (const dimension of ['origins', 'visibility', 'archived', 'frozen', 'annotationSources'])
            expect(facets[dimension], dimension).toEqual(tally(dimension, filter, mode, userId))
          const labels = ['env', 'team']
            .map((key) => ({ key, all: tally(key, filter, mode, userId, prefix, search) }))
            .filter(({ all }) => all.length > 0)
          const judged = [...annotationNames]
            .sort(compareCodePoints)
            .map((name) => ({ name, all: tally(name, filter, mode, userId, prefix, search) }))
            .filter(({ all }) => all.length > 0)
          expect(facets.annotationLabels.map((list: any) => ({ name: list.name, ...read(list) }))).toEqual(
            judged.map(({ name, all }) => ({ name, ...pageOf(all, 0, first) })),
          )
          expect(facets.labels.map((list: any) => ({ key: list.key, ...read(list) }))).toEqual(
            labels.map(({ key, all }) => ({ key, ...pageOf(all, 0, first) })),
          )
        },
      ),
      { numRuns: 60 },
    )
  })

  test('a cursor gives the values right after it, and right before it, in every paged dimension', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({ includeWorkload: fc.boolean(), archived: fc.constantFrom('ANY', 'ACTIVE') }),
        viewers,
        modes,
        fc.constantFrom('', 'c', 'M', 'p', '-'),
        fc.constantFrom('', '', 'O', '-'),
        sizes,
        fc.nat(),
        async (chosen, name, mode, prefix, search, size, at) => {
          const filter = chosen as Filter
          const lists = ['agents', 'models', 'users', 'env', ...(prefix + search === '' ? ['help'] : [])]
          const all = lists.map((list) => tally(list, filter, mode, seeded[name].userId, prefix, search))
          fc.pre(all.every((values) => values.length > 0))
          const { sessionFacets } = await ask(name, question, { filter, mode, prefix, search, first: 1000 })
          const places = all.map((values) => at % values.length)
          const cursors = lists.map((list, index) => {
            const keyed = list === 'env' ? sessionFacets.labels : sessionFacets.annotationLabels
            const { edges } = isKeyed(list)
              ? keyed.find(({ key, name }: any) => [key, name].includes(list))
              : sessionFacets[list]
            return [list, edges[places[index]!].cursor]
          })

          const variables = { help: null, filter, mode, prefix, search, size, ...Object.fromEntries(cursors) }
          const { sessionFacets: pages } = await ask(name, more, variables)

          for (const [index, list] of lists.entries()) {
            const [after, before] = [pages[`${list}After`], pages[`${list}Before`]]
            const place = places[index]!
            expect(read(isKeyed(list) ? after[0] : after)).toEqual(
              pageOf(all[index]!, place + 1, place + 1 + size),
            )
            expect(read(isKeyed(list) ? before[0] : before)).toEqual(pageOf(all[index]!, place - size, place))
          }
        },
      ),
      { numRuns: 40 },
    )
  })
})
