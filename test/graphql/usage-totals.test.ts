import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { raw, sql } from '../../src/db/prisma.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const usages = fc.option(
  fc.record({
    inputTokens: fc.nat(2 ** 31 - 1),
    outputTokens: fc.oneof(fc.constant(0), fc.nat(5000)),
    cacheReadInputTokens: fc.nat(100_000),
    cacheCreationInputTokens: fc.nat(1000),
    costUsd: fc.option(fc.constantFrom(0, 0.1, 0.2, 1e-7, 1 / 3, 999_999.99), { freq: 4 }),
  }),
  { nil: undefined },
)

const steps = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      messages: fc.array(fc.record({ role: fc.constantFrom('USER', 'ASSISTANT'), usage: usages }), {
        minLength: 1,
        maxLength: 4,
      }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('compact' as const), seq: fc.nat(8), usage: usages }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewind' as const), seq: fc.nat(8) }) },
)

const append = `mutation Append($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }`
const compact = `mutation Compact($input: CompactTranscriptInput!) { compactTranscript(input: $input) { compactedCount } }`
const rewind = `mutation Rewind($input: RewindTranscriptInput!) { rewindTranscript(input: $input) { deletedCount } }`
const readUsage = `query Usage($organization: String!, $workspace: String!, $id: String!) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) { usage { totalTokens totalInputTokens totalOutputTokens totalCacheReadInputTokens totalCacheCreationInputTokens totalCostUsd } }
  }
}`

async function readStored({ store, organizationId }: SeededWorkspace, id: string) {
  const [row] = await store.$queryRaw<{ tokens: number; cost: number | null; exact: boolean }[]>(sql`
    select s.total_tokens::float8 as tokens, s.total_cost_usd::float8 as cost,
      s.priced_cost_usd = coalesce((select sum(m.cost_usd) from messages m
        where m.organization_id = s.organization_id and m.session_id = s.id), 0) as exact
    from sessions s where s.organization_id = ${organizationId}::uuid and s.id = ${id}::uuid`)
  return row
}

test('the stored totals equal the sums over the transcript after any appends, compactions and rewinds', async () => {
  const seeded = await seedWorkspace()
  const { bob, place } = seeded
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 6 }), async (sequence) => {
      const id = await saveSession(seeded, bob)
      for (const step of sequence) {
        const input = { ...place, id }
        // A step that is refused, as a rewind to no user message is, must change nothing either.
        if (step.kind === 'append') {
          const messages = step.messages.map((message) => ({ ...message, content: 'x' }))
          await bob.graphql(append, { input: { ...input, messages } })
        } else if (step.kind === 'compact') {
          const summary = { role: 'ASSISTANT', content: 'in short', usage: step.usage }
          await bob.graphql(compact, { input: { ...input, upToSeq: step.seq, summary } })
        } else await bob.graphql(rewind, { input: { ...input, fromSeq: step.seq } })
      }

      const answer = await bob.graphql(readUsage, { ...place, id })
      const { totalTokens, totalCostUsd, ...buckets } = answer.data.workspace.session.usage
      expect(await readStored(seeded, id)).toEqual({ tokens: totalTokens, cost: totalCostUsd, exact: true })
      expect(totalTokens).toBe(Object.values(buckets).reduce<number>((sum, count) => sum + Number(count), 0))
    }),
    { numRuns: 12 },
  )
})

test('the migration fills the totals of sessions that are there already', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId, bob, place } = seeded
  const usage = {
    inputTokens: 2 ** 31 - 1,
    outputTokens: 7,
    cacheReadInputTokens: 5,
    cacheCreationInputTokens: 3,
  }
  const priced = await saveSession(seeded, bob)
  const unpriced = await saveSession(seeded, bob)
  for (const [id, costUsd] of [
    [priced, 0.1],
    [unpriced, null],
  ]) {
    const message = { role: 'ASSISTANT', content: 'x' }
    const messages = [
      { ...message, usage: { ...usage, costUsd: 0.2 } },
      { ...message, usage: { ...usage, costUsd } },
      message,
    ]
    await bob.graphql(append, { input: { ...place, id, messages } })
  }
  const kept = [await readStored(seeded, priced), await readStored(seeded, unpriced)]
  await store.$executeRaw(sql`update sessions set total_tokens = 0, priced_cost_usd = 0, unpriced_count = 0
    where organization_id = ${organizationId}::uuid`)

  const script = await readFile('prisma/migrations/20261123030000_session_usage/migration.sql', 'utf8')
  const [fill] = /UPDATE "sessions"[^;]*/.exec(script) ?? []
  await store.$executeRaw(raw(fill ?? ''))

  expect([await readStored(seeded, priced), await readStored(seeded, unpriced)]).toEqual(kept)
  expect(kept).toEqual([
    { tokens: 2 * (2 ** 31 + 14), cost: 0.3, exact: true },
    { tokens: 2 * (2 ** 31 + 14), cost: null, exact: true },
  ])
})
