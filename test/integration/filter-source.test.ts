import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { sql } from '../../src/db/prisma.js'
import {
  columnsRead,
  covers,
  matching,
  type SessionFilter,
  type SessionScope,
} from '../../src/domain/session/filter.js'
import { countSessions } from '../../src/domain/session/list.js'
import { type FilterSource, sessionsSource } from '../../src/domain/session/source.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const nobody = '00000000-0000-0000-0000-000000000000'

/** Sessions counted by what the filters below read, private ones under their owner. */
const counts = sql`(select s.organization_id, s.workspace_id,
  case when s.visibility = 'workspace' then ${nobody}::uuid else s.owner_id end as audience,
  s.owner_id, s.origin, s.agent, s.model, s.archived_at is not null as archived, count(*)::int as count
  from sessions s group by 1, 2, 3, 4, 5, 6, 7, 8)`

const countsSource: FilterSource = {
  organizationId: sql`r.organization_id`,
  workspaceId: sql`r.workspace_id`,
  seenBy: (userId) => sql`r.audience = any(array[${nobody}, ${userId}]::uuid[])`,
  columns: {
    ownerId: sql`r.owner_id`,
    origin: sql`r.origin`,
    agent: sql`r.agent`,
    model: sql`r.model`,
    archived: sql`r.archived`,
  },
}

let seeded: SeededWorkspace

beforeAll(async () => {
  seeded = await seedWorkspace()
  const { bob, cat } = seeded
  const shapes = fc.record({
    agent: fc.constantFrom('coder', 'recon', null),
    model: fc.constantFrom('m-large', 'm-small'),
    origin: fc.constantFrom('USER', 'EVAL'),
    visibility: fc.constantFrom('PRIVATE', 'WORKSPACE'),
  })
  for (const [index, input] of fc.sample(shapes, { numRuns: 30, seed: 3 }).entries())
    await saveSession(seeded, index % 2 === 0 ? bob : cat, input)
})

test('a filter means the same on counts of sessions as on the sessions themselves', async () => {
  const { store, organizationId, workspaceId, ana, bob, cat } = seeded
  const filters: fc.Arbitrary<SessionFilter> = fc.record(
    {
      owners: fc.subarray([bob.userId, cat.userId]),
      agents: fc.subarray(['coder', 'recon', 'unknown']),
      models: fc.subarray(['m-large', 'm-small']),
      origins: fc.subarray(['user', 'eval'] as const),
      archived: fc.constantFrom('ACTIVE', 'ARCHIVED', 'ANY'),
      includeWorkload: fc.boolean(),
    },
    { requiredKeys: [] },
  )
  const viewers = fc.constantFrom(ana.userId, bob.userId, cat.userId, null)

  await fc.assert(
    fc.asyncProperty(filters, viewers, async (filter, userId) => {
      const scope: SessionScope = { organizationId, workspaceIds: [workspaceId], userId }
      const [row] = await store.$queryRaw<{ count: number }[]>(sql`
        select coalesce(sum(r.count), 0)::int as count from ${counts} r where ${matching(scope, filter, countsSource)}`)

      expect(covers(countsSource, filter)).toBe(true)
      expect(row?.count).toBe(await countSessions(store, scope, filter))
    }),
    { numRuns: 60 },
  )
})

test('a source covers only filters whose columns it offers, defaults included', () => {
  expect([...columnsRead({})].sort()).toEqual(['archived', 'origin'])
  expect([...columnsRead({ archived: 'ANY', includeWorkload: true, search: ' ', labels: [] })]).toEqual([])
  expect([...columnsRead({ archived: 'ANY', includeWorkload: true, search: 'x' })]).toEqual(['session'])
  expect(covers(countsSource, { projects: [] })).toBe(false)
  expect(covers(countsSource, { search: 'x' })).toBe(false)
  expect(covers(sessionsSource, { projects: [], search: 'x' })).toBe(true)
})

test('a filter does not compile against a source that does not cover it', () => {
  const scope: SessionScope = { organizationId: nobody, workspaceIds: [], userId: null }

  expect(() => matching(scope, { projects: [] }, countsSource)).toThrow('does not offer')
})
