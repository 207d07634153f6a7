import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { quietly } from '../support/rest-client.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const append = `mutation Append($input: AppendTranscriptInput!) {
  appendTranscript(input: $input) { lastSeq appendedCount session { messageCount lastMessageAt updatedAt previewText } } }`

const read = `query Read($organization: String!, $workspace: String!, $id: String!, $first: Int, $after: String, $last: Int, $before: String, $afterSeq: NonNegativeInt) {
  workspace(organization: $organization, slug: $workspace) {
    session(id: $id) {
      currentSystemPrompt
      usage { totalMessageCount totalInputTokens totalCostUsd lastGenerationInputTokens }
      transcript(first: $first, after: $after, last: $last, before: $before, afterSeq: $afterSeq) {
        edges { node { uuid seq role content agent model parentId toolCallId toolCalls { callId name arguments } metadata usage { inputTokens outputTokens cacheReadInputTokens cacheCreationInputTokens costUsd } } }
        pageInfo { hasNextPage hasPreviousPage endCursor startCursor }
      }
    }
  }
}`

async function appendAs(
  member: Member,
  seeded: SeededWorkspace,
  id: string,
  messages: unknown[],
  context?: unknown,
) {
  return member.graphql(append, { input: { ...seeded.place, id, messages, context } })
}

async function readAs(
  member: Member,
  seeded: SeededWorkspace,
  id: string,
  page: Record<string, unknown> = {},
) {
  const answer = await member.graphql(read, { ...seeded.place, id, ...page })
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data.workspace.session
}

/** An object of this many levels. */
const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) })

const calls = (count: number, id = 'c') =>
  Array.from({ length: count }, () => ({ id, name: 'ls', arguments: '{}' }))

const user = (content: string) => ({ id: randomUUID(), role: 'USER', content })

describe('appendTranscript', () => {
  test('many writers at once lose, duplicate and interleave nothing', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const batches = Array.from({ length: 12 }, (_, writer) =>
      Array.from({ length: 5 }, (_, index) => user(`${writer}.${index}`)),
    )
    const contextOf = (writer: number) => ({ model: `m${writer % 3}` })
    // Every batch is sent twice, as a client that lost the answer does.
    const answers = await Promise.all(
      [...batches.entries(), ...batches.entries()].map(([writer, batch]) =>
        appendAs(seeded.bob, seeded, id, batch, contextOf(writer)),
      ),
    )

    const counts = answers.map(({ data }) => data.appendTranscript.appendedCount)
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(60)
    const { edges } = (await readAs(seeded.bob, seeded, id, { first: 100 })).transcript
    expect(edges.map(({ node }: any) => node.seq)).toEqual(Array.from({ length: 60 }, (_, seq) => seq))
    const contents = edges.map(({ node }: any) => node.content)
    for (const batch of batches) {
      const start = contents.indexOf(batch[0]!.content)
      expect(contents.slice(start, start + 5)).toEqual(batch.map(({ content }) => content))
    }
    for (const { node } of edges) expect(node.model).toBe(contextOf(Number.parseInt(node.content, 10)).model)
  })

  test('adds nothing to a session once it is frozen, however many are on their way', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const count = async () => (await readAs(seeded.bob, seeded, id)).usage.totalMessageCount
    const appendOften = async (writer: number) => {
      for (let sent = 0; sent < 8; sent++) await appendAs(seeded.bob, seeded, id, [user(`${writer}.${sent}`)])
    }
    const writing = Promise.all([1, 2, 3, 4].map(appendOften))
    await appendAs(seeded.bob, seeded, id, [user('before')])
    const freeze =
      'mutation F($input: FreezeSessionInput!) { freezeSession(input: $input) { session { uuid } } }'
    await seeded.bob.graphql(freeze, { input: { ...seeded.place, id } })
    const frozenAt = await count()
    await writing
    expect(await count()).toBe(frozenAt)
  })

  test('gives back every field as it came', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const messages = [
      { id: randomUUID(), role: 'SYSTEM', content: '' },
      { id: randomUUID(), role: 'USER', content: 'ünï\n\t😀', metadata: { deep: [{ a: null, n: 1.5 }] } },
      {
        id: randomUUID(),
        role: 'ASSISTANT',
        content: '',
        parentId: randomUUID(),
        toolCalls: [{ id: 'c1', name: 'ls', arguments: '{"path": "." }' }],
        usage: {
          inputTokens: 10,
          outputTokens: 5,
          cacheReadInputTokens: 2,
          cacheCreationInputTokens: 0,
          costUsd: 0.0123456789,
        },
      },
      { id: randomUUID(), role: 'TOOL', content: 'a.txt', toolCallId: 'c1' },
    ]
    await appendAs(seeded.bob, seeded, id, messages, {
      model: 'm',
      agent: 'coder',
      systemPrompt: 'Be exact.',
    })

    const session = await readAs(seeded.bob, seeded, id)
    const stored = session.transcript.edges.map(({ node: { uuid, seq: _, toolCalls, ...node } }: any) => ({
      ...node,
      id: uuid,
      toolCalls: toolCalls?.map(({ callId, ...call }: any) => ({ id: callId, ...call })) ?? null,
    }))
    const empty = { parentId: null, toolCallId: null, toolCalls: null, metadata: null, usage: null }
    expect(stored).toEqual(messages.map((message) => ({ ...empty, agent: 'coder', model: 'm', ...message })))
    expect(session.currentSystemPrompt).toBe('Be exact.')
    expect(session.usage).toEqual({
      totalMessageCount: 4,
      totalInputTokens: 10,
      totalCostUsd: 0.0123456789,
      lastGenerationInputTokens: 12,
    })
  })

  test('is refused to everyone but the owner, and on a frozen session, and changes nothing', async () => {
    const seeded = await seedWorkspace()
    const shared = await saveSession(seeded, seeded.bob, { visibility: 'WORKSPACE' })
    const refusals = [
      [seeded.cat, 'FORBIDDEN'],
      [seeded.ana, 'FORBIDDEN'],
      [seeded.dan, 'FORBIDDEN'],
      [seeded.eve, 'NOT_FOUND'],
    ] as const
    for (const [member, code] of refusals)
      expect((await appendAs(member, seeded, shared, [user('x')])).errors?.[0]?.extensions.code).toBe(code)
    const freeze =
      'mutation F($input: FreezeSessionInput!) { freezeSession(input: $input) { session { frozenBy } } }'
    await seeded.bob.graphql(freeze, { input: { ...seeded.place, id: shared } })
    const frozen = await appendAs(seeded.bob, seeded, shared, [user('x')])

    expect(frozen.errors?.[0]).toMatchObject({
      message: 'The session is frozen',
      extensions: { code: 'CONFLICT' },
    })
    expect((await readAs(seeded.bob, seeded, shared)).usage.totalMessageCount).toBe(0)
  })

  test('puts rows under the context in force, of which absent members carry over and null clears', async () => {
    const seeded = await seedWorkspace()
    const member = fc.option(fc.constantFrom('a', 'b', null), { nil: undefined })
    const contexts = fc.option(
      fc.record({ model: fc.constantFrom('m', 'n'), agent: member, systemPrompt: member }),
    )
    await fc.assert(
      fc.asyncProperty(fc.array(contexts, { minLength: 1, maxLength: 6 }), async (sent) => {
        const id = await saveSession(seeded, seeded.bob)
        const inForce: { model?: string; agent?: string | null; systemPrompt?: string | null }[] = []
        for (const context of sent) {
          const given = Object.entries(context ?? {}).filter(([, value]) => value !== undefined)
          inForce.push({ ...inForce.at(-1), ...Object.fromEntries(given) })
          await appendAs(seeded.bob, seeded, id, [user('x')], context && Object.fromEntries(given))
        }
        const session = await readAs(seeded.bob, seeded, id, { first: 10 })
        expect(
          session.transcript.edges.map(({ node }: any) => ({ model: node.model, agent: node.agent })),
        ).toEqual(inForce.map(({ model, agent }) => ({ model: model ?? null, agent: agent ?? null })))
        expect(session.currentSystemPrompt).toBe(inForce.at(-1)?.systemPrompt ?? null)
        const segments = inForce.map(({ model, agent, systemPrompt }) =>
          JSON.stringify(model && [model, agent ?? null, systemPrompt ?? null]),
        )
        const opened = segments.filter((one, at) => one !== undefined && one !== segments[at - 1])
        expect(await seeded.store.segment.count({ where: { sessionId: id } })).toBe(opened.length)
      }),
      { numRuns: 25 },
    )
  })

  test('leaves nothing when the store refuses it, and the next one goes on where the last ended', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    await appendAs(seeded.bob, seeded, id, [user('first')])
    const setTokens = (tokens: bigint) =>
      seeded.store.$executeRaw(sql`update sessions set total_input_tokens = ${tokens} where id = ${id}::uuid`)
    await setTokens(2n ** 63n - 1n)
    const refused = [
      { ...user('beyond'), toolCallId: 'c', usage: { inputTokens: 1 } },
      { ...user('with it') },
    ]
    const { errors } = await quietly(() => appendAs(seeded.bob, seeded, id, refused, { model: 'm' }))
    expect(errors?.[0]?.extensions.code).toBe('INTERNAL_SERVER_ERROR')
    expect(await seeded.store.segment.count({ where: { sessionId: id } })).toBe(0)
    await setTokens(0n)

    const { data } = await appendAs(seeded.bob, seeded, id, [user('second'), ...refused])
    expect(data.appendTranscript).toMatchObject({ lastSeq: 3, appendedCount: 3 })
  })

  test('refuses a message that breaks a rule, naming it, and keeps none of the request', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    const bad = [
      [[], ['messages']],
      [Array.from({ length: 501 }, () => user('x')), ['messages']],
      [
        [user('fine'), { role: 'USER', metadata: nested(201) }],
        ['messages', 1, 'metadata'],
      ],
      [[{ role: 'TOOL', toolCallId: 'a\u0000b' }], ['messages', 0, 'toolCallId']],
      [[{ role: 'ASSISTANT', toolCalls: calls(1001) }], ['messages', 0, 'toolCalls']],
      [[{ role: 'ASSISTANT', toolCalls: calls(1, 'x'.repeat(257)) }], ['messages', 0, 'toolCalls', 0, 'id']],
      [[{ role: 'ASSISTANT', usage: { outputTokens: 2 ** 31 } }], ['messages', 0, 'usage', 'outputTokens']],
      [[{ role: 'ASSISTANT', usage: { costUsd: -1 } }], ['messages', 0, 'usage', 'costUsd']],
    ] as const
    for (const [messages, path] of bad) {
      const { errors } = await appendAs(seeded.bob, seeded, id, [...messages])
      expect(errors?.[0]?.extensions).toMatchObject({ code: 'INVALID_INPUT', issues: [{ path }] })
    }
    expect((await readAs(seeded.bob, seeded, id)).usage.totalMessageCount).toBe(0)
  })
})

test('nothing that a message says refuses it: neither length, levels up to 200, U+0000 nor lone surrogates', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob)
  const many = Object.fromEntries(Array.from({ length: 110_000 }, (_, index) => [`k${index}`, index]))
  const { data } = await appendAs(seeded.bob, seeded, id, [
    { role: 'USER', content: `a\u0000b\ud800${'x'.repeat(1_048_577)}`, metadata: nested(200) },
    { role: 'ASSISTANT', toolCalls: [{ id: 'c', name: 'n\udfff', arguments: '"\u0000"' }], metadata: many },
    { role: 'ASSISTANT', toolCalls: calls(1000), metadata: { 'k\u0000': ['\ud800', 'whole \u{1f600}'] } },
  ])
  expect(data.appendTranscript).toMatchObject({ appendedCount: 3 })
  expect(data.appendTranscript.session.previewText).toBe(`a\ufffdb\ufffd${'x'.repeat(196)}`)
  const [first, second, third] = (await readAs(seeded.bob, seeded, id)).transcript.edges.map(
    ({ node }: any) => node,
  )
  expect(first.content).toBe(`a\ufffdb\ufffd${'x'.repeat(1_048_577)}`)
  expect(first.metadata).toEqual(nested(200))
  expect(second.toolCalls).toEqual([{ callId: 'c', name: 'n\ufffd', arguments: '"\ufffd"' }])
  expect(second.metadata).toEqual(many)
  expect(third.metadata).toEqual({ 'k\ufffd': ['\ufffd', 'whole \u{1f600}'] })
})

test('a preview whose text is cut within a character is stored', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob)
  const { data } = await appendAs(seeded.bob, seeded, id, [user(`a${' '.repeat(3998)}\u{1f600}`)])
  expect(data.appendTranscript.session.previewText).toBe('a \ufffd')
})

describe('Session.transcript', () => {
  test('pages forward, backward and after a seq without gaps', async () => {
    const seeded = await seedWorkspace()
    const id = await saveSession(seeded, seeded.bob)
    await appendAs(
      seeded.bob,
      seeded,
      id,
      Array.from({ length: 10 }, (_, index) => user(String(index))),
    )
    const seqs = (session: any) => session.transcript.edges.map(({ node }: any) => node.seq)

    const first = await readAs(seeded.bob, seeded, id, { first: 4 })
    const second = await readAs(seeded.bob, seeded, id, {
      first: 4,
      after: first.transcript.pageInfo.endCursor,
    })
    const tail = await readAs(seeded.bob, seeded, id, { last: 3 })
    const before = await readAs(seeded.bob, seeded, id, {
      last: 3,
      before: tail.transcript.pageInfo.startCursor,
    })

    expect([seqs(first), seqs(second), seqs(tail), seqs(before)]).toEqual([
      [0, 1, 2, 3],
      [4, 5, 6, 7],
      [7, 8, 9],
      [4, 5, 6],
    ])
    expect(seqs(await readAs(seeded.bob, seeded, id, { afterSeq: 7 }))).toEqual([8, 9])
    expect(seqs(await readAs(seeded.bob, seeded, id, { afterSeq: 99 }))).toEqual([])
    expect(first.transcript.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false })
  })
})

test('a summary may stand for every row, also for one before it, but not again for what that one replaced', async () => {
  const seeded = await seedWorkspace()
  const id = await saveSession(seeded, seeded.bob)
  await appendAs(seeded.bob, seeded, id, [
    { role: 'USER', content: 'x' },
    { role: 'USER', content: 'y' },
  ])
  const compact = (upToSeq: number) =>
    seeded.bob.graphql(
      'mutation ($input: CompactTranscriptInput!) { compactTranscript(input: $input) { summarySeq compactedCount } }',
      { input: { ...seeded.place, id, upToSeq, summary: { role: 'USER', content: 'both' } } },
    )
  expect((await compact(2)).errors?.[0]?.extensions.code).toBe('INVALID_INPUT')
  expect((await compact(1)).data.compactTranscript).toEqual({ summarySeq: 2, compactedCount: 2 })
  await appendAs(seeded.bob, seeded, id, [{ role: 'USER', content: 'z' }])
  expect((await compact(3)).data.compactTranscript).toEqual({ summarySeq: 4, compactedCount: 2 })
})

test('a session tells where rewinds took messages back, until a later one takes the place back as well', async () => {
  const seeded = await seedWorkspace()
  const { bob, place } = seeded
  const id = await saveSession(seeded, bob)
  const say = (count: number) =>
    appendAs(
      bob,
      seeded,
      id,
      Array.from({ length: count }, () => ({ id: randomUUID(), role: 'USER', content: 'x' })),
    )
  const rewind = (fromSeq: number) =>
    bob.graphql(
      'mutation ($input: RewindTranscriptInput!) { rewindTranscript(input: $input) { session { rewinds { fromSeq messageCount at } } } }',
      { input: { ...place, id, fromSeq } },
    )
  const told = ({ data }: any) =>
    data.rewindTranscript.session.rewinds.map(({ fromSeq, messageCount }: any) => [fromSeq, messageCount])

  await say(6)
  const first = await rewind(4)
  expect(told(first)).toEqual([[4, 2]])
  const [{ at }] = first.data.rewindTranscript.session.rewinds
  expect(Math.abs(Date.now() - Date.parse(at))).toBeLessThan(60_000)
  await say(3)
  expect(told(await rewind(6))).toEqual([
    [4, 2],
    [6, 1],
  ])
  expect(told(await rewind(5))).toEqual([
    [4, 2],
    [5, 1],
  ])
  await say(2)
  expect(told(await rewind(5))).toEqual([
    [4, 2],
    [5, 2],
  ])
  expect(told(await rewind(1))).toEqual([[1, 4]])
  await seeded.store.$executeRaw(sql`update sessions set rewinds = (
    select jsonb_agg(jsonb_build_object('seq', n, 'count', 1, 'at', now())) from generate_series(0, 99) n)
    where organization_id = ${seeded.organizationId}::uuid and id = ${id}::uuid`)
  await say(150)
  const many = told(await rewind(120))
  expect(many).toHaveLength(100)
  expect([many[0], many.at(-1)]).toEqual([
    [1, 1],
    [120, 31],
  ])
})
