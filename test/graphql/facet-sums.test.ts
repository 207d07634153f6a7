import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { openColumns } from '../support/columns.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'
import { type Fact, type Filter, filterArbitrary, matches, seedFacts } from '../support/session-facts.js'

const facetsQuery = `query Sums($organization: String!, $workspace: String!, $filter: SessionFilter, $withChosen: Boolean) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 0, filter: $filter) { totalCount }
    sessionFacets(filter: $filter) {
      agents(first: 50, withChosen: $withChosen) { edges { node { value } ...OfValue } }
      models(first: 50, withChosen: $withChosen) { edges { node { value } ...OfValue } }
      answeringModels(first: 50, withChosen: $withChosen) { edges { node { value } ...OfValue } }
      toolNames(first: 50, withChosen: $withChosen) { edges { node { value } ...OfValue } }
      users(first: 50, withChosen: $withChosen) { edges { node { uuid } count ...OfUser } }
      labels(first: 50, withChosen: $withChosen) { key edges { node { value } ...OfValue } }
      failedCalls(withChosen: $withChosen) { min max ...OfRange }
      durations(withChosen: $withChosen) { min max ...OfRange }
      origins(withChosen: $withChosen) { value count totalTokens totalCostUsd unknownCostCount lastActivityAt }
    }
    sessionTimeline(filter: $filter, bucket: WEEK, timeZone: "Pacific/Auckland") { buckets { sessions } }
  }
}
fragment OfValue on FacetValueEdge { count totalTokens totalCostUsd unknownCostCount lastActivityAt }
fragment OfUser on UserFacetEdge { totalTokens totalCostUsd unknownCostCount lastActivityAt }
fragment OfRange on RangeFacetValue { count totalTokens totalCostUsd unknownCostCount lastActivityAt }`

const timelineQuery = `query Timeline($organization: String!, $workspace: String!, $filter: SessionFilter, $bucket: TimelineBucketSize,
  $timeZone: String!, $splitBy: TimelineSplit, $splitFirst: NonNegativeInt!) {
  workspace(organization: $organization, slug: $workspace) {
    sessionTimeline(filter: $filter, bucket: $bucket, timeZone: $timeZone, splitBy: $splitBy, splitFirst: $splitFirst) {
      bucket timeZone
      buckets {
        start sessions totalTokens totalCostUsd unknownCostCount lastActivityAt
        split { value sessions totalTokens totalCostUsd unknownCostCount lastActivityAt }
        others { sessions totalTokens totalCostUsd unknownCostCount lastActivityAt }
      }
    }
  }
}`

/** What sessions come to: the reference evaluator of sums. Costs have at most three places here. */
function sumsOf(facts: readonly Fact[]) {
  const known = facts.flatMap(({ costUsd }) => (costUsd === null ? [] : [costUsd]))
  const cost = known.reduce((sum, costUsd) => sum + Math.round(costUsd * 1000), 0)
  const active = facts.map(({ lastMessageAt, createdAt }) => lastMessageAt ?? createdAt)
  return {
    totalTokens: facts.reduce((sum, { tokens }) => sum + tokens, 0),
    totalCostUsd: String(cost / 1000),
    unknownCostCount: facts.length - known.length,
    lastActivityAt: active.sort().at(-1) ?? null,
  }
}

const failedCallRanges = [0, 1, 2, 5, 10, 50]
const durationRanges = [0, 10_000, 60_000, 300_000, 900_000, 3_600_000, 14_400_000, 86_400_000]

const inRange = (value: number | null, ranges: number[]) =>
  value === null ? [] : [String(ranges.findLast((min) => min <= value))]
const labelsOf = ({ labels }: Fact, key: string) => labels.find((label) => label.key === key)?.values ?? []
const groupBy = <Key>(all: readonly Fact[], keyOf: (fact: Fact) => Key): [Key, Fact[]][] =>
  [...new Set(all.map(keyOf))].map((key) => [key, all.filter((fact) => keyOf(fact) === key)])
const some = (value: string | null) => (value === null ? [] : [value])

/** The values of a session in each dimension, and those that a filter chooses. */
const dimensions: Record<string, { of: (fact: Fact) => string[]; chosen: (filter: Filter) => string[] }> = {
  agents: { of: ({ agent }) => some(agent), chosen: ({ agents = [] }) => agents },
  models: {
    of: ({ model }) => some(model || null),
    chosen: ({ models = [] }) => models.filter((name) => name !== ''),
  },
  answeringModels: {
    of: (fact) => fact.answeringModels,
    chosen: ({ answeringModels = [] }) => answeringModels,
  },
  toolNames: { of: (fact) => fact.toolNames, chosen: ({ toolNames = [] }) => toolNames },
  users: {
    of: ({ ownerId }) => [ownerId],
    chosen: ({ owners = [] }) => owners,
  },
  env: { of: (fact) => labelsOf(fact, 'env'), chosen: (filter) => chosenLabels(filter, 'env') },
  team: { of: (fact) => labelsOf(fact, 'team'), chosen: (filter) => chosenLabels(filter, 'team') },
  failedCalls: {
    of: (fact) => inRange(fact.failedCallCount, failedCallRanges),
    chosen: ({ failedCallCount }) => chosenRanges(failedCallCount, failedCallRanges),
  },
  durations: {
    of: (fact) => inRange(fact.durationMs, durationRanges),
    chosen: ({ durationMs }) => chosenRanges(durationMs, durationRanges),
  },
  origins: { of: ({ origin }) => [origin], chosen: ({ origins = [] }) => origins },
}

const chosenLabels = ({ labels = [] }: Filter, name: string) =>
  labels.flatMap(({ key, values }) => (key === name ? values : []))

function chosenRanges(asked: Filter['durationMs'], ranges: number[]): string[] {
  const { min = 0, max = Number.POSITIVE_INFINITY } = asked ?? {}
  if (asked === undefined) return []
  return ranges.filter((from, at) => from <= max && (ranges[at + 1] ?? Infinity) > min).map(String)
}

function fittingBucket(found: readonly Fact[]): string {
  const times = found.map(({ createdAt }) => Date.parse(createdAt))
  const days = found.length === 0 ? 0 : (Math.max(...times) - Math.min(...times)) / 86_400_000
  return days <= 8 ? 'HOUR' : days <= 200 ? 'DAY' : 'WEEK'
}

let seeded: SeededWorkspace
let facts: Fact[]

const viewers = fc.constantFrom('bob' as const, 'cat' as const, 'dan' as const)
const anyFilter = fc.constant(0).chain(() => filterArbitrary(seeded))
const ways = { columns: openColumns, 'the database': async () => null }

async function ask(name: 'bob' | 'cat' | 'dan', query: string, variables: Record<string, unknown>) {
  const { data, errors } = await seeded[name].graphql(query, { ...seeded.place, ...variables })
  expect(errors).toBeUndefined()
  return data.workspace
}

describe.each(Object.entries(ways))('counted in %s', (_, open) => {
  beforeAll(async () => {
    const columns = await open()
    seeded = await seedWorkspace({ columns })
    facts = await seedFacts(seeded, 80, 5)
    await columns?.ready(seeded)
  })

  test('each value’s tokens, exact cost and newest activity are those of the reference evaluator, chosen values without a session included', async () => {
    await fc.assert(
      fc.asyncProperty(anyFilter, viewers, fc.boolean(), async (filter, name, withChosen) => {
        const { sessions, sessionFacets, sessionTimeline } = await ask(name, facetsQuery, {
          filter,
          withChosen,
        })
        const found = facts.filter((fact) => matches(fact, filter, seeded[name].userId))
        const { labels, ...lists } = sessionFacets
        for (const key of ['env', 'team'])
          lists[key] = labels.find((list: any) => list.key === key) ?? { edges: [] }
        for (const [dimension, { of, chosen }] of Object.entries(dimensions)) {
          const values = new Set([...found.flatMap(of), ...(withChosen ? chosen(filter) : [])])
          // The one of `mine` is chosen as well.
          if (dimension === 'users' && withChosen && filter.mine) values.add(seeded[name].userId)
          const expected = [...values].map((value) => {
            const own = found.filter((fact) => of(fact).includes(value))
            return [value, { count: own.length, ...sumsOf(own) }]
          })
          const answered = (lists[dimension].edges ?? lists[dimension]).map(
            ({ node, value, min, max: _max, ...sums }: any) => [
              node?.value ?? node?.uuid ?? value ?? `${min}`,
              sums,
            ],
          )
          expect(Object.fromEntries(answered), dimension).toEqual(Object.fromEntries(expected))
        }
        expect(sessions.totalCount).toBe(found.length)
        const laid = sessionTimeline.buckets.reduce((sum: number, bucket: any) => sum + bucket.sessions, 0)
        expect(laid).toBe(found.length)
      }),
      { numRuns: 40 },
    )
  })

  test('a timeline lays sessions, tokens and cost out by the clocks of its zone, split as the reference evaluator splits', async () => {
    const dayIn = (moment: string, timeZone: string) =>
      new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(new Date(moment))
    const bucketOf = (moment: string, bucket: string, timeZone: string) => {
      const day = dayIn(moment, timeZone)
      if (bucket === 'DAY') return day
      if (bucket === 'HOUR') return moment.slice(0, 13)
      const date = new Date(`${day}T00:00Z`)
      date.setUTCDate(date.getUTCDate() - ((date.getUTCDay() + 6) % 7))
      return date.toISOString().slice(0, 10)
    }
    await fc.assert(
      fc.asyncProperty(
        anyFilter,
        viewers,
        fc.constantFrom('DAY', 'WEEK', 'HOUR', null),
        fc.constantFrom('UTC', 'America/Los_Angeles', 'Asia/Tokyo', 'Europe/Berlin'),
        fc.constantFrom('AGENT', 'MODEL', 'USER', 'ORIGIN', null),
        fc.integer({ min: 0, max: 3 }),
        async (filter, name, asked, timeZone, splitBy, splitFirst) => {
          const variables = { filter, bucket: asked, timeZone, splitBy, splitFirst }
          const { sessionTimeline } = await ask(name, timelineQuery, variables)
          const found = facts.filter((fact) => matches(fact, filter, seeded[name].userId))
          const bucket = asked ?? fittingBucket(found)
          expect(sessionTimeline.bucket).toBe(bucket)
          const splitOf = (fact: Fact) =>
            ({
              AGENT: fact.agent,
              MODEL: fact.model || null,
              USER: fact.ownerId,
              ORIGIN: fact.origin.toLowerCase(),
            })[splitBy as string] ?? null
          const counts = groupBy(found, splitOf)
          const top = splitBy
            ? counts
                .sort(
                  ([a, m], [b, n]) =>
                    n.length - m.length || ((a ?? '') < (b ?? '') ? -1 : a === null ? -1 : 1),
                )
                .slice(0, splitFirst)
                .map(([value]) => value)
            : []
          const expected = new Map(
            groupBy(found, ({ createdAt }) => bucketOf(createdAt, bucket, timeZone)).map(([at, own]) => {
              const others = splitBy ? own.filter((fact) => !top.includes(splitOf(fact))) : []
              const split = top.flatMap((value) => {
                const some = own.filter((fact) => splitOf(fact) === value)
                return some.length === 0 ? [] : [{ value, sessions: some.length, ...sumsOf(some) }]
              })
              const rest = { sessions: others.length, ...sumsOf(others) }
              return [at, { sessions: own.length, ...sumsOf(own), split, others: rest }]
            }),
          )
          const answered = sessionTimeline.buckets.filter(({ sessions }: any) => sessions > 0)
          expect(
            new Map(answered.map(({ start, ...rest }: any) => [bucketOf(start, bucket, timeZone), rest])),
          ).toEqual(expected)
        },
      ),
      { numRuns: 40 },
    )
  })

  test.each(['HOUR', 'DAY', 'WEEK'])(
    'the last moment of one %s and the first of the next are told apart',
    async (bucket) => {
      const columns = await open()
      const edge = await seedWorkspace({ columns })
      const { store, organizationId, workspaceId, bob, place } = edge
      // Midnight of a Monday in Berlin lies between them.
      const moments = ['2026-03-01T22:59:59.999Z', '2026-03-01T23:00:00.000Z']
      await store.session.createMany({
        data: moments.map((createdAt) => ({
          ...{ organizationId, workspaceId, id: randomUUID(), ownerId: bob.userId, model: 'm', createdAt },
        })),
      })
      await columns?.ready(edge)
      const { data } = await bob.graphql(
        `query($organization: String!, $workspace: String!, $bucket: TimelineBucketSize) {
        workspace(organization: $organization, slug: $workspace) {
          sessionTimeline(bucket: $bucket, timeZone: "Europe/Berlin") { buckets { start sessions } } } }`,
        { ...place, bucket },
      )
      const { buckets } = data.workspace.sessionTimeline
      expect(buckets.map(({ sessions }: { sessions: number }) => sessions)).toEqual([1, 1])
      expect(buckets[1].start).toBe(moments[1])
    },
  )

  test('sums of any size are exact to the last of twelve places', async () => {
    const columns = await open()
    const rich = await seedWorkspace({ columns })
    await rich.store.$executeRawUnsafe(
      `insert into sessions (organization_id, workspace_id, id, owner_id, agent, visibility, priced_cost_usd)
      select $1::uuid, $2::uuid, gen_random_uuid(), $3::uuid, 'dear', 'workspace', cost
      from unnest(array[9223372.036854775808, 99999999999999.999999999999, 0.000000000001, 1234567890.1]) cost`,
      ...[rich.organizationId, rich.workspaceId, rich.bob.userId],
    )
    await columns?.ready(rich)
    const { data } = await rich.bob.graphql(
      `query($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
        sessionFacets { agents { edges { totalCostUsd } } }
        sessionTimeline(bucket: DAY) { buckets { totalCostUsd } } } }`,
      rich.place,
    )
    const exact = '100001243791262.136854775808'
    expect(data.workspace.sessionFacets.agents.edges).toEqual([{ totalCostUsd: exact }])
    expect(data.workspace.sessionTimeline.buckets).toEqual([{ totalCostUsd: exact }])
  })

  test('of more than a thousand label keys the first thousand are listed', async () => {
    const columns = await open()
    const labelled = await seedWorkspace({ columns })
    const { store, organizationId, workspaceId, bob, place } = labelled
    const keys = Array.from({ length: 1001 }, (_, index) => `k${String(index).padStart(4, '0')}`)
    await store.session.createMany({
      data: Array.from({ length: 11 }, (_, page) => ({
        ...{ organizationId, workspaceId, id: randomUUID(), ownerId: bob.userId, model: 'm' },
        labels: ['all', ...keys.slice(page * 100, page * 100 + 100)].map((key) => `${key}:v`),
      })),
    })
    await columns?.ready(labelled)
    const { data } = await bob.graphql(
      `query($organization: String!, $workspace: String!) {
        workspace(organization: $organization, slug: $workspace) {
          whole: sessionFacets { labels { key } }
          narrowed: sessionFacets(mode: OWN_FILTER_EXCLUDED, filter: { labels: [{ key: "all", values: ["v"] }] }) { labels { key } } } }`,
      place,
    )
    const { whole, narrowed } = data.workspace
    for (const { labels } of [whole, narrowed])
      expect(labels.map(({ key }: { key: string }) => key)).toEqual(['all', ...keys.slice(0, 999)])
  })
})

test('what is no time zone, and more buckets than 10,000, are INVALID_INPUT that names the argument', async () => {
  const place = await seedWorkspace()
  await seedFacts(place, 3, 1)
  const asked = async (args: string) => {
    const { errors } = await place.bob.graphql(
      `query($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
        sessionTimeline(${args}) { buckets { start } } } }`,
      place.place,
    )
    return errors?.[0]?.extensions
  }
  expect(await asked('bucket: DAY, timeZone: "Mars/Olympus"')).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['timeZone'] }],
  })
  expect(await asked('bucket: DAY, splitFirst: 51')).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['splitFirst'] }],
  })
  await place.store.$executeRawUnsafe(
    `update sessions set visibility = 'workspace', created_at = case
      when id = (select min(id::text)::uuid from sessions where organization_id = $1::uuid) then '1970-01-01' else created_at end
    where organization_id = $1::uuid`,
    place.organizationId,
  )
  expect(await asked('bucket: HOUR, filter: { archived: ANY, includeWorkload: true }')).toMatchObject({
    code: 'INVALID_INPUT',
    issues: [{ path: ['bucket'] }],
  })
})
