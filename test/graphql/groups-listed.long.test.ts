import fc from 'fast-check'
import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

const counts = 'total page limit totalPages hasNextPage hasPreviousPage'
const list = `query List($organization: String!, $workspace: String!, $filter: SessionFilter, $page: PositiveInt! = 1, $limit: PositiveInt! = 20) {
  workspace(organization: $organization, slug: $workspace) {
    sessionGroups(filter: $filter, page: $page, limit: $limit) { ${counts} nodes { uuid sessionCount activeSessionCount lastMessageAt } }
    groupedSessions(filter: $filter, page: $page, limit: $limit) {
      ${counts} nodes { sessionCount group { uuid sessionCount project { name } } sessions { uuid createdBy { login } usage { totalInputTokens } } } }
    sessions(filter: $filter) { totalCount }
  }
}`

async function listGroups({ place }: SeededWorkspace, member: Member, variables: object = {}) {
  const { data, errors } = await member.graphql(list, { ...place, ...variables })
  if (errors) throw new Error(JSON.stringify(errors))
  return data.workspace
}

async function createGroup({ place, projectId }: SeededWorkspace, member: Member, input: object = {}) {
  const { data } = await member.graphql(
    'mutation Create($input: CreateSessionGroupInput!) { createSessionGroup(input: $input) { group { uuid status } } }',
    { input: { ...place, projectId, kind: 'WORKFLOW', ...input } },
  )
  return data.createSessionGroup.group
}

const uuidsOf = (rows: { uuid: string }[]) => rows.map(({ uuid }) => uuid)

describe('vectors of the contract', () => {
  test('93 and 94: a new workflow comes first, the sessions without a group last; done, it is hidden from others', async () => {
    const seeded = await seedWorkspace()
    const { bob, cat, place, projectId } = seeded
    const shared = { visibility: 'WORKSPACE' }
    await saveSession(seeded, bob)
    for (const owner of [bob, bob, cat, cat]) await saveSession(seeded, owner, shared)
    await saveSession(seeded, cat)
    await saveSession(seeded, cat, { ...shared, origin: 'EVAL' })

    const group = await createGroup(seeded, bob, { projectId })
    const child = await saveSession(seeded, bob, { groupId: group.uuid })
    const { total, nodes } = (await listGroups(seeded, bob)).groupedSessions
    expect([group.status, total]).toEqual(['RUNNING', 2])
    expect(nodes.map((node: any) => [node.group?.uuid ?? null, node.sessionCount])).toEqual([
      [group.uuid, 1],
      [null, 5],
    ])
    expect(uuidsOf(nodes[0].sessions)).toEqual([child])

    const update =
      'mutation Update($input: UpdateSessionGroupInput!) { updateSessionGroup(input: $input) { group { completedAt } } }'
    const done = await bob.graphql(update, { input: { ...place, id: group.uuid, status: 'COMPLETED' } })
    expect(done.data.updateSessionGroup.group.completedAt).toEqual(expect.any(String))
    const get =
      'query Get($organization: String!, $workspace: String!, $id: UUID!) { workspace(organization: $organization, slug: $workspace) { sessionGroup(id: $id) { uuid } } }'
    const { errors } = await cat.graphql(get, { ...place, id: group.uuid })
    expect(errors?.[0]).toMatchObject({
      message: 'Session group not found',
      extensions: { code: 'NOT_FOUND' },
    })
    expect((await listGroups(seeded, cat)).sessionGroups.total).toBe(0)
  })
})

describe('a page of groups', () => {
  test('past the end is empty and keeps the totals; without any group all is zero', async () => {
    const seeded = await seedWorkspace()
    const empty = await listGroups(seeded, seeded.bob)
    for (const name of ['sessionGroups', 'groupedSessions'])
      expect(empty[name]).toEqual({
        total: 0,
        page: 1,
        limit: 20,
        totalPages: 0,
        hasNextPage: false,
        hasPreviousPage: false,
        nodes: [],
      })
    for (let index = 0; index < 3; index++) await createGroup(seeded, seeded.bob)
    expect((await listGroups(seeded, seeded.bob, { page: 9, limit: 2 })).sessionGroups).toEqual({
      total: 3,
      page: 9,
      limit: 2,
      totalPages: 2,
      hasNextPage: false,
      hasPreviousPage: true,
      nodes: [],
    })
  })

  test.each([
    ['a limit over 100', { limit: 101 }, ['limit']],
    ['a page over 1,000,000', { page: 1_000_001 }, ['page']],
    ['a search over 200 characters', { filter: { search: 'x'.repeat(201) } }, ['filter', 'search']],
  ])('refuses %s, naming the argument', async (_what, variables, path) => {
    const seeded = await seedWorkspace()
    const { errors } = await seeded.bob.graphql(list, { ...seeded.place, ...variables })
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
  })

  test('shows the first 100 sessions of a group and counts them all', async () => {
    const seeded = await seedWorkspace()
    const { uuid: groupId } = await createGroup(seeded, seeded.bob)
    for (let index = 0; index < 103; index++) await saveSession(seeded, seeded.bob, { groupId })
    const [bucket] = (await listGroups(seeded, seeded.bob)).groupedSessions.nodes
    const all =
      'query All($organization: String!, $workspace: String!, $id: UUID!) { workspace(organization: $organization, slug: $workspace) { sessionGroup(id: $id) { sessions { uuid } } } }'
    const { data } = await seeded.bob.graphql(all, { ...seeded.place, id: groupId })
    const { sessions } = data.workspace.sessionGroup

    expect([bucket.sessionCount, sessions.length]).toEqual([103, 103])
    expect(bucket.sessions.length).toBe(100)
    expect(uuidsOf(bucket.sessions)).toEqual(uuidsOf(sessions).slice(0, 100))
  })

  test('lists the creator’s own groups without a session behind the others, while nothing but projects narrows', async () => {
    const seeded = await seedWorkspace()
    const { bob, cat, projectId } = seeded
    const used = await createGroup(seeded, bob)
    await saveSession(seeded, bob, { groupId: used.uuid, visibility: 'WORKSPACE' })
    const empty = [await createGroup(seeded, bob), await createGroup(seeded, bob)].map(({ uuid }) => uuid)
    const uuids = async (member: Member, filter?: object) =>
      uuidsOf((await listGroups(seeded, member, { filter })).sessionGroups.nodes)
    const behind = [used.uuid, ...empty.sort().reverse()]

    const wide = [{ archived: 'ANY' }, { includeWorkload: true }, { archived: 'ANY', includeWorkload: true }]
    const counts = ['messageCount', 'tokens', 'failedCallCount'].map((name) => ({ [name]: { min: 0 } }))
    const nothing = [
      ...[{ and: [{}] }, { or: [{ owners: [cat.userId] }, {}] }, { and: [{ or: [{ and: [] }] }] }],
      ...[...counts, { or: counts }, { and: counts }],
    ]
    for (const filter of [undefined, {}, { archived: 'ACTIVE', search: ' ' }, ...wide, ...nothing])
      expect(await uuids(bob, filter)).toEqual(behind)
    expect(await uuids(bob, { projects: [projectId] })).toEqual(empty)
    for (const filter of [{ archived: 'ARCHIVED', includeWorkload: true }, { or: [] }, { not: {} }])
      expect(await uuids(bob, filter)).toEqual([])
    // Not every session has a duration, or a known cost.
    expect(await uuids(bob, { durationMs: { min: 0 } })).toEqual([])
    expect(await uuids(bob, { costUsd: { min: 0 } })).toEqual([used.uuid])
    for (const filter of [{ owners: [bob.userId] }, { archived: 'ANY', owners: [bob.userId] }])
      expect(await uuids(bob, filter)).toEqual([used.uuid])
    expect(await uuids(cat)).toEqual([used.uuid])

    // Sessions that the creator does not see are as none to it (contract 1.5).
    await seeded.store.session.updateMany({
      where: { organizationId: seeded.organizationId },
      data: { ownerId: cat.userId, visibility: 'private' },
    })
    expect(await uuids(bob)).toEqual([used.uuid, ...empty].sort().reverse())
    expect(await uuids(cat)).toEqual([used.uuid])
  })

  test('takes the same statements for one group as for twelve', async () => {
    const statementsFor = async (count: number) => {
      const seeded = await seedWorkspace()
      for (let index = 0; index < count; index++) {
        const { uuid: groupId } = await createGroup(seeded, seeded.bob)
        for (const owner of [seeded.bob, seeded.bob]) await saveSession(seeded, owner, { groupId })
      }
      await saveSession(seeded, seeded.bob)
      const recording = recordStatements()
      const { groupedSessions } = await listGroups(seeded, seeded.bob)
      const statements = recording.stop()
      expect(groupedSessions.nodes).toHaveLength(count + 1)
      return statements
    }
    const [one, twelve] = [await statementsFor(1), await statementsFor(12)]
    expect(twelve).toHaveLength(one.length)
    expect(twelve.filter((statement) => statement.includes('as wanted(id) cross join lateral'))).toHaveLength(
      1,
    )
    expect(twelve.filter((statement) => statement.includes('listed'))).toHaveLength(2)
  })
})

/** A session as the reference evaluator sees it. */
interface Fact {
  uuid: string
  owner: 'bob' | 'cat'
  visibility: 'PRIVATE' | 'WORKSPACE'
  origin: 'USER' | 'EVAL'
  agent: string | null
  archived: boolean
  /** Index of its group; null without one. */
  group: number | null
  /** Index of its project. */
  project: number
  /** Hours; few of them, so that there are many ties. */
  updated: number
}

interface Filter {
  projects?: number[]
  agents?: string[]
  archived?: 'ACTIVE' | 'ARCHIVED' | 'ANY'
  includeWorkload?: boolean
  search?: string
}

describe('groups, grouped sessions and the list', () => {
  let seeded: SeededWorkspace
  let projects: string[]
  const groups: { uuid: string; creator: string; project: number }[] = []
  const facts: Fact[] = []

  beforeAll(async () => {
    seeded = await seedWorkspace()
    const other = { ...(await seeded.store.project.findFirstOrThrow({ where: { id: seeded.projectId } })) }
    const second = { ...other, id: seeded.organizationId, slug: 'second' }
    await seeded.store.project.create({ data: second })
    projects = [seeded.projectId, second.id]
    for (let index = 0; index < 9; index++) {
      const creator = index % 2 ? ('bob' as const) : ('cat' as const)
      const { uuid } = await createGroup(seeded, seeded[creator], { projectId: projects[index % 3 ? 0 : 1] })
      groups.push({ uuid, creator, project: index % 3 ? 0 : 1 })
    }
    const shapes = fc.record({
      owner: fc.constantFrom('bob' as const, 'cat' as const),
      visibility: fc.constantFrom('PRIVATE' as const, 'WORKSPACE' as const),
      origin: fc.constantFrom('USER' as const, 'USER' as const, 'EVAL' as const),
      agent: fc.constantFrom('coder', 'recon', null),
      archived: fc.boolean(),
      // The last two groups stay without a session.
      group: fc.option(fc.nat({ max: groups.length - 3 })),
      project: fc.nat({ max: 1 }),
      updated: fc.nat({ max: 3 }),
    })
    for (const fact of fc.sample(shapes, { numRuns: 40, seed: 11 })) {
      const { owner, group, project, updated, archived, ...input } = fact
      const uuid = await saveSession(seeded, seeded[owner], { ...input, projectId: projects[project] })
      await seeded.store.$executeRaw(sql`
        update sessions set group_id = ${group === null ? null : groups[group]!.uuid}::uuid,
          archived_at = ${archived ? new Date() : null}::timestamptz,
          updated_at = ${new Date(Date.UTC(2026, 0, 1, updated))}::timestamptz where id = ${uuid}::uuid`)
      facts.push({ ...fact, uuid })
    }
  })

  const sees = (viewer: string, fact: Fact) => fact.visibility === 'WORKSPACE' || fact.owner === viewer

  function matches(fact: Fact, filter: Filter, viewer: string): boolean {
    const { archived = 'ACTIVE', search = '' } = filter
    return (
      sees(viewer, fact) &&
      (archived === 'ANY' || fact.archived === (archived === 'ARCHIVED')) &&
      (filter.includeWorkload === true || fact.origin !== 'EVAL') &&
      (filter.projects?.includes(fact.project) ?? true) &&
      (filter.agents?.includes(fact.agent!) ?? true) &&
      (search.trim() === '' || (fact.agent ?? '').includes(search.trim()))
    )
  }

  const newestFirst = (a: Fact, b: Fact) => b.updated - a.updated || (a.uuid < b.uuid ? 1 : -1)

  /** Section 6 of the contract, read aloud. */
  function bucketsOf(filter: Filter, viewer: string) {
    const children = (group: number | null) =>
      facts.filter((fact) => fact.group === group && matches(fact, filter, viewer)).sort(newestFirst)
    const { projects: chosen, archived = 'ACTIVE', search = '', agents } = filter
    const unfiltered = archived !== 'ARCHIVED' && search.trim() === '' && !agents
    const listed = groups.flatMap(({ uuid, creator, project }, index) => {
      const sessions = children(index)
      const childless = !facts.some((fact) => fact.group === index && sees(viewer, fact))
      const own = childless && unfiltered && creator === viewer && (chosen?.includes(project) ?? true)
      return sessions.length > 0 || own ? [{ uuid, sessions, newest: sessions[0]?.updated ?? -1 }] : []
    })
    listed.sort((a, b) => b.newest - a.newest || (a.uuid < b.uuid ? 1 : -1))
    return { listed, loose: children(null) }
  }

  const filters: fc.Arbitrary<Filter> = fc.record(
    {
      projects: fc.subarray([0, 1]),
      agents: fc.subarray(['coder', 'recon']),
      archived: fc.constantFrom('ACTIVE' as const, 'ARCHIVED' as const, 'ANY' as const),
      includeWorkload: fc.boolean(),
      search: fc.constantFrom('', ' ', 'cod'),
    },
    { requiredKeys: [] },
  )

  test('agree with the reference evaluator for any viewer, filter and page', async () => {
    await fc.assert(
      fc.asyncProperty(
        filters,
        fc.constantFrom('ana' as const, 'bob' as const, 'cat' as const, 'dan' as const),
        fc.integer({ min: 1, max: 6 }),
        async (filter, viewer, limit) => {
          const { listed, loose } = bucketsOf(filter, viewer)
          const asked = filter.projects
            ? { ...filter, projects: filter.projects.map((index) => projects[index]) }
            : filter
          const buckets: any[] = []
          const nodes: any[] = []
          for (let page = 1, more = true; more; page++) {
            const answer = await listGroups(seeded, seeded[viewer], { filter: asked, page, limit })
            buckets.push(...answer.groupedSessions.nodes)
            nodes.push(...answer.sessionGroups.nodes)
            more = answer.groupedSessions.hasNextPage
            expect(answer.sessionGroups.total).toBe(listed.length)
            expect(answer.groupedSessions.total).toBe(listed.length + (loose.length > 0 ? 1 : 0))
            expect(answer.sessions.totalCount).toBe(
              facts.filter((fact) => matches(fact, filter, viewer)).length,
            )
          }
          const expected = listed.map(({ uuid, sessions }) => [uuid, sessions.length, uuidsOf(sessions)])
          if (loose.length > 0) expected.push([null as never, loose.length, uuidsOf(loose)])
          expect(
            buckets.map((one) => [one.group?.uuid ?? null, one.sessionCount, uuidsOf(one.sessions)]),
          ).toEqual(expected)
          expect(
            nodes.map(({ uuid, sessionCount, activeSessionCount }) => [
              uuid,
              sessionCount,
              activeSessionCount,
            ]),
          ).toEqual(
            listed.map(({ uuid }) => {
              const seen = facts.filter((fact) => groups[fact.group!]?.uuid === uuid && sees(viewer, fact))
              return [uuid, seen.length, seen.filter(({ archived }) => !archived).length]
            }),
          )
        },
      ),
      { numRuns: 100 },
    )
  })

  test('widening a filter takes no group from the list, and no session from a group', async () => {
    const wider = fc.constantFrom<Filter>(
      { archived: 'ANY' },
      { includeWorkload: true },
      { archived: 'ANY', includeWorkload: true },
    )
    const viewers = fc.constantFrom('ana' as const, 'bob' as const, 'cat' as const, 'dan' as const)
    await fc.assert(
      fc.asyncProperty(filters, wider, viewers, async (filter, widening, viewer) => {
        const ask = async (asked: Filter) => {
          const chosen = asked.projects?.map((index) => projects[index])
          const variables = { filter: { ...asked, ...(chosen && { projects: chosen }) }, limit: 100 }
          const { groupedSessions, sessionGroups } = await listGroups(seeded, seeded[viewer], variables)
          const sizes = groupedSessions.nodes.map((one: any) => [one.group?.uuid ?? null, one.sessionCount])
          return { sizes: new Map<string | null, number>(sizes), uuids: uuidsOf(sessionGroups.nodes) }
        }
        const [narrow, wide] = [await ask(filter), await ask({ ...filter, ...widening })]

        expect(wide.uuids).toEqual(expect.arrayContaining(narrow.uuids))
        for (const [group, size] of narrow.sizes) expect(wide.sizes.get(group)).toBeGreaterThanOrEqual(size)
      }),
      { numRuns: 60 },
    )
  })
})
