import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

const count = `query C($organization: String!, $workspace: String!, $filter: SessionFilter) {
  workspace(organization: $organization, slug: $workspace) { sessions(filter: $filter) { totalCount } } }`

async function countMatches({ bob, place }: SeededWorkspace, filter: object) {
  const begun = performance.now()
  const { data, errors } = await bob.graphql(count, { ...place, filter })
  expect(errors).toBeUndefined()
  return { matches: data.workspace.sessions.totalCount as number, ms: performance.now() - begun }
}

/** Sessions with a label of 5,000 values and some of few, and with names of tools and models that answered likewise. */
async function seedListed(sessions: number): Promise<SeededWorkspace> {
  const seeded = await seedWorkspace()
  const { store, organizationId, workspaceId, bob } = seeded
  await store.$executeRawUnsafe(
    `insert into sessions (organization_id, id, workspace_id, owner_id, model, visibility, labels, tool_names, answering_models, created_at, updated_at)
     select $1::uuid, gen_random_uuid(), $2::uuid, $3::uuid, 'm', 'workspace',
       array['a:' || n % 5000, 'b:' || n % 7, 'c:' || n % 11, 'd:' || n % 13, 'e:' || n % 17],
       array['' || n % 5000, 'x', 'y', 'z'], array['' || n % 5000, 'x', 'y', 'z'], now(), now()
     from generate_series(0, ${sessions - 1}) n`,
    organizationId,
    workspaceId,
    bob.userId,
  )
  return seeded
}

const valuesTo = (most: number) => Array.from({ length: most }, (_, value) => `${value}`)

test('a filter by thousands of label values takes about as long as one by some, and finds the same', async () => {
  const seeded = await seedListed(8000)
  const unknown = Array.from({ length: 3000 }, () => randomUUID())
  const few = await countMatches(seeded, { labels: [{ key: 'b', values: ['1', '2'] }] })
  const many = await countMatches(seeded, { labels: [{ key: 'a', values: [...valuesTo(1000), ...unknown] }] })
  const both = await countMatches(seeded, {
    labels: [
      { key: 'a', values: valuesTo(2000) },
      { key: 'a', values: valuesTo(17) },
      { key: 'b', values: ['1'] },
    ],
  })
  expect(few.matches).toBe(2 * Math.ceil(8000 / 7))
  expect(many.matches).toBe(2000)
  expect(both.matches).toBe(
    Array.from({ length: 8000 }, (_, n) => n).filter((n) => n % 5000 < 17 && n % 7 === 1).length,
  )
  expect(many.ms).toBeLessThan(10 * few.ms + 500)
})

test.each(['toolNames', 'answeringModels'])('so does one by thousands of %s', async (member) => {
  const seeded = await seedListed(8000)
  const unknown = Array.from({ length: 3990 }, () => randomUUID())
  const few = await countMatches(seeded, { [member]: valuesTo(2) })
  const many = await countMatches(seeded, { [member]: [...unknown, '__proto__', ...valuesTo(1000)] })
  expect(few.matches).toBe(4)
  expect(many.matches).toBe(2000)
  expect(many.ms).toBeLessThan(10 * few.ms + 500)
})

test('a filter by thousands of labels is planned at once', async () => {
  const seeded = await seedWorkspace()
  const labels = Array.from({ length: 2400 }, (_, key) => ({ key: `k${key}`, values: ['v'] }))
  const { matches, ms } = await countMatches(seeded, { labels })
  expect(matches).toBe(0)
  expect(ms).toBeLessThan(2000)
})
