import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, inject, test, vi } from 'vitest'
import { raw, sql } from '../../src/db/sql.js'
import type { HeldColumns } from '../../src/domain/facets/columns/held-columns.js'
import { countFacets } from '../../src/domain/facets/count.js'
import { type Dimension, facetDimensions } from '../../src/domain/facets/dimensions.js'
import { readFacetRequest } from '../../src/domain/facets/request.js'
import { verifyColumns } from '../../src/domain/facets/verify.js'
import type { SessionFilter } from '../../src/domain/session/filter.js'
import { countSessions, openColumns } from '../support/columns.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

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
const ask = async (
  member: Member,
  { place }: SeededWorkspace,
  name: string,
  input: Record<string, unknown>,
) => {
  const field = `${name.charAt(0).toLowerCase()}${name.slice(1)}`
  const answer = await member.graphql(
    `mutation($input: ${name}Input!) { ${field}(input: $input) { __typename } }`,
    { input: { ...place, ...input } },
  )
  for (const { extensions } of answer.errors ?? [])
    expect(['CONFLICT', 'FORBIDDEN', 'NOT_FOUND']).toContain(extensions.code)
}

const onOne = (name: string) => (world: World, member: Member, step: Step) =>
  ask(member, world.seeded, name, { id: idOf(world, step) })

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
    ask(member, world.seeded, 'UpdateSession', {
      id: idOf(world, step),
      agent: agentOf(step.value),
      labels: labelsOf(step.value + 1),
    }),
  append: (world: World, member: Member, step: Step) =>
    ask(member, world.seeded, 'AppendTranscript', {
      id: idOf(world, step),
      messages: [
        { role: 'USER', content: 'x' },
        {
          role: 'ASSISTANT',
          content: 'y',
          usage: { inputTokens: step.value, outputTokens: 1, costUsd: step.value / 7 },
        },
      ],
      context: { model: 'm-large' },
    }),
  annotate: (world: World, member: Member, step: Step) =>
    ask(member, world.seeded, 'CreateAnnotation', {
      id: idOf(world, step),
      name: ['help', 'tone'][step.value % 2],
      source: ['PERSON', 'MODEL', 'RULE'][step.value % 3],
      ...(step.value % 4 ? { score: `${step.value / 8}` } : { label: 'good' }),
    }),
  archive: onOne('ArchiveSession'),
  unarchive: onOne('UnarchiveSession'),
  freeze: onOne('FreezeSession'),
  share: onOne('ShareSession'),
  delete: onOne('DeleteSession'),
  /** Direct SQL may do what no face does, such as taking a session from its owner. */
  rewrite: ({ seeded }: World, member: Member, { value }: Step) =>
    seeded.store.$executeRaw(sql`
    update sessions set owner_id = ${member.userId}::uuid, visibility = 'private', model = nullif(model, 'm-large'),
      labels = array_append(labels, ${`n:${value}`}), project_id = null
    where organization_id = ${seeded.organizationId}::uuid and id in (
      select id from sessions where organization_id = ${seeded.organizationId}::uuid order by id limit ${value % 4} for update)`),
  copy: ({ seeded }: World, _: Member, { value }: Step) =>
    seeded.store.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, agent, labels, priced_cost_usd)
    select organization_id, workspace_id, gen_random_uuid(), owner_id, agent, labels, 0.123456789012 from sessions
    where organization_id = ${seeded.organizationId}::uuid order by id limit ${value % 4}`),
  erase: ({ seeded }: World, _: Member, { value }: Step) =>
    seeded.store.$executeRaw(sql`
    delete from sessions where organization_id = ${seeded.organizationId}::uuid and id in (
      select id from sessions where organization_id = ${seeded.organizationId}::uuid order by id desc limit ${value % 4})`),
  /** Whatever was written is taken back, as when a process dies. */
  rollBack: async (world: World, member: Member, step: Step) => {
    const crash = new Error('crash')
    const { seeded } = world
    const dying = seeded.store.transact(async (db) => {
      await db.$executeRaw(sql`
        insert into sessions (organization_id, workspace_id, id, owner_id)
        values (${seeded.organizationId}::uuid, ${seeded.workspaceId}::uuid, ${randomUUID()}::uuid, ${member.userId}::uuid)`)
      await db.$executeRaw(sql`delete from sessions where organization_id = ${seeded.organizationId}::uuid
        and id = ${idOf(world, step)}::uuid`)
      throw crash
    })
    await expect(dying).rejects.toBe(crash)
  },
  /** A transaction that is open while others begin and end. */
  linger: async ({ seeded }: World, member: Member, { value }: Step) => {
    await seeded.store.transact(async (db) => {
      await db.$executeRaw(sql`
        insert into sessions (organization_id, workspace_id, id, owner_id, agent)
        values (${seeded.organizationId}::uuid, ${seeded.workspaceId}::uuid, ${randomUUID()}::uuid, ${member.userId}::uuid, 'slow')`)
      // The embedded store has one connection, which nobody else gets meanwhile.
      if (inject('postgresql') !== null) await sleep(value * 10)
    })
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
    await sleep(30)
  }
  await work()
}

const questions = ({ projectId, bob }: SeededWorkspace): SessionFilter[] => [
  {},
  { archived: 'ANY', includeWorkload: true },
  { agents: ['coder', ''], archived: 'ANY' },
  { projects: [projectId], origins: ['user'], includeWorkload: true, mine: true },
  { owners: [bob.userId], archived: 'ANY' },
  { costUsd: { min: 0.1 }, archived: 'ANY' },
  { annotations: [{ name: 'help', score: { min: 0.5 } }], archived: 'ANY' },
  { annotated: false, not: { annotations: [{ sources: ['person'], labels: ['good'] }] } },
  { search: 'cod', archived: 'ANY' },
  { search: 'lan', searchIn: ['AGENT', 'TITLE'], not: { agents: ['coder'] } },
  {
    labels: [{ key: 'env', values: ['dev', 'prod'] }],
    agents: ['coder'],
    not: { labels: [{ key: 'n', values: ['2'] }] },
  },
]

/** Asks columns and the database while nobody writes. */
async function expectSameAsDatabase(seeded: SeededWorkspace, columns: HeldColumns): Promise<void> {
  const { store: db, organizationId, workspaceId } = seeded
  const requests = (Object.keys(facetDimensions) as Dimension[]).flatMap((name) =>
    [false, true].map((sums) => readFacetRequest(name, { first: 100, withChosen: sums }, { sums })),
  )
  for (const [number, filter] of questions(seeded).entries()) {
    const viewer = number % 2 ? seeded.bob : seeded.dan
    const scope = { organizationId, workspaceIds: [workspaceId], userId: viewer.userId }
    const [held, plain] = await Promise.all(
      [columns, null].map(async (one) => ({
        facets: await countFacets({ db, columns: one }, scope, filter, 'OWN_FILTER_EXCLUDED', requests),
        total: await countSessions({ db, columns: one }, scope, filter),
      })),
    )
    expect(held, JSON.stringify(filter)).toEqual(plain)
  }
}

test('columns of two gateways equal a plain count in every snapshot, whatever writers do meanwhile', async () => {
  const seeded = await seedWorkspace()
  const writers = [seeded.ana, seeded.bob, seeded.cat]
  const world: World = { seeded, ids: [] }
  const gateways = [await openColumns(), await openColumns()]
  for (const columns of gateways) await columns.ready(seeded)
  let looks = 0
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(stepArbitrary, { maxLength: 8 }), { minLength: 3, maxLength: 3 }),
      async (scripts) => {
        const writing = Promise.all(
          scripts.map(async (script, index) => {
            for (const step of script) await acts[step.kind](world, writers[index]!, step)
          }),
        )
        await Promise.all([
          writing,
          ...gateways.map((columns) =>
            during(writing, async () => {
              expect(await verifyColumns(columns, seeded)).toEqual([])
              looks++
            }),
          ),
        ])
        // Steps are drawn, and may leave out what is told apart here: that sessions go.
        await acts.erase(world, seeded.ana, { kind: 'erase', pick: 0, value: 3 })
        for (const columns of gateways) {
          await expectSameAsDatabase(seeded, columns)
          expect(await verifyColumns(columns, seeded)).toEqual([])
        }
      },
    ),
    // The embedded store takes all that happens in turn.
    { numRuns: inject('postgresql') === null ? 2 : 6, endOnFailure: true },
  )
  expect(looks).toBeGreaterThan(6)
}, 180_000)

test('a search is counted from texts in memory as the database counts it, whatever is searched for, where, and written meanwhile', async () => {
  const seeded = await seedWorkspace()
  const { store: db, organizationId, workspaceId, ana } = seeded
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const columns = await openColumns()
  const piece = fc.constantFrom(
    ...[
      'a',
      'B',
      'ab',
      'ß',
      'SS',
      'ı',
      'İ',
      'i\u0307',
      'Σ',
      'ς',
      'É',
      'e\u0301',
      'ÿ',
      '漢',
      '🦊',
      'x_y',
      '%',
      '\\',
      ' ',
      '\x1e',
      '\x1f',
      ':',
    ],
  )
  const text = fc.array(piece, { maxLength: 5 }).map((pieces) => pieces.join(''))
  const row = fc.record({ title: text, preview: text, agent: text, model: text, label: text })
  const look = fc.record({
    search: fc.array(piece, { minLength: 1, maxLength: 3 }).map((pieces) => pieces.join('')),
    searchIn: fc.option(fc.subarray(['TITLE', 'PREVIEW', 'AGENT', 'MODEL', 'LABELS'] as const), {
      nil: undefined,
    }),
    titleWords: fc.option(fc.array(piece, { maxLength: 2 }), { nil: undefined }),
  })
  await saveSession(seeded, ana)
  await columns.ready(seeded)
  await countSessions({ db, columns }, scope, { search: 'x' })
  await columns.ready(seeded)
  expect(columns.searches(seeded)).toBe(true)
  await fc.assert(
    fc.asyncProperty(
      fc.array(row, { minLength: 1, maxLength: 8 }),
      fc.array(look, { minLength: 1, maxLength: 6 }),
      async (rows, looks) => {
        await db.$executeRaw(sql`delete from sessions where organization_id = ${organizationId}::uuid and id in (
        select id from sessions where organization_id = ${organizationId}::uuid order by id limit 3)`)
        await db.$executeRaw(sql`
        insert into sessions (organization_id, workspace_id, id, owner_id, title, preview_text, agent, model, labels)
        select ${organizationId}::uuid, ${workspaceId}::uuid, gen_random_uuid(), ${ana.userId}::uuid, title, preview, agent, model,
          array['k:' || label]
        from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(title text, preview text, agent text, model text, label text)`)
        await db.$executeRaw(sql`update sessions set title = preview_text, preview_text = title
        where organization_id = ${organizationId}::uuid and id in (
          select id from sessions where organization_id = ${organizationId}::uuid order by id desc limit 2)`)
        for (const filter of looks) {
          const [held, plain] = await Promise.all(
            [columns, null].map((one) => countSessions({ db, columns: one }, scope, filter)),
          )
          expect(held, JSON.stringify(filter)).toBe(plain)
        }
        expect(columns.searches(seeded)).toBe(true)
      },
    ),
    { numRuns: inject('postgresql') === null ? 12 : 40, endOnFailure: true },
  )
  columns.stop()
})

test('columns are read anew after TRUNCATE, after pruning beyond them, and after triggers were off; till then SQL answers', async () => {
  const seeded = await seedWorkspace()
  const { store: db, organizationId, workspaceId, ana } = seeded
  const columns = await openColumns()
  await saveSession(seeded, ana, { agent: 'coder' })
  await columns.ready(seeded)
  const scope = { organizationId, workspaceIds: [workspaceId], userId: ana.userId }
  const total = () => countSessions({ db, columns }, scope, { archived: 'ANY', includeWorkload: true })
  const expectTotal = async (count: number) => {
    expect(await total()).toBe(count)
    // While a transaction of another test is open, the log may seem not to reach back once more.
    const look = async () => {
      await columns.ready(seeded)
      expect(await verifyColumns(columns, seeded)).toEqual([])
    }
    await vi.waitFor(look, { timeout: 20_000 })
    expect(await total()).toBe(count)
  }
  await expectTotal(1)

  await db.$executeRaw(sql`truncate sessions cascade`)
  await expectTotal(0)

  await saveSession(seeded, ana)
  // By a number of the server that holds the organization.
  const [last] = await db.$queryRaw<{ xid: bigint }[]>(
    sql`select max(xid) as xid from session_events where organization_id = ${organizationId}::uuid`,
  )
  await db.$executeRaw(sql`delete from session_events where organization_id = ${organizationId}::uuid`)
  await db.$executeRaw(sql`
    insert into session_log_floors (organization_id, workspace_id, xid)
    values (${organizationId}::uuid, ${workspaceId}::uuid, ${last?.xid}::bigint)
    on conflict (organization_id, workspace_id) do update set xid = excluded.xid`)
  await expectTotal(1)

  const alter = (change: string) =>
    db.transact(async (transaction) => {
      // A cluster lets triggers be changed where it is told so; elsewhere that is a name without meaning.
      await transaction.$executeRaw(sql`set local citus.enable_unsafe_triggers = on`)
      await transaction.$executeRaw(raw(`alter table sessions ${change}`))
    })
  await alter('disable trigger user')
  await db.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id)
    values (${organizationId}::uuid, ${workspaceId}::uuid, ${randomUUID()}::uuid, ${ana.userId}::uuid)`)
  await alter('enable trigger user')
  await alter('enable always trigger tell_changed')
  await alter('enable always trigger tell_saved_or_deleted')
  await expectTotal(2)
})

test('a missed change makes columns differ from a plain count', async () => {
  const seeded = await seedWorkspace()
  const { store: db, organizationId, ana } = seeded
  const columns = await openColumns()
  await saveSession(seeded, ana, { agent: 'coder' })
  await columns.ready(seeded)
  await saveSession(seeded, ana, { agent: 'planner' })
  await db.$executeRaw(sql`delete from session_events where organization_id = ${organizationId}::uuid`)

  expect(await verifyColumns(columns, seeded)).toContainEqual({
    ...{ dimension: 'agents', value: 'planner', held: null },
    plain: expect.stringContaining('1 sessions'),
  })
})

test('a missed title, creation or number of messages makes columns differ from a plain count', async () => {
  const seeded = await seedWorkspace()
  const { store: db, organizationId, ana } = seeded
  const columns = await openColumns()
  const id = await saveSession(seeded, ana, { title: 'Größe' })
  await saveSession(seeded, ana, { title: 'Other' })
  columns.wantTexts(seeded)
  await columns.ready(seeded)
  expect(await verifyColumns(columns, seeded)).toEqual([])

  const here = sql`organization_id = ${organizationId}::uuid`
  const [{ createdAt }] = await db.$queryRaw<[{ createdAt: Date }]>(
    sql`select created_at as "createdAt" from sessions where ${here} and id = ${id}::uuid`,
  )
  for (const change of [
    sql`title = 'größer'`,
    sql`created_at = ${new Date(createdAt.getTime() - 1)}::timestamptz`,
    sql`sent_message_count = message_count + 1`,
  ]) {
    await db.$executeRaw(sql`update sessions set ${change} where ${here} and id = ${id}::uuid`)
    await db.$executeRaw(sql`delete from session_events where ${here}`)
    expect(await verifyColumns(columns, seeded), change.text).toEqual([
      {
        ...{ dimension: expect.stringContaining('texts'), value: id.slice(-2) },
        ...{ held: expect.stringContaining('1 sessions'), plain: expect.stringContaining('1 sessions') },
      },
    ])
    await db.$executeRaw(sql`update sessions set updated_at = ${new Date()}::timestamptz where ${here}`)
    expect(await verifyColumns(columns, seeded)).toEqual([])
  }
  columns.stop()
})

test('memory is bounded over all workspaces: those asked for least recently go first, what does not fit is counted by the database', async () => {
  const NAMES = 50
  const columns = await openColumns(1)
  const fill = async (sessions: number) => {
    const seeded = await seedWorkspace()
    // Names that only one session has, as generated ones are.
    await seeded.store.$executeRaw(sql`
      insert into sessions (organization_id, workspace_id, id, owner_id, agent, visibility, tool_names)
      select ${seeded.organizationId}::uuid, ${seeded.workspaceId}::uuid, gen_random_uuid(), ${seeded.bob.userId}::uuid,
        'coder', 'workspace', array(select 'tool-' || n || '-' || gen_random_uuid() from generate_series(1, ${NAMES}::int))
      from generate_series(1, ${sessions}::int) n`)
    return seeded
  }
  const ask = async ({ store: db, organizationId, workspaceId, dan }: SeededWorkspace) => {
    const scope = { organizationId, workspaceIds: [workspaceId], userId: dan.userId }
    const names = readFacetRequest('toolNames', { first: 3 })
    const [[page] = []] = await countFacets({ db, columns }, scope, {}, 'ALL_FILTERS', [names])
    return page?.total
  }
  const [first, second, third] = [await fill(100), await fill(100), await fill(100)]
  const large = await fill(400)
  for (const seeded of [first, second]) await columns.ready(seeded)
  expect([first, second].map((seeded) => columns.holds(seeded))).toEqual([true, true])
  expect(await ask(first)).toBe(100 * NAMES)

  await columns.ready(third)
  await columns.ready(large)

  expect([first, second, third, large].map((seeded) => columns.holds(seeded))).toEqual([
    true,
    false,
    true,
    false,
  ])
  expect(columns.memory).toBeLessThanOrEqual(2 ** 20)
  for (const seeded of [first, second, third]) expect(await ask(seeded)).toBe(100 * NAMES)
  expect(await ask(large)).toBe(400 * NAMES)
  columns.stop()
})

test('labels that no two sessions share, 200,000 of them on PostgreSQL, take bounded memory, are counted exactly, and by the database where they do not fit', async () => {
  // The embedded store takes a quarter of it.
  const [SESSIONS, EACH] = [500, inject('postgresql') === null ? 100 : 400]
  const seeded = await seedWorkspace()
  const { store: db, organizationId, workspaceId, dan, bob } = seeded
  await db.$executeRaw(sql`
    insert into sessions (organization_id, workspace_id, id, owner_id, visibility, labels)
    select ${organizationId}::uuid, ${workspaceId}::uuid, gen_random_uuid(), ${bob.userId}::uuid, 'workspace',
      array(select 'run:' || n || '.' || i from generate_series(1, ${EACH}::int) i) || ('half:' || n % 2)
    from generate_series(1, ${SESSIONS}::int) n`)
  const scope = { organizationId, workspaceIds: [workspaceId], userId: dan.userId }
  const labels = readFacetRequest('labels', { first: 5 }, { sums: true })
  const ask = (columns: HeldColumns | null, filter: SessionFilter) =>
    countFacets({ db, columns }, scope, filter, 'ALL_FILTERS', [labels])
  const [wide, narrow] = [await openColumns(64), await openColumns(1)]
  for (const columns of [wide, narrow]) await columns.ready(seeded)
  expect([wide, narrow].map((columns) => columns.holds(seeded))).toEqual([true, false])
  const filters: SessionFilter[] = [
    {},
    { labels: [{ key: 'run', values: ['7.3', '8.1', 'none'] }] },
    { not: { labels: [{ key: 'half', values: ['1'] }] } },
  ]
  for (const filter of filters) {
    const plain = await ask(null, filter)
    expect(await ask(wide, filter)).toEqual(plain)
    if (filter === filters[1]) expect(await ask(narrow, filter)).toEqual(plain)
  }
  const [[, runs] = []] = await ask(wide, {})
  expect([runs?.key, runs?.total]).toEqual(['run', SESSIONS * EACH])
  expect(wide.memory).toBeLessThan(10 * 2 ** 20)
  for (const columns of [wide, narrow]) columns.stop()
})
