import { readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { raw, sql } from '../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { countColumns } from '../../src/domain/transcript/counts.js'
import { keyScopes } from '../../src/domain/viewer.js'
import { ask, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

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

/** Times that imported rows tell, in no order, beside those that the gateway tells. */
const times = fc.option(
  fc.constantFrom(1, 5, 3, 5, 2, 4).map((day) => `2026-03-0${day}T10:00:00.000Z`),
  { nil: undefined },
)

const messages = fc.oneof(
  fc.record({ role: fc.constant('USER'), usage: usages, createdAt: times }),
  fc.record({
    role: fc.constant('ASSISTANT'),
    createdAt: times,
    usage: usages,
    toolCalls: fc.option(
      fc.array(
        fc.record({
          id: fc.constantFrom('c1', 'c2'),
          name: fc.constantFrom('read', 'write', 'Zebra', 'ünï', ''),
          arguments: fc.constant('{}'),
        }),
        { maxLength: 3 },
      ),
      { nil: undefined },
    ),
  }),
  fc.record({
    role: fc.constant('TOOL'),
    createdAt: times,
    toolCallId: fc.constant('c1'),
    isError: fc.constantFrom(true, false, null),
  }),
)

const steps = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('append' as const),
      messages: fc.array(messages, { minLength: 1, maxLength: 4 }),
      context: fc.option(
        fc.record({
          model: fc.constantFrom('m-large', 'm-small', 'a-model', ''),
          systemPrompt: fc.constantFrom('p', 'q'),
        }),
        { nil: undefined },
      ),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('compact' as const),
      seq: fc.nat(8),
      usage: usages,
      createdAt: times,
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('rewind' as const), seq: fc.nat(8) }) },
)

const append = `mutation Append($input: AppendTranscriptInput!) { appendTranscript(input: $input) { appendedCount } }`
const compact = `mutation Compact($input: CompactTranscriptInput!) { compactTranscript(input: $input) { compactedCount } }`
const rewind = `mutation Rewind($input: RewindTranscriptInput!) { rewindTranscript(input: $input) { deletedCount } }`
const read = `query Counts($organization: String!, $workspace: String!, $id: String!) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) {
      messageCount lastMessageAt startedAt durationMs answeringModels toolNames failedCallCount
      usage {
        totalTokens totalInputTokens totalOutputTokens totalCacheReadInputTokens totalCacheCreationInputTokens
        totalToolCallCount totalCostUsd totalMessageCount lastGenerationInputTokens compactionCount currentMessageCount
        currentInputTokens currentOutputTokens currentCacheReadInputTokens currentCacheCreationInputTokens
        currentToolCallCount currentCostUsd
      }
      transcript(first: 100, includeCompacted: true, bySeq: true) {
        edges { node {
          role isSummary compactedAt createdAt model isError toolCalls { name }
          usage { inputTokens outputTokens cacheReadInputTokens cacheCreationInputTokens costUsd }
        } }
      }
    }
  }
}`

interface Row {
  role: string
  isSummary: boolean
  compactedAt: string | null
  createdAt: string
  model: string | null
  isError: boolean | null
  toolCalls: { name: string }[] | null
  usage: {
    inputTokens: number
    outputTokens: number
    cacheReadInputTokens: number
    cacheCreationInputTokens: number
    costUsd: number | null
  } | null
}

const sum = (numbers: number[]) => numbers.reduce((total, number) => total + number, 0)

/** The contract's usage (2.2) of these rows, added up one by one. */
function usageOf(rows: Row[]) {
  const of = (some: Row[]) => {
    const used = some.flatMap(({ usage }) => usage ?? [])
    const unknown = used.some(({ outputTokens, costUsd }) => outputTokens > 0 && costUsd === null)
    return {
      input: sum(used.map(({ inputTokens }) => inputTokens)),
      output: sum(used.map(({ outputTokens }) => outputTokens)),
      read: sum(used.map(({ cacheReadInputTokens }) => cacheReadInputTokens)),
      creation: sum(used.map(({ cacheCreationInputTokens }) => cacheCreationInputTokens)),
      cost: unknown ? null : expect.closeTo(sum(used.map(({ costUsd }) => costUsd ?? 0)), 6),
      calls: sum(some.map(({ role, toolCalls }) => (role === 'ASSISTANT' ? (toolCalls?.length ?? 0) : 0))),
    }
  }
  const [all, current] = [of(rows), of(rows.filter(({ compactedAt }) => compactedAt === null))]
  const newest = rows.findLast(({ role, usage }) => role === 'ASSISTANT' && usage !== null)?.usage
  return {
    totalTokens: all.input + all.output + all.read + all.creation,
    totalInputTokens: all.input,
    totalOutputTokens: all.output,
    totalCacheReadInputTokens: all.read,
    totalCacheCreationInputTokens: all.creation,
    totalToolCallCount: all.calls,
    totalCostUsd: all.cost,
    totalMessageCount: rows.length,
    lastGenerationInputTokens: newest
      ? newest.inputTokens + newest.cacheReadInputTokens + newest.cacheCreationInputTokens
      : null,
    compactionCount: rows.filter(({ isSummary }) => isSummary).length,
    currentMessageCount: rows.filter(({ compactedAt }) => compactedAt === null).length,
    currentInputTokens: current.input,
    currentOutputTokens: current.output,
    currentCacheReadInputTokens: current.read,
    currentCacheCreationInputTokens: current.creation,
    currentToolCallCount: current.calls,
    currentCostUsd: current.cost,
  }
}

const byCodePoints = (names: Iterable<string | null>) =>
  [...new Set(names)]
    .filter((name) => name !== null && name !== '')
    .sort((a, b) => Buffer.compare(Buffer.from(a ?? ''), Buffer.from(b ?? '')))

/** What else the session's row says of these rows. */
function factsOf(rows: Row[]) {
  const times = rows.map(({ createdAt }) => createdAt).sort()
  const answers = rows.filter(({ role }) => role === 'ASSISTANT')
  const [first, last] = [times.at(0), times.at(-1)]
  return {
    answeringModels: byCodePoints(answers.map(({ model }) => model)),
    toolNames: byCodePoints(answers.flatMap(({ toolCalls }) => (toolCalls ?? []).map(({ name }) => name))),
    failedCallCount: rows.filter(({ role, isError }) => role === 'TOOL' && isError).length,
    startedAt: first ?? null,
    durationMs: rows.length < 2 ? null : Date.parse(last ?? '') - Date.parse(first ?? ''),
    lastMessageAt:
      rows
        .filter(({ isSummary }) => !isSummary)
        .map(({ createdAt }) => createdAt)
        .sort()
        .at(-1) ?? null,
  }
}

/** Every stored count of a session, exactly, as text. */
async function readCounts({ store, organizationId }: SeededWorkspace, ids: readonly string[]) {
  return store.$queryRaw<unknown[]>(sql`
    select ${raw(countColumns.map((name) => `s.${name}::text`).join(', '))}, s.total_tokens::text, s.total_cost_usd::text
    from sessions s where s.organization_id = ${organizationId}::uuid and s.id = any(${[...ids]}::uuid[]) order by s.id`)
}

type Step = typeof steps extends fc.Arbitrary<infer Value> ? Value : never

/** Runs the steps on a new session of bob; a step that is refused must change nothing. Gives the session's id. */
async function run(seeded: SeededWorkspace, sequence: readonly Step[]): Promise<string> {
  const { bob, place, store, organizationId, yoga } = seeded
  const id = await saveSession(seeded, bob)
  const key = generateSecret()
  await createApiKey(
    store,
    { organizationId, userId: bob.userId, name: 'importer', scopes: [...keyScopes] },
    key,
  )
  for (const step of sequence) {
    const input = { ...place, id }
    if (step.kind === 'append') {
      const sent = step.messages.map((message) => ({ ...message, content: 'x' }))
      await ask(yoga, key, append, { input: { ...input, messages: sent, context: step.context } })
    } else if (step.kind === 'compact') {
      const summary = { role: 'ASSISTANT', content: 'in short', usage: step.usage, createdAt: step.createdAt }
      await ask(yoga, key, compact, { input: { ...input, upToSeq: step.seq, summary } })
    } else await bob.graphql(rewind, { input: { ...input, fromSeq: step.seq } })
  }
  return id
}

test('what a session’s row says of its transcript equals the transcript after any appends, compactions and rewinds', async () => {
  const seeded = await seedWorkspace()
  await fc.assert(
    fc.asyncProperty(fc.array(steps, { minLength: 1, maxLength: 7 }), async (sequence) => {
      const id = await run(seeded, sequence)
      const answer = await seeded.bob.graphql(read, { ...seeded.place, id })
      const { usage, messageCount, transcript, ...facts } = answer.data.workspace.session
      const rows = transcript.edges.map(({ node }: { node: Row }) => node)
      expect(usage).toEqual(usageOf(rows))
      expect(messageCount).toBe(usage.currentMessageCount)
      expect(facts).toEqual(factsOf(rows))
    }),
    { numRuns: 25 },
  )
})

test('the migration fills what rows say of transcripts that are there already, exactly', async () => {
  const seeded = await seedWorkspace()
  const { store, organizationId } = seeded
  const ids: string[] = [await saveSession(seeded, seeded.bob)]
  for (const sequence of fc.sample(fc.array(steps, { minLength: 2, maxLength: 6 }), { numRuns: 12, seed: 7 }))
    ids.push(await run(seeded, sequence))
  const kept = await readCounts(seeded, ids)
  // What old stores have stays, and whether calls failed they do not know; the rest is as the migration adds it.
  const older = ['priced_cost_usd', 'unpriced_count', 'last_message_at', 'failed_call_count']
  const fresh = countColumns.filter((name) => !older.includes(name))
  await store.$executeRaw(sql`update sessions set ${raw(fresh.map((name) => `${name} = default`).join(', '))}
    where organization_id = ${organizationId}::uuid`)
  expect(await readCounts(seeded, ids)).not.toEqual(kept)

  const script = await readFile('prisma/migrations/20261129010000_session_counts/migration.sql', 'utf8')
  const [fill] = /UPDATE "sessions" s[^;]*/.exec(script) ?? []
  await store.$executeRaw(raw(fill ?? ''))

  expect(await readCounts(seeded, ids)).toEqual(kept)
})

test('only the result of a call says whether it failed', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob)
  const send = async (role: string, isError: boolean | null) => {
    const messages = [{ role, content: 'x', isError }]
    const { errors } = await seeded.bob.graphql(append, { input: { ...seeded.place, id, messages } })
    return errors?.[0]?.extensions.issues
  }
  expect(await send('ASSISTANT', false)).toEqual([
    { path: ['messages', 0, 'isError'], message: 'Only a message of role TOOL takes it' },
  ])
  expect(await send('ASSISTANT', null)).toBeUndefined()
  expect(await send('TOOL', true)).toBeUndefined()
})

test('the client’s counter and the transcript are two: the greater is shown, and each moves alone', async () => {
  const seeded = await seedWorkspace()
  const { bob, place } = seeded
  const id = await saveSession(seeded, bob)
  const show = async () => {
    const { data } = await bob.graphql(read, { ...place, id })
    return data.workspace.session.messageCount
  }
  const save = (messageCount: number) =>
    bob.graphql(
      `mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { outcome session { messageCount updatedAt } } }`,
      { input: { ...place, id, model: 'm', messageCount } },
    )
  await save(0)
  const user = { role: 'USER', content: 'x' }
  await bob.graphql(append, { input: { ...place, id, messages: [user, user, user] } })
  expect(await show()).toBe(3)

  const [before, again] = [await save(0), await save(0)]
  expect(again.data.saveSession).toMatchObject({
    outcome: 'UNCHANGED',
    session: { messageCount: 3, updatedAt: before.data.saveSession.session.updatedAt },
  })

  await save(7)
  expect(await show()).toBe(7)
  await save(1)
  expect(await show()).toBe(3)
  await bob.graphql(compact, { input: { ...place, id, upToSeq: 1, summary: user } })
  expect(await show()).toBe(2)
  await bob.graphql(rewind, { input: { ...place, id, fromSeq: 2 } })
  expect(await show()).toBe(1)
})

test('a filter and an order by message count mean the number that is shown', async () => {
  const seeded = await seedWorkspace()
  const { bob, place } = seeded
  const user = { role: 'USER', content: 'x' }
  const [none, two, sent] = [
    await saveSession(seeded, bob),
    await saveSession(seeded, bob),
    await saveSession(seeded, bob, { messageCount: 5 }),
  ]
  await bob.graphql(append, { input: { ...place, id: two, messages: [user, user] } })
  const list = async (filter: object) => {
    const { data } = await bob.graphql(
      `query List($organization: String!, $workspace: String!, $filter: SessionFilter) {
        workspace(organization: $organization, slug: $workspace) {
          sessions(filter: $filter, orderBy: { field: MESSAGE_COUNT, direction: DESC }) { edges { node { uuid } } } } }`,
      { ...place, filter },
    )
    return data.workspace.sessions.edges.map(({ node }: { node: { uuid: string } }) => node.uuid)
  }
  expect(await list({})).toEqual([sent, two, none])
  expect(await list({ messageCount: { min: 2, max: 4 } })).toEqual([two])
})
