import { beforeAll, describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { pruneAudit } from '../../src/domain/audit/prune.js'
import { type Member, type SeededWorkspace, seedWorkspace } from '../support/seed.js'

let world: SeededWorkspace
beforeAll(async () => {
  world = await seedWorkspace()
})

/** Adds entries of the workspace, or of none, all of one moment; gives how they are told apart, in the order of writing. */
async function addEntries(at: string, codes: string[], inWorkspace = true): Promise<void> {
  const { store, organizationId, workspaceId } = world
  for (const code of codes)
    await store.$executeRaw(sql`insert into audit_entries (organization_id, workspace_id, at, act, outcome, code, face)
      values (${organizationId}::uuid, ${inWorkspace ? workspaceId : null}::uuid, ${at}::timestamptz, 'create_session', 'refused', ${code}, 'cli')`)
}

async function codesOf(member: Member, variables: object): Promise<string[]> {
  const { data, errors } = await member.graphql(
    `query A($slug: String!, $filter: AuditFilter, $first: Int, $after: String) { organization(slug: $slug) {
      auditEntries(filter: $filter, first: $first, after: $after) { edges { node { code } } pageInfo { endCursor hasNextPage } } } }`,
    { slug: world.place.organization, ...variables },
  )
  expect(errors).toBeUndefined()
  const { edges, pageInfo } = data.organization.auditEntries
  const codes = edges.map(({ node }: { node: { code: string } }) => node.code)
  if (!('first' in variables) || !pageInfo.hasNextPage) return codes
  return [...codes, ...(await codesOf(member, { ...variables, after: pageInfo.endCursor }))]
}

test('entries of one moment come in the order of writing, the last first, also a page at a time', async () => {
  const at = '2026-01-02T03:04:05.000Z'
  const codes = ['a', 'b', 'c', 'd', 'e']
  await addEntries(at, codes)
  const filter = { until: '2026-01-02T03:04:06.000Z', since: at }
  expect(await codesOf(world.ana, { filter })).toEqual(codes.toReversed())
  expect(await codesOf(world.ana, { filter, first: 2 })).toEqual(codes.toReversed())
})

test('a span of time has its beginning and not its end', async () => {
  const [from, to] = ['2026-02-01T00:00:00.000Z', '2026-02-02T00:00:00.000Z']
  await addEntries(from, ['at the beginning'])
  await addEntries(to, ['at the end'])
  expect(await codesOf(world.ana, { filter: { since: from, until: to } })).toEqual(['at the beginning'])
})

test('what lies in no workspace is told to admins of the default one alone', async () => {
  const { store, organizationId, workspaceId } = world
  const filter = { since: '2026-03-01T00:00:00.000Z', until: '2026-03-02T00:00:00.000Z' }
  await addEntries('2026-03-01T00:00:00.000Z', ['nowhere'], false)
  expect(await codesOf(world.ana, { filter })).toEqual(['nowhere'])
  await store.workspace.update({
    where: { organizationId_id: { organizationId, id: workspaceId } },
    data: { isDefault: false },
  })
  expect(await codesOf(world.ana, { filter })).toEqual([])
})

describe('pruning', () => {
  const count = (code: string) =>
    world.store.auditEntry.count({ where: { organizationId: world.organizationId, code } })

  test('goes on until nothing old is left, and keeps everything where 0 days are said', async () => {
    const { store, organizationId } = world
    await store.$executeRaw(sql`insert into audit_entries (organization_id, at, act, outcome, code, face)
      select ${organizationId}::uuid, now() - make_interval(days => 500), 'create_session', 'refused', 'old', 'cli'
      from generate_series(1, 1001)`)
    await pruneAudit(store, 0)
    expect(await count('old')).toBe(1001)
    await pruneAudit(store, 400)
    expect(await count('old')).toBe(0)
  })
})
