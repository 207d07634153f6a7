import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type SeedPlan, seedSessions } from '../../src/cli/seed/seed-sessions.js'
import { shapes } from '../../src/cli/seed/shapes.js'
import { openConfiguredStore } from '../../src/cli/store.js'
import { readConfig } from '../../src/config/read.js'
import { type ModelStore, sql } from '../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { cli, emptyStoreSettings } from '../support/cli.js'
import { ask, createTestYoga } from '../support/seed.js'
import { openTestStore } from '../support/store.js'

const silent = { start: () => {}, advance: () => {}, stop: () => {} }

function planOf(change: Partial<SeedPlan> = {}): SeedPlan {
  const organization = `seeded-${randomUUID().slice(0, 8)}`
  const until = new Date('2026-06-30')
  const counts = { sessions: 3000, seed: 7, batchSize: 1000 }
  return { organization, workspace: 'main', shape: 'typical', until, ...counts, ...change }
}

/** Every row of the plan's workspace as one digest, but for the ids that its organization and workspace got. */
async function digest(store: ModelStore, organizationId: string): Promise<unknown> {
  const [row] = await store.$queryRaw<unknown[]>(sql`
    select count(*)::int as sessions, md5(string_agg(md5((to_jsonb(s) - 'organization_id' - 'workspace_id')::text), '' order by s.id)) as session_rows,
      (select md5(string_agg(md5((to_jsonb(m) - 'organization_id')::text), '' order by m.session_id, m.seq))
        from messages m where m.organization_id = ${organizationId}::uuid) as message_rows
    from sessions s where s.organization_id = ${organizationId}::uuid`)
  return row
}

test('a seed gives the same rows again, whatever the batch, and other rows than the next seed', async () => {
  const { store } = await openTestStore()
  const plan = planOf({ sessions: 1200 })
  const digests: unknown[] = []
  for (const change of [{ batchSize: 1200 }, { batchSize: 77 }, { seed: 8 }, { shape: 'worst' as const }]) {
    const { tenant } = await seedSessions(store, { ...plan, ...change }, silent)
    const { organizationId } = tenant
    digests.push(await digest(store, organizationId))
    await store.session.deleteMany({ where: { organizationId } })
  }
  expect(digests[0]).toMatchObject({ sessions: 1200, message_rows: expect.any(String) })
  expect(digests[1]).toEqual(digests[0])
  expect(new Set(digests.slice(1).map((one) => JSON.stringify(one))).size).toBe(3)
})

test.each(Object.keys(shapes) as (keyof typeof shapes)[])(
  'a %s seed has the shares it promises',
  async (shape) => {
    const { store } = await openTestStore()
    const { tenant } = await seedSessions(store, planOf({ shape }), silent)
    const { organizationId } = tenant
    const [shares] = await store.$queryRaw<Record<string, number>[]>(sql`
    select avg((origin = 'user')::int)::float8 as user, avg((origin = 'worker')::int)::float8 as worker,
      avg((visibility = 'workspace')::int)::float8 as shared, avg((archived_at is not null)::int)::float8 as archived,
      avg((frozen_at is not null)::int)::float8 as frozen, avg((title is not null)::int)::float8 as titled,
      avg((last_message_at is not null)::int)::float8 as transcripts,
      count(distinct owner_id)::int as owners, count(distinct agent)::int as agents, count(distinct model)::int as models,
      count(distinct project_id)::int as projects,
      extract(day from max(created_at) - min(created_at))::int as days,
      (max(updated_at) <= '2026-06-30' and bool_and(updated_at > created_at))::int as timely,
      (select max(n) from (select count(*)::float8 / 3000 as n from sessions o
        where o.organization_id = ${organizationId}::uuid group by owner_id) per_owner) as first_owner
    from sessions s where s.organization_id = ${organizationId}::uuid`)
    const about = (share: number) => expect.closeTo(share, 1)
    expect(shares).toMatchObject({
      ...{
        user: about(0.6),
        worker: about(0.2),
        shared: about(0.4),
        archived: about(0.2),
        titled: about(0.9),
      },
      ...{ frozen: expect.closeTo(0.01, 1), transcripts: expect.closeTo(0.04, 1) },
      ...{ agents: 20, models: 15, projects: 12, days: 89, timely: 1 },
    })
    expect(shares?.transcripts).toBeGreaterThan(0)
    if (shape === 'typical') expect(shares?.first_owner).toBeGreaterThan(0.1)
    else expect(shares).toMatchObject({ owners: 200 })
    const labels = await store.$queryRaw<{ key: string; values: number }[]>(sql`
    select split_part(l, ':', 1) as key, count(distinct l)::int as values
    from sessions s, unnest(s.labels) l where s.organization_id = ${organizationId}::uuid group by 1 order by 1`)
    expect(labels.slice(0, 2)).toEqual([
      { key: 'env', values: 3 },
      { key: 'team', values: 8 },
    ])
    expect(labels[2]).toMatchObject({ key: 'ticket' })
  },
)

test('seeded totals are those of the transcripts, and seeding leaves no events', async () => {
  const { store } = await openTestStore()
  const { tenant } = await seedSessions(store, planOf(), silent)
  const { organizationId } = tenant
  const [compared] = await store.$queryRaw<unknown[]>(sql`
    select count(*)::int as transcripts, (count(*) filter (where
      (s.total_message_count, s.current_message_count, s.total_tokens, s.priced_cost_usd, s.unpriced_count, s.duration_ms)
      is distinct from (t.rows, t.rows, t.tokens, t.cost, t.unpriced, t.duration)
      or s.answering_models <> array[s.model]))::int as wrong
    from sessions s join (select m.session_id, count(*) as rows, sum(m.input_tokens + m.output_tokens
        + m.cache_read_input_tokens + m.cache_creation_input_tokens) as tokens, coalesce(sum(m.cost_usd), 0) as cost,
        count(*) filter (where m.output_tokens > 0 and m.cost_usd is null) as unpriced,
        (extract(epoch from max(m.created_at) - min(m.created_at)) * 1000)::bigint as duration
      from messages m where m.organization_id = ${organizationId}::uuid group by m.session_id) t on t.session_id = s.id
    where s.organization_id = ${organizationId}::uuid`)
  expect(compared).toEqual({ transcripts: expect.any(Number), wrong: 0 })
  expect((compared as { transcripts: number }).transcripts).toBeGreaterThan(50)
  expect(await store.sessionEvent.count({ where: { organizationId } })).toBe(0)
})

test('seeded sessions are counted by facets as by a plain count', async () => {
  const { store } = await openTestStore()
  const plan = planOf()
  const { tenant, firstOwner } = await seedSessions(store, plan, silent)
  const { organizationId, workspaceId, userIds } = tenant
  const key = generateSecret()
  const userId = userIds.get(firstOwner)!
  await createApiKey(store, { organizationId, userId, name: 'test' }, key)
  const answer = await ask(
    await createTestYoga(),
    key,
    `query($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) {
      sessions { totalCount }
      sessionFacets { agents(first: 20) { edges { node { value } count } } models(first: 20) { edges { node { value } count } } } } }`,
    { organization: plan.organization, workspace: plan.workspace },
  )
  expect(answer.errors).toBeUndefined()
  const visible = sql`s.workspace_id = ${workspaceId}::uuid and s.archived_at is null and s.origin in ('user', 'worker')
    and (s.visibility = 'workspace' or s.owner_id = ${userId}::uuid)`
  const plain = async (column: typeof visible) => {
    const rows = await store.$queryRaw<{ value: string; count: number }[]>(sql`
      select ${column} as value, count(*)::int as count from sessions s where ${visible}
      group by 1 order by 2 desc, ${column} collate "C"`)
    return { edges: rows.map(({ value, count }) => ({ node: { value }, count })) }
  }
  expect(answer.data.workspace.sessionFacets).toEqual({
    agents: await plain(sql`s.agent`),
    models: await plain(sql`s.model`),
  })
  expect(answer.data.workspace.sessions.totalCount).toBeGreaterThan(500)
})

test('seeding again skips what is there, more adds, and sessions of other origin are never mixed with', async () => {
  const settings = await emptyStoreSettings()
  const seed = (...args: string[]) => cli(['seed', '--workspace', 'load/main', ...args], settings)
  const stored = async () => {
    const { store, close } = await openConfiguredStore(readConfig({ LOG_LEVEL: 'silent', ...settings }))
    const found = await store.session.count().finally(close)
    return found
  }

  const first = await seed('--sessions', '300', '--key')
  expect(first).toMatchObject({ code: 0, stdout: expect.stringMatching(/^sgw_[\w-]{43}\n$/) })
  expect(first.stderr).toMatch(
    /^created 300, skipped 0 \(\d+ new messages, [\d.]+ s\)\nMade a key for seed\.ada/,
  )
  const again = await seed('--sessions', '500')
  expect(again).toMatchObject({ code: 0, stdout: '' })
  expect(again.stderr).toMatch(/^created 200, skipped 300 \(/)
  expect(await seed('--sessions', '300', '--seed', '2')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'load/main holds sessions that this seed did not make; name another workspace.\n',
  })
  expect(await stored()).toBe(500)
})

test.each([
  [['--sessions', '0', '--workspace', 'a/b'], 'whole number from 1 to 10000000'],
  [['--sessions', '1', '--workspace', 'a'], 'two slugs, such as load/main'],
  [['--sessions', '1', '--workspace', 'a/b', '--until', 'soon'], 'a day such as 2026-06-30'],
  [['--sessions', '1', '--workspace', 'a/b', '--shape', 'round'], 'typical, worst'],
  [
    ['--sessions', '1'],
    "Required option '--workspace <org/ws>' not specified; see session-gateway seed --help.",
  ],
])('%j is wrong usage, said in one sentence', async (args, sentence) => {
  const { code, stderr } = await cli(['seed', ...args])
  expect(code).toBe(2)
  expect(stderr).toContain(sentence)
  expect(stderr.trim().split('\n')).toHaveLength(1)
})

test('a slug that is none changes nothing', async () => {
  const settings = await emptyStoreSettings()
  const { code, stderr } = await cli(['seed', '--sessions', '1', '--workspace', 'A B/c'], settings)
  expect({ code, stderr }).toEqual({
    code: 2,
    stderr: expect.stringContaining('It takes two slugs, such as load/main.'),
  })
})
