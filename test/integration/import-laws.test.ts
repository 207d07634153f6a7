import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { cli, temporaryFolder } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

interface Importer {
  world: SeededWorkspace
  run(lines: readonly string[], name: string): Promise<Record<string, number>>
  read(): Promise<unknown>
}

async function openImporter(): Promise<Importer> {
  const world = await seedWorkspace()
  const { store, organizationId, bob, place } = world
  const key = generateSecret()
  const scopes = ['sessions:read', 'sessions:write', 'sessions:import'] as const
  await createApiKey(store, { organizationId, userId: bob.userId, name: 'importer', scopes }, key)
  const folder = await temporaryFolder()
  const at = ['--url', gateway.url, '--org', place.organization, '--workspace', place.workspace]
  return {
    world,
    run: async (lines, name) => {
      const path = join(folder, name)
      await writeFile(path, lines.map((line) => `${line}\n`).join(''))
      const { stdout, stderr, code } = await cli(['import', path, '--key', key, ...at, '--json'])
      expect({ code, stderr }).toMatchObject({ code: 0 })
      return JSON.parse(stdout)
    },
    read: async () => {
      const { data } = await bob.graphql(readAll, place)
      return data.workspace.sessions.edges.map(({ node }: any) => ({
        ...node,
        // Rows before the first answer come in under the model that was known then.
        transcript: node.transcript.edges.map(({ node: row }: any) =>
          row.role === 'USER' ? { ...row, model: null } : row,
        ),
      }))
    },
  }
}

const readAll = `query All($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) {
    sessions(first: 4, orderBy: { field: CREATED_AT, direction: ASC }) {
      edges { node {
        title model messageCount createdAt lastMessageAt usage { totalTokens totalCostUsd totalMessageCount totalToolCallCount }
        transcript(first: 50) { edges { node {
          seq role content model toolCallId toolCalls { callId name arguments } createdAt metadata
          usage { inputTokens outputTokens cacheReadInputTokens cacheCreationInputTokens costUsd }
        } } }
      } }
    }
  }
}`

const session = '77777777-0000-4000-8000-000000000001'
const uuidAt = (line: number) => `00000000-0000-4000-8000-${String(line).padStart(12, '0')}`
const timeAt = (line: number) => new Date(Date.UTC(2026, 4, 1, 9, 0, line)).toISOString()

/** What a session of Claude Code is made of: a question, or an answer of some blocks with the results of its calls. */
type Turn = { ask: string } | { blocks: ('text' | 'thinking' | 'call')[]; model: string }

const turns: fc.Arbitrary<Turn[]> = fc.array(
  fc.oneof(
    fc.record({ ask: fc.constantFrom('Go on.', 'Why?', 'Fix it.') }),
    fc.record({
      blocks: fc.array(fc.constantFrom('text' as const, 'thinking' as const, 'call' as const), {
        minLength: 1,
        maxLength: 4,
      }),
      model: fc.constantFrom('model-a', 'model-b'),
    }),
  ),
  { minLength: 1, maxLength: 6 },
)

function toLines(given: readonly Turn[]): string[] {
  const lines: string[] = []
  const add = (line: object) => {
    const number = lines.length + 1
    const frame = { sessionId: session, isSidechain: false, cwd: '/w', version: '2', uuid: uuidAt(number) }
    const parentUuid = number === 1 ? null : uuidAt(number - 1)
    lines.push(JSON.stringify({ ...frame, parentUuid, timestamp: timeAt(number), ...line }))
  }
  add({ type: 'user', message: { role: 'user', content: 'Begin.' } })
  for (const [index, turn] of given.entries()) {
    if ('ask' in turn) {
      add({ type: 'user', message: { role: 'user', content: turn.ask } })
      continue
    }
    const calls: string[] = []
    for (const [place, block] of turn.blocks.entries()) {
      const id = `call_${index}_${place}`
      if (block === 'call') calls.push(id)
      const content =
        block === 'call'
          ? { type: 'tool_use', id, name: 'shell', input: { place } }
          : block === 'text'
            ? { type: 'text', text: `text ${index} ${place}` }
            : { type: 'thinking', thinking: `thought ${index} ${place}` }
      const isLast = place === turn.blocks.length - 1
      add({
        type: 'assistant',
        message: {
          ...{ id: `msg_${index}`, role: 'assistant', model: turn.model, content: [content] },
          stop_reason: isLast ? (calls.length > 0 ? 'tool_use' : 'end_turn') : null,
          usage: {
            input_tokens: 5,
            output_tokens: place + 1,
            cache_read_input_tokens: 10,
            cache_creation_input_tokens: 0,
          },
        },
      })
    }
    for (const id of calls)
      add({
        type: 'user',
        message: {
          role: 'user',
          content: [{ type: 'tool_result', tool_use_id: id, content: `result of ${id}` }],
        },
      })
  }
  return lines
}

test('a session of Claude Code that comes twice, in pieces, or as it grows is as one that comes once', async () => {
  await fc.assert(
    fc.asyncProperty(
      turns,
      fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 2 }),
      async (given, cuts) => {
        const lines = toLines(given)
        const [once, grown] = [await openImporter(), await openImporter()]
        await once.run(lines, 'session.jsonl')
        const expected = await once.read()
        expect(await once.run(lines, 'copy.jsonl')).toMatchObject({
          created: 0,
          updated: 0,
          skipped: 1,
          messages: 0,
        })
        expect(await once.read()).toEqual(expected)
        const places = cuts.map((cut) => Math.max(1, Math.round(cut * lines.length))).sort((a, b) => a - b)
        for (const place of [...places, lines.length]) await grown.run(lines.slice(0, place), 'session.jsonl')
        expect(await grown.read()).toEqual(expected)
      },
    ),
    { numRuns: 2 },
  )
}, 240_000)

test('chats without an id that come twice, in pieces, or as they grow are as those that come once', async () => {
  const message = fc.record({
    role: fc.constantFrom('user', 'assistant'),
    content: fc.constantFrom('Hi', 'Yes.', 'No.', 'Why?'),
  })
  const chat = fc.array(message, { minLength: 1, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(
      chat,
      fc.array(chat, { minLength: 1, maxLength: 1 }),
      fc.nat(4),
      async (first, others, cut) => {
        const [once, grown] = [await openImporter(), await openImporter()]
        const texts = (messages: object[]) => messages.map((one) => JSON.stringify(one))
        // No two of them alike, and none the beginning of another, which nobody could tell apart.
        const all = [first, ...others].map((messages, index) => [
          ...messages,
          { role: 'user', content: `end ${index}` },
        ])
        for (const [index, messages] of all.entries()) await once.run(texts(messages), `chat-${index}.jsonl`)
        const expected = await once.read()
        expect(expected).toHaveLength(all.length)
        for (const [index, messages] of all.entries()) {
          const beginning = messages.slice(0, Math.max(1, cut % messages.length))
          await grown.run(texts(beginning), 'messages.jsonl')
          await grown.run(texts(messages), 'messages.jsonl')
          expect(await grown.run(texts(messages), `other-${index}.jsonl`)).toMatchObject({
            skipped: 1,
            messages: 0,
          })
        }
        const contents = (sessions: any) =>
          sessions
            .map(({ transcript }: any) => transcript.map(({ content }: any) => content).join('|'))
            .sort()
        expect(contents(await grown.read())).toEqual(contents(expected))
      },
    ),
    { numRuns: 2 },
  )
}, 240_000)
