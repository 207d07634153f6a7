import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const query = `query Trajectory($organization: String!, $workspace: String!, $id: String!, $format: TrajectoryFormat!, $includeCompacted: Boolean!, $first: PositiveInt!, $after: String) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) {
      trajectory(format: $format, includeCompacted: $includeCompacted, first: $first, after: $after) {
        items document endCursor hasNextPage
      }
    }
  }
}`

interface Export {
  items: any[]
  document: any
}

async function exportAs(
  member: Member,
  { place }: SeededWorkspace,
  id: string,
  { format = 'ATIF', includeCompacted = false, first = 500 } = {},
): Promise<Export> {
  const items: any[] = []
  let after: string | null = null
  for (;;) {
    const answer: any = await member.graphql(query, { ...place, id, format, includeCompacted, first, after })
    if (answer.errors) throw new Error(JSON.stringify(answer.errors))
    const page: any = answer.data.workspace.session.trajectory
    items.push(...page.items)
    if (!page.hasNextPage) return { items, document: page.document }
    expect(page.document).toBeNull()
    after = page.endCursor
  }
}

const mutate = (name: string, input: string, selection: string) =>
  `mutation M($input: ${input}!) { ${name}(input: $input) { ${selection} } }`
const appending = mutate('appendTranscript', 'AppendTranscriptInput', 'lastSeq')
const compacting = mutate('compactTranscript', 'CompactTranscriptInput', 'summarySeq compactedCount')
const rewinding = mutate(
  'rewindTranscript',
  'RewindTranscriptInput',
  'deletedCount restoredContent targetSeq session { previewText }',
)

async function call(member: Member, { place }: SeededWorkspace, document: string, input: object) {
  const { data, errors } = await member.graphql(document, { input: { ...place, ...input } })
  if (errors)
    throw new Error(
      `${errors[0]!.extensions.code} ${JSON.stringify(errors[0]!.extensions.issues?.[0]?.path)}`,
    )
  return Object.values(data)[0] as any
}

describe('a transcript that was compacted and rewound', () => {
  test('follows vectors 71 to 81, 85 and 86', async () => {
    const seeded = await seedWorkspace()
    const { bob } = seeded
    const id = await saveSession(seeded, bob)
    const usage = { inputTokens: 10, outputTokens: 5, cacheReadInputTokens: 2, costUsd: 0.01 }
    const messages = [
      { id: randomUUID(), role: 'USER', content: 'hello' },
      {
        id: randomUUID(),
        role: 'ASSISTANT',
        content: '',
        toolCalls: [{ id: 'c', name: 'ls', arguments: 'nonsense' }],
        usage,
      },
      { id: randomUUID(), role: 'USER', content: 'again' },
    ]
    await call(bob, seeded, appending, { id, messages, context: { model: 'm', systemPrompt: 'p' } })
    const summary = { role: 'USER', content: 'sum', id: randomUUID() }
    expect(await call(bob, seeded, compacting, { id, upToSeq: 1, summary })).toEqual({
      summarySeq: 3,
      compactedCount: 2,
    })
    expect(await call(bob, seeded, compacting, { id, upToSeq: 1, summary })).toEqual({
      summarySeq: 3,
      compactedCount: 0,
    })
    for (const fromSeq of [0, 3, 99])
      await expect(call(bob, seeded, rewinding, { id, fromSeq })).rejects.toThrow('INVALID_INPUT ["fromSeq"]')
    expect(await call(bob, seeded, rewinding, { id, fromSeq: 2 })).toEqual({
      deletedCount: 1,
      restoredContent: 'again',
      targetSeq: 2,
      session: { previewText: 'hello' },
    })
    const costless = [{ role: 'ASSISTANT', content: 'done', usage: { outputTokens: 3 } }]
    expect(await call(bob, seeded, appending, { id, messages: costless })).toEqual({ lastSeq: 4 })
    for (const upToSeq of [9, 1])
      await expect(
        call(bob, seeded, compacting, {
          id,
          upToSeq: upToSeq === 1 ? 0 : 9,
          summary: { role: 'USER', content: 's' },
        }),
      ).rejects.toThrow('INVALID_INPUT ["upToSeq"]')

    const { items, document } = await exportAs(bob, seeded, id)
    expect(items.map(({ step_id, source, message }) => [step_id, source, message])).toEqual([
      [1, 'system', 'p'],
      [2, 'system', 'Context compaction'],
      [3, 'agent', 'done'],
    ])
    expect(items[1].extra.context_management).toEqual({ type: 'compaction', boundary: 'replace' })
    expect(document.final_metrics).toEqual({
      total_prompt_tokens: 0,
      total_completion_tokens: 3,
      total_cached_tokens: 0,
      total_steps: 3,
    })
    const chat = await exportAs(bob, seeded, id, { format: 'CHAT', includeCompacted: true })
    expect(chat.items.map(({ role, content }) => [role, content])).toEqual([
      ['system', 'p'],
      ['user', 'hello'],
      ['assistant', null],
      ['user', 'sum'],
      ['assistant', 'done'],
    ])
    const whole = await exportAs(bob, seeded, id, { includeCompacted: true })
    expect(whole.items[2].tool_calls).toEqual([
      { tool_call_id: 'c', function_name: 'ls', arguments: {}, extra: { raw_arguments: 'nonsense' } },
    ])
    expect(whole.items[2].metrics).toEqual({
      prompt_tokens: 12,
      completion_tokens: 5,
      cached_tokens: 2,
      cost_usd: 0.01,
    })
  })

  test('an empty one is one empty system step', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob, { model: '' })
    const { items, document } = await exportAs(seeded.bob, seeded, id)
    expect(items).toMatchObject([{ step_id: 1, source: 'system', message: '', extra: { empty: true } }])
    expect(document.agent).toEqual({ name: 'unknown', version: 'unknown' })
  })
})

/** Rows as the law of contract 7 attaches them, said once more and slowly. */
function attach(rows: { role: string; toolCalls?: { id: string }[]; toolCallId?: string }[]) {
  return rows.map((row, index) => {
    if (row.role !== 'TOOL') return null
    const earlier = rows
      .slice(0, index)
      .map((one, at) => ({ ...one, at }))
      .filter(({ role }) => role === 'ASSISTANT')
    const caller = earlier.findLast(({ toolCalls }) => toolCalls?.some(({ id }) => id === row.toolCallId))
    return caller ? { at: caller.at, call: row.toolCallId } : { at: earlier.at(-1)?.at ?? null }
  })
}

const callIds = ['a', 'b', 'c']
const rowShapes = fc.oneof(
  fc.record({ role: fc.constant('USER'), content: fc.constantFrom('u', '') }),
  fc.record({
    role: fc.constant('ASSISTANT'),
    content: fc.constantFrom('x', ''),
    toolCalls: fc.subarray(callIds).map((ids) => ids.map((id) => ({ id, name: 'f', arguments: '{}' }))),
  }),
  fc.record({
    role: fc.constant('TOOL'),
    content: fc.constant('r'),
    toolCallId: fc.constantFrom(...callIds, 'unknown'),
  }),
)

describe('an ATIF trajectory', () => {
  test('holds every row once, its tool results where the law puts them, whatever the page length', async () => {
    const seeded = await seedWorkspace()
    await fc.assert(
      fc.asyncProperty(
        fc.array(rowShapes, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: 1, max: 5 }),
        async (rows, first) => {
          const id = await saveSession(seeded, seeded.bob)
          await call(seeded.bob, seeded, appending, { id, messages: rows })
          const { items, document } = await exportAs(seeded.bob, seeded, id, { first })
          expect(items.map(({ step_id }) => step_id)).toEqual(items.map((_, index) => index + 1))
          expect(document.final_metrics.total_steps).toBe(items.length)

          const targets = attach(rows)
          const expected = rows.flatMap((row: any, seq) => {
            if (row.role === 'TOOL' && targets[seq]!.at !== null) return []
            const results = targets.flatMap((target) =>
              target?.at === seq
                ? [{ ...('call' in target ? { source_call_id: target.call } : {}), content: 'r' }]
                : [],
            )
            const source = { USER: 'user', ASSISTANT: 'agent', TOOL: 'system' }[row.role as string]
            return [{ seq, source, results: row.role === 'TOOL' ? [{ content: 'r' }] : results }]
          })
          expect(
            items.map(({ extra, source, observation }) => ({
              seq: extra.seq,
              source,
              results: observation?.results ?? [],
            })),
          ).toEqual(expected)
        },
      ),
      { numRuns: 40 },
    )
  })
})

test('a page of a long transcript whose calls have the same ids again and again comes in time', async () => {
  const seeded = await seedWorkspace()
  const { bob } = seeded
  const id = await saveSession(seeded, bob)
  const exchange = (callId: string) => [
    { role: 'ASSISTANT', content: '', toolCalls: [{ id: callId, name: 'ls', arguments: '{}' }] },
    { role: 'TOOL', toolCallId: callId, content: 'x' },
  ]
  for (let call = 0; call < 3000; call += 250) {
    const messages = Array.from({ length: 250 }, (_, n) => exchange(`call-${(call + n) % 50}`)).flat()
    await bob.graphql(appending, { input: { ...seeded.place, id, messages } })
  }

  const variables = { ...seeded.place, id, format: 'ATIF', includeCompacted: false, first: 500, after: null }
  const { data, errors }: any = await bob.graphql(query, variables)

  expect(errors).toBeUndefined()
  const { items, hasNextPage } = data.workspace.session.trajectory
  expect([items.length, hasNextPage]).toEqual([500, true])
  for (const { observation } of items) expect(observation.results).toHaveLength(1)
})
