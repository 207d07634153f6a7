import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, inject, test } from 'vitest'
import { type Db, type Sql, sql } from '../../src/db/prisma.js'
import { countFacets } from '../../src/domain/facets/count.js'
import { type Dimension, facetDimensions } from '../../src/domain/facets/dimensions.js'
import { createFacetMemory, type FacetMemory } from '../../src/domain/facets/memory.js'
import { readFacetRequest } from '../../src/domain/facets/request.js'
import { foldFacets } from '../../src/domain/facets/roll-up/fold.js'
import { foldingLock } from '../../src/domain/facets/roll-up/lock.js'
import { rebuildFacets } from '../../src/domain/facets/roll-up/rebuild.js'
import { verifyFacets } from '../../src/domain/facets/roll-up/verify.js'
import type { SessionFilter } from '../../src/domain/session/filter.js'
import { countSessions } from '../../src/domain/session/list.js'
import { pruneNameChanges } from '../../src/domain/tenancy/name-changes.js'
import { largeFacetMemory } from '../support/facet-memories.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { recordStatements } from '../support/store.js'

/** One thing that a writer does to a session of its own, or with direct SQL to any; `pick` chooses which. */
type Step = { kind: keyof typeof acts; pick: number; value: number }
type World = { seeded: SeededWorkspace; ids: string[] }

const agentOf = (value: number) => [null, '', 'coder', 'planner'][value % 4] as string | null
const labelsOf = (value: number) =>
  [
    [],
    [{ key: 'env', values: ['prod'] }],
    [
      { key: 'env', values: ['dev', 'prod'] },
      { key: 'n', values: [`${value}`] },
    ],
  ][value % 3]

/** Refusals are part of life (a frozen session, somebody else's): what counts is that the counts follow the rows. */
const ask = async (member: Member, name: string, input: Record<string, unknown>) => {
  const field = `${name.charAt(0).toLowerCase()}${name.slice(1)}Session`
  const answer = await member.graphql(
    `mutation($input: ${name}SessionInput!) { ${field}(input: $input) { __typename } }`,
    { input },
  )
  for (const { extensions } of answer.errors ?? [])
    expect(['CONFLICT', 'FORBIDDEN', 'NOT_FOUND']).toContain(extensions.code)
}

const acts = {
  save: async ({ seeded, ids }: World, member: Member, { value }: Step) => {
    const agent = agentOf(value)
    const input = {
      ...{
        labels: labelsOf(value),
        visibility: value % 2 ? 'WORKSPACE' : 'PRIVATE',
        origin: value % 5 ? 'USER' : 'EVAL',
      },
      ...(agent === null ? {} : { agent }),
      ...(value % 3 ? { projectId: seeded.projectId } : {}),
    }
    ids.push(await saveSession(seeded, member, input))
  },
  update: (world: World, member: Member, step: Step) =>
    ask(member, 'Update', {
      id: idOf(world, step),
      agent: agentOf(step.value),
      labels: labelsOf(step.value + 1),
    }),
  archive: (world: World, member: Member, step: Step) => ask(member, 'Archive', { id: idOf(world, step) }),
  unarchive: (world: World, member: Member, step: Step) =>
    ask(member, 'Unarchive', { id: idOf(world, step) }),
  freeze: (world: World, member: Member, step: Step) => ask(member, 'Freeze', { id: idOf(world, step) }),
  share: (world: World, member: Member, step: Step) => ask(member, 'Share', { id: idOf(world, step) }),
  delete: (world: World, member: Member, step: Step) => ask(member, 'Delete', { id: idOf(world, step) }),
  /** Direct SQL may do what no face does, such as taking a session from its owner. */
  rewrite: ({ seeded }: World, member: Member, { value }: Step) =>
    seeded.store.$executeRaw(sql`
    update sessions set owner_id = ${member.userId}::uuid, visibility = 'private', model = nullif(model, 'm-large'),
      labels = array_append(labels, ${`n:${value}`}), project_id = null
    where organization_id = ${seeded.organizationId}::uuid and id in (
      select id from sessions where organization_id = ${seeded.organizationId}::uuid order by id limit ${value % 4} for update)`),
  /** What facets are shown and ordered by changes while the counts stand. */
  rename: async ({ seeded }: World, member: Member, { value }: Step) => {
    await seeded.store.$executeRaw(
      sql`update projects set slug = ${`p-${value}`} where organization_id = ${seeded.organizationId}::uuid and id = ${seeded.projectId}::uuid`,
    )
    await seeded.store.$executeRaw(
      sql`update users set full_name = ${`Name ${value}`} where id = ${member.userId}::uuid`,
    )
  },
  copy: ({ seeded }: World, _: Member, { value }: Step) =>
    seeded.store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, agent, labels)
    select organization_id, workspace_id, gen_random_uuid(), owner_id, agent, labels from sessions
    where organization_id = ${seeded.organizationId}::uuid order by id limit ${value % 4}`),
  /** Whatever was written is taken back, as when a process dies. */
  rollBack: async (world: World, member: Member, step: Step) => {
    const crash = new Error('crash')
    const { seeded } = world
    const dying = seeded.store.$transaction(async (db) => {
      await db.$executeRaw(sql`
        insert into sessions (organization_id, workspace_id, id, owner_id)
        values (${seeded.organizationId}::uuid, ${seeded.workspaceId}::uuid, ${randomUUID()}::uuid, ${member.userId}::uuid)`)
      await db.$executeRaw(sql`delete from sessions where organization_id = ${seeded.organizationId}::uuid
        and id = ${idOf(world, step)}::uuid`)
      throw crash
    })
    await expect(dying).rejects.toBe(crash)
  },
} satisfies Record<string, (world: World, member: Member, step: Step) => Promise<unknown>>

const idOf = ({ ids }: World, { pick }: Step) => ids[pick % Math.max(ids.length, 1)] ?? randomUUID()

const stepArbitrary: fc.Arbitrary<Step> = fc.record({
  kind: fc.oneof(
    { weight: 2, arbitrary: fc.constant('save' as const) },
    { weight: 3, arbitrary: fc.constantFrom(...(Object.keys(acts) as Step['kind'][])) },
  ),
  pick: fc.nat(1000),
  value: fc.nat(20),
})

/** Repeats `work` until `done` settles, and once more; pauses so that the embedded store lets others in. */
async function during(done: Promise<unknown>, work: () => Promise<unknown>): Promise<void> {
  let over = false
  done.then(
    () => (over = true),
    () => (over = true),
  )
  while (!over) {
    await work()
    await sleep(20)
  }
  await work()
}

/** Filters that roll-ups answer, the smallest one and that of combinations, and such that sessions answer, with labels. */
const questions = ({ projectId, bob }: SeededWorkspace): SessionFilter[] => [
  {},
  { archived: 'ANY', includeWorkload: true },
  { archived: 'ARCHIVED', visibility: 'workspace' },
  { agents: ['coder', ''], archived: 'ANY' },
  { projects: [projectId], origins: ['user'], includeWorkload: true },
  { owners: [bob.userId], archived: 'ANY' },
  { labels: [{ key: 'env', values: ['prod'] }], archived: 'ANY' },
  {
    labels: [{ key: 'env', values: ['dev', 'prod'] }],
    agents: ['coder'],
    not: { labels: [{ key: 'n', values: ['2'] }] },
  },
]

const cutByDatabase = largeFacetMemory()

/**
 * Asks with and without a memory, with pages cut here and in the database, and the table in one snapshot: a filter by time, which all sessions
 * pass, is one that only the table has.
 */
async function expectSameFromTable(
  seeded: SeededWorkspace,
  filter: SessionFilter,
  viewer: Member,
  memory: FacetMemory,
): Promise<void> {
  const { store, organizationId, workspaceId } = seeded
  const scope = { organizationId, workspaceIds: [workspaceId], userId: viewer.userId }
  const requests = (Object.keys(facetDimensions) as Dimension[]).map((name) =>
    readFacetRequest(name, { first: 100 }),
  )
  const answer = async (db: Db, asked: SessionFilter, known?: FacetMemory) => ({
    facets: await countFacets(db, scope, asked, 'OWN_FILTER_EXCLUDED', requests, known),
    total: await countSessions(db, scope, asked),
  })
  const [remembered, rolledUp, cutThere, plain] = await store.$transaction(
    async (db) => [
      await answer(db, filter, memory),
      await answer(db, filter),
      await answer(db, filter, cutByDatabase),
      await answer(db, { ...filter, createdBetween: { from: new Date(0) } }),
    ],
    { isolationLevel: 'RepeatableRead', timeout: 30_000 },
  )
  expect(remembered).toEqual(plain)
  expect(rolledUp).toEqual(plain)
  expect(cutThere).toEqual(plain)
}

test('roll-ups equal a plain count at every moment, whatever writers, folders and rebuilds do meanwhile', async () => {
  const seeded = await seedWorkspace()
  const { store } = seeded
  const writers = [seeded.ana, seeded.bob, seeded.cat]
  const world: World = { seeded, ids: [] }
  const memory = createFacetMemory()
  let looks = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(stepArbitrary, { maxLength: 10 }), { minLength: 3, maxLength: 3 }),
      async (scripts) => {
        const writing = Promise.all(
          scripts.map(async (script, index) => {
            for (const step of script) await acts[step.kind](world, writers[index]!, step)
          }),
        )
        await Promise.all([
          writing,
          during(writing, () => foldFacets(store, { limit: 7 })),
          during(writing, () => foldFacets(store, { limit: 3 })),
          during(writing, () => rebuildFacets(store, seeded)),
          during(writing, () => pruneNameChanges(store)),
          during(writing, async () => {
            expect(await verifyFacets(store, seeded)).toEqual({ total: 0, differences: [] })
            looks++
          }),
          during(writing, async () => {
            const asked = questions(seeded)
            const viewer = looks % 2 ? seeded.bob : seeded.dan
            await expectSameFromTable(seeded, asked[looks % asked.length] ?? {}, viewer, memory)
          }),
        ])
      },
    ),
    { numRuns: 6, endOnFailure: true },
  )
  expect(looks).toBeGreaterThan(6)
  while ((await foldFacets(store, { limit: 1000 })) > 0);
  expect(await verifyFacets(store, seeded)).toEqual({ total: 0, differences: [] })
})

const exact = { total: 0, differences: [] }

/** How many deltas of the organization wait to be folded. */
async function countDeltas(db: Db, { organizationId }: SeededWorkspace): Promise<number> {
  const [row] = await db.$queryRaw<{ count: number }[]>(
    sql`select count(*)::int as count from facet_deltas where organization_id = ${organizationId}::uuid`,
  )
  return row?.count ?? 0
}

async function foldAll({ store }: SeededWorkspace): Promise<void> {
  while ((await foldFacets(store, { limit: 1000 })) > 0);
}

/** How many rows the roll-ups of a workspace have. */
async function countRows(
  db: Db,
  { organizationId, workspaceId }: { organizationId: string; workspaceId: string },
) {
  const rows = (table: Sql) => sql`(select count(*)::int from ${table}
    where organization_id = ${organizationId}::uuid and workspace_id = ${workspaceId}::uuid)`
  const [row] = await db.$queryRaw<{ count: number }[]>(
    sql`select ${rows(sql`facet_values`)} + ${rows(sql`facet_combinations`)} + ${rows(sql`facet_labels`)} as count`,
  )
  return row?.count
}

test('labels are recalled while the roll-ups stand as they were, and counted anew after any change', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, ana } = seeded
  const memory = createFacetMemory()
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const env = async (known?: FacetMemory) => {
    const request = readFacetRequest('labels', { keys: ['env'] })
    const [pages] = await countFacets(store, scope, {}, 'ALL_FILTERS', [request], known)
    return pages?.flatMap(({ values }) => values.map(({ value, count }) => `${value} ${count}`))
  }
  await saveSession(seeded, ana, { labels: labelsOf(1) })
  expect(await env(memory)).toEqual(['prod 1'])
  await foldAll(seeded)
  expect(await env(memory)).toEqual(['prod 1'])

  const tamper = (count: number) =>
    store.$executeRaw(sql`update facet_values set count = ${count}
      where organization_id = ${organizationId}::uuid and dimension = 'labels'`)
  await tamper(5)
  expect(await env()).toEqual(['prod 5'])
  expect(await env(memory)).toEqual(['prod 1'])
  await tamper(1)

  await saveSession(seeded, ana, { labels: labelsOf(2) })
  expect(await env(memory)).toEqual(['prod 2', 'dev 1'])
  await foldAll(seeded)
  expect(await env(memory)).toEqual(['prod 2', 'dev 1'])
  await tamper(5)
  await rebuildFacets(store, seeded)
  expect(await env(memory)).toEqual(['prod 2', 'dev 1'])
})

test('a question under a label filter is recalled without a look at sessions, with the names of the moment', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, projectId, ana } = seeded
  const memory = createFacetMemory()
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const filter = { labels: [{ key: 'env', values: ['prod'] }] }
  const requests = (['projects', 'users', 'agents', 'labels'] as const).map((name) =>
    readFacetRequest(name, {}),
  )
  /** The answer, and how many of its statements read sessions. */
  const ask = async () => {
    let scans = 0
    const db: Db = {
      $queryRaw: (statement) => {
        if (statement.sql.includes('from sessions')) scans++
        return store.$queryRaw(statement)
      },
      $executeRaw: (statement) => store.$executeRaw(statement),
    }
    const found = await countFacets(db, scope, filter, 'ALL_FILTERS', requests, memory)
    const shown = found.map((pages) =>
      pages.flatMap(({ values }) => values.map(({ name, value, count }) => `${name || value} ${count}`)),
    )
    return { scans, shown }
  }
  await saveSession(seeded, ana, { labels: labelsOf(1), projectId, agent: 'coder' })
  await foldAll(seeded)
  const { slug } = await store.project.findFirstOrThrow({ where: { organizationId, id: projectId } })
  const { username } = await store.user.findUniqueOrThrow({ where: { id: ana.userId } })
  const shown = [[`${slug} 1`], [`${username} 1`], ['coder 1'], ['prod 1']]
  expect(await ask()).toEqual({ scans: 1, shown })
  expect(await ask()).toEqual({ scans: 0, shown })

  await store.$executeRaw(
    sql`update projects set slug = 'renamed' where organization_id = ${organizationId}::uuid and id = ${projectId}::uuid`,
  )
  const renamed = [['renamed 1'], ...shown.slice(1)]
  expect(await ask()).toEqual({ scans: 1, shown: renamed })
  expect(await ask()).toEqual({ scans: 0, shown: renamed })

  await saveSession(seeded, ana, { labels: labelsOf(1), projectId, agent: 'coder' })
  const counted = [['renamed 2'], [`${username} 2`], ['coder 2'], ['prod 2']]
  expect(await ask()).toEqual({ scans: 1, shown: counted })
  await foldAll(seeded)
  expect(await ask()).toEqual({ scans: 1, shown: counted })
  expect(await ask()).toEqual({ scans: 0, shown: counted })
})

test('an owner who gets an account after having sessions shows from then on, whatever was remembered before', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, ana } = seeded
  const memory = createFacetMemory()
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const owners = async () => {
    const [pages] = await countFacets(
      store,
      scope,
      {},
      'ALL_FILTERS',
      [readFacetRequest('users', {})],
      memory,
    )
    return pages?.flatMap(({ values }) => values.map(({ name }) => name))
  }
  const late = randomUUID()
  await saveSession(seeded, ana)
  await store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, visibility)
    values (${organizationId}::uuid, ${workspaceId}::uuid, ${randomUUID()}::uuid, ${late}::uuid, 'workspace')`)
  await foldAll(seeded)
  const { username } = await store.user.findUniqueOrThrow({ where: { id: ana.userId } })
  expect(await owners()).toEqual([username])
  await store.user.create({ data: { id: late, email: `${late}@late.org`, username: late } })
  expect((await owners())?.sort()).toEqual([username, late].sort())
})

test('more values than are listed are paged in the database, and each page is recalled', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, ana } = seeded
  const memory = createFacetMemory()
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  await store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, labels)
    select ${organizationId}::uuid, ${workspaceId}::uuid, gen_random_uuid(), ${ana.userId}::uuid,
      array(select 'n:' || i from generate_series(1, 10001) i order by 1)`)
  await foldAll(seeded)
  const requests = [readFacetRequest('labels', { first: 3 }), readFacetRequest('users', {})]
  const count = () => countFacets(store, scope, {}, 'ALL_FILTERS', requests, memory)
  const first = await count()
  expect(first[0]).toMatchObject([{ key: 'n', total: 10_001, start: 0, stop: 3 }])
  expect(first[0]?.[0]?.values.map(({ value }) => value)).toEqual(['1', '10', '100'])
  expect(first[1]).toMatchObject([{ total: 1 }])

  const recalls = recordStatements()
  expect(await count()).toEqual(first)
  expect(recalls.stop()).toHaveLength(1)
})

test('many changes of names become one, and what was remembered is counted once more', async () => {
  const { store } = await seedWorkspace()
  const changes = async () =>
    (await store.$queryRaw<{ id: string }[]>(sql`select id from name_changes`)).length
  await store.$executeRaw(sql`insert into name_changes select gen_random_uuid() from generate_series(1, 101)`)
  await pruneNameChanges(store)
  expect(await changes()).toBe(1)
  await pruneNameChanges(store)
  expect(await changes()).toBe(1)
})

test('an update of what is not counted writes no delta, one of what is counted writes what it takes and what it adds', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.ana, { title: 'Before' })
  await foldAll(seeded)

  await ask(seeded.ana, 'Update', { id, title: 'After', messageCount: 7 })
  expect(await countDeltas(seeded.store, seeded)).toBe(0)
  await ask(seeded.ana, 'Archive', { id })
  expect(await countDeltas(seeded.store, seeded)).toBe(2)
})

test('sessions that move to another workspace, or vanish with theirs, leave no row behind', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId } = seeded
  const other = await store.workspace.findFirstOrThrow({ where: { organizationId, slug: 'other' } })
  const there = { organizationId, workspaceId: other.id }
  await saveSession(seeded, seeded.ana, { labels: labelsOf(2) })
  await saveSession(seeded, seeded.bob, { labels: labelsOf(1), visibility: 'WORKSPACE' })
  await foldFacets(store, { limit: 1 })

  await store.$executeRaw(
    sql`update sessions set workspace_id = ${other.id}::uuid where organization_id = ${organizationId}::uuid`,
  )
  expect(await verifyFacets(store, seeded)).toEqual(exact)
  expect(await verifyFacets(store, there)).toEqual(exact)
  await foldAll(seeded)
  expect(await countRows(store, seeded)).toBe(0)
  expect(await countRows(store, there)).toBeGreaterThan(5)

  await store.workspace.delete({ where: { organizationId_id: { organizationId, id: other.id } } })
  await foldAll(seeded)
  expect(await countRows(store, there)).toBe(0)
})

test('truncating the sessions empties the roll-ups', async () => {
  const seeded = await seedWorkspace()
  await saveSession(seeded, seeded.ana, { labels: labelsOf(2) })
  await foldAll(seeded)
  await saveSession(seeded, seeded.ana)
  const takenBack = new Error('other tests need their sessions')
  const truncating = seeded.store.$transaction(async (db) => {
    await db.$executeRaw(sql`truncate sessions cascade`)
    expect(await countRows(db, seeded)).toBe(0)
    expect(await countDeltas(db, seeded)).toBe(0)
    throw takenBack
  })
  await expect(truncating).rejects.toBe(takenBack)
})

test('verifying names rows that were tampered with, and rebuilding mends them', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId } = seeded
  await saveSession(seeded, seeded.ana, { agent: 'coder', labels: labelsOf(2) })
  await saveSession(seeded, seeded.ana, { agent: 'coder' })
  await foldAll(seeded)
  const here = sql`organization_id = ${organizationId}::uuid`
  await store.$executeRaw(sql`update facet_values set count = 5 where ${here} and value = 'coder'`)
  await store.$executeRaw(sql`update facet_combinations set agent = 'planner' where ${here}`)
  await store.$executeRaw(sql`delete from facet_labels where ${here} and label = 'env:dev'`)

  const { total, differences } = await verifyFacets(store, seeded)
  expect(total).toBe(4)
  expect(differences).toEqual(
    expect.arrayContaining([
      { row: expect.stringMatching(/^facet_values .*"value": "coder"/), rolledUp: 5, plain: 2 },
      { row: expect.stringMatching(/^facet_labels .*"label": "env:dev"/), rolledUp: 0, plain: 1 },
    ]),
  )
  await rebuildFacets(store, seeded)
  expect(await verifyFacets(store, seeded)).toEqual(exact)
})

test('a delta that takes from a missing row stops the fold of its workspace instead of losing a count, and of no other', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId } = seeded
  const id = await saveSession(seeded, seeded.ana, { agent: 'coder' })
  await foldAll(seeded)
  await store.$executeRaw(sql`delete from facet_values where organization_id = ${organizationId}::uuid`)
  await ask(seeded.ana, 'Delete', { id })

  const whole = await seedWorkspace()
  await saveSession(whole, whole.ana)

  await expect(foldAll(seeded)).rejects.toThrow(`rebuild repairs ${seeded.workspaceId}`)
  expect(await countDeltas(store, seeded)).toBe(1)
  expect(await countDeltas(store, whole)).toBe(0)
  await rebuildFacets(store, seeded)
  expect(await countRows(store, seeded)).toBe(0)
})

test.skipIf(inject('postgresql') === null)(
  'folding goes round a workspace that another process is folding, and does not wait for it',
  async () => {
    const [busy, free] = [await seedWorkspace(), await seedWorkspace()]
    await saveSession(busy, busy.ana)
    await saveSession(free, free.ana)
    await busy.store.$transaction(async (db) => {
      await db.$queryRaw(sql`select pg_advisory_xact_lock(${foldingLock(sql`${busy.workspaceId}`)})::text`)
      await foldAll(free)
      expect(await countDeltas(db, free)).toBe(0)
      expect(await countDeltas(db, busy)).toBe(1)
    })
  },
)
