import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { cli, temporaryFolder } from '../support/cli.js'
import { type ImportWorld, openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { mutationOf } from '../support/mutation.js'
import { type Member, saveSession } from '../support/seed.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const placed = (index: number | null, part: object) => ({ index, part })
const picture = (index: number | null, name: string) =>
  placed(index, { type: 'image_url', image_url: { url: `data:image/png;base64,${name}` } })
const arbitraryText = fc.constantFrom(
  '',
  'one',
  'two\nlines',
  'with “quotes” 🧹',
  '{"a":1}',
  '- [ ] x\n\nend',
)
const metadata = fc.record(
  {
    reasoning_content: fc.constantFrom('Hm.', 'First\nthen'),
    content: fc.constantFrom(
      [picture(0, 'aaaa')],
      [picture(1, 'bbbb')],
      [picture(1, 'cccc'), picture(2, 'dddd')],
      [picture(null, 'eeee')],
      [placed(1, { type: 'input_audio', input_audio: { data: 'ffff', format: 'wav' } })],
      [picture(0, 'aaaa'), placed(2, { type: 'file', file: { file_id: 'f', filename: 'a.pdf' } })],
      [placed(0, { type: 'refusal', refusal: 'No.' })],
    ),
    'claude-code': fc.constant({ request_id: 'r', deep: [{ n: null, big: '9007199254740993' }] }),
  },
  { requiredKeys: [] },
)
const usage = fc.record({
  ...{ inputTokens: fc.nat(5000), outputTokens: fc.nat(900), cacheReadInputTokens: fc.nat(3) },
  ...{ cacheCreationInputTokens: fc.nat(2), costUsd: fc.constantFrom(null, 0, 0.0123456789) },
})
const call = fc.record({
  id: fc.constantFrom('c1', 'c2', 'c3', 'c4'),
  name: fc.constantFrom('ls', 'edit'),
  arguments: fc.constantFrom('{}', '{"path": "src", "n": 1.0}', 'no json', '[1]', '{"big":9007199254740993}'),
})

interface Row {
  role: 'USER' | 'ASSISTANT' | 'TOOL' | 'SYSTEM'
  content: string
  [member: string]: unknown
}

const row: fc.Arbitrary<Row> = fc
  .record({
    ...{ role: fc.constantFrom('USER', 'ASSISTANT', 'TOOL', 'SYSTEM'), content: arbitraryText },
    ...{ metadata: fc.option(metadata), usage: fc.option(usage), parent: fc.option(fc.nat(20)) },
    ...{
      calls: fc.uniqueArray(call, { maxLength: 2, selector: ({ id }) => id }),
      isError: fc.option(fc.boolean()),
    },
    toolCallId: fc.option(fc.constantFrom('c1', 'c2', 'c3', 'nobody')),
  })
  .map(({ role, content, metadata: kept, usage: used, calls, isError, toolCallId, parent }) => ({
    ...{ role: role as Row['role'], content, metadata: kept, usage: used, parent },
    ...(role === 'ASSISTANT' && calls.length > 0 ? { toolCalls: calls } : {}),
    ...(role === 'TOOL' ? { isError, toolCallId } : {}),
  }))

const context = fc.option(
  fc.record({
    ...{ model: fc.constantFrom('m-1', 'm-2'), agent: fc.constantFrom('coder', 'reviewer', null) },
    systemPrompt: fc.constantFrom('Be brief.', 'Be kind.', null),
  }),
)
const stretch = fc.record({
  ...{ rows: fc.array(row, { minLength: 1, maxLength: 4 }), context },
  compacts: fc.boolean(),
})
const told = fc.record({
  title: fc.constantFrom('Tidy “src”', null),
  titleSource: fc.constantFrom('PERSON', 'MACHINE'),
  stretches: fc.array(stretch, { minLength: 1, maxLength: 4 }),
})

const plain = { content: '', metadata: null, usage: null, parent: null } as const

/** Found lost once: empty metadata, and the system prompt of a result that is not that of its step. */
const foundLost: [Told][] = [
  [
    {
      title: null,
      titleSource: 'PERSON',
      stretches: [
        {
          rows: [{ role: 'USER', content: '', metadata: {}, usage: null, parent: null }],
          context: null,
          compacts: false,
        },
      ],
    },
  ],
  ...[null, 'Be kind.' as const].flatMap((systemPrompt) =>
    [false, true].map((isBack): [Told] => [
      {
        title: null,
        titleSource: 'PERSON',
        stretches: [
          {
            rows: [{ role: 'ASSISTANT', ...plain }],
            context: { model: 'm-1', agent: 'coder', systemPrompt: 'Be brief.' },
            compacts: false,
          },
          {
            rows: [{ role: 'TOOL', ...plain, isError: null, toolCallId: null }],
            context: { model: 'm-1', agent: 'coder', systemPrompt },
            compacts: false,
          },
          {
            rows: [{ role: 'USER', ...plain }],
            context: isBack ? { model: 'm-1', agent: 'coder', systemPrompt: 'Be brief.' } : null,
            compacts: false,
          },
        ],
      },
    ]),
  ),
]

/** A result that names no call, behind one that nobody has answered. */
const namelessResult: Told = {
  ...{ title: null, titleSource: 'PERSON' },
  stretches: [
    {
      rows: [
        { role: 'ASSISTANT', ...plain, toolCalls: [{ id: 'c1', name: 'ls', arguments: '{}' }] },
        { role: 'TOOL', ...plain, isError: null, toolCallId: null },
        { role: 'TOOL', ...plain, isError: null, toolCallId: null },
      ],
      ...{ context: null, compacts: false },
    },
  ],
}

type Told = typeof told extends fc.Arbitrary<infer T> ? T : never

async function mutate(member: Member, world: ImportWorld, name: string, input: object) {
  const { errors } = await member.graphql(mutationOf(name), { input: { ...world.place, ...input } })
  if (errors) throw new Error(JSON.stringify(errors))
}

/** Stores a session as a client would, a stretch after the other, as it was said in the past. */
async function store(world: ImportWorld, { title, titleSource, stretches }: Told) {
  const importer = {
    ...world.bob,
    graphql: (query: string, variables?: object) => asImporter(world, query, variables),
  }
  const id = await saveSession(world, importer, { title, titleSource, agent: 'coder', model: 'm-1' })
  const ids: string[] = []
  let seq = 0
  let compacted = 0
  const timeAt = (number: number) => new Date(Date.UTC(2026, 2, 3, 4, 5, 6 + number, 789)).toISOString()
  for (const { rows, context: under, compacts } of stretches) {
    const messages = rows.map(({ parent, ...message }: any) => {
      const own = crypto.randomUUID()
      const parentId = parent === null || ids.length === 0 ? null : ids[parent % ids.length]
      ids.push(own)
      return { ...message, id: own, parentId, createdAt: timeAt(seq++) }
    })
    await mutate(importer, world, 'appendTranscript', {
      id,
      messages,
      ...(under === null ? {} : { context: under }),
    })
    if (!compacts || seq - 1 < compacted) continue
    compacted = seq
    const summary = {
      role: 'USER',
      content: `Summary up to ${seq - 1}`,
      createdAt: timeAt(seq),
      metadata: { compaction: true },
    }
    await mutate(importer, world, 'compactTranscript', { id, upToSeq: seq - 1, summary })
    seq++
  }
}

async function asImporter(world: ImportWorld, query: string, variables?: object): Promise<any> {
  const response = await fetch(`${gateway.url}/graphql`, {
    ...{ method: 'POST', body: JSON.stringify({ query, variables }) },
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${world.key}` },
  })
  return response.json()
}

/** Rows in which a result that names no call answers the oldest one that is open, as it does where messages are read. */
function answering(rows: any[]): any[] {
  const open: string[] = []
  return rows.map((row) => {
    open.push(...(row.toolCalls ?? []).map(({ callId, id }: any) => callId ?? id))
    if (row.role !== 'TOOL') return row
    const toolCallId = row.toolCallId ?? open[0] ?? null
    if (open.includes(toolCallId)) open.splice(open.indexOf(toolCallId), 1)
    return { ...row, toolCallId }
  })
}

/** Exports all sessions of a workspace, and imports them into another organization. */
async function carry(from: ImportWorld, into: ImportWorld, ...flags: string[]) {
  const out = await temporaryFolder()
  const exported = await cli(['export', ...from.flags, '--out', out, ...flags])
  expect({ code: exported.code, stderr: exported.stderr }).toMatchObject({ code: 0 })
  for (const name of await readdir(out)) await into.put(name, await readFile(join(out, name)))
  const imported = await into.run()
  expect({ code: imported.code, stderr: imported.stderr }).toMatchObject({ code: 0 })
  return { exported: exported.stderr, imported: imported.stderr }
}

describe.each(['native', 'atif'])('%s', (format) => {
  test('a session that is exported and imported elsewhere is the same, row for row', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (session) => {
        const [from, into] = [await openImportWorld(gateway.url), await openImportWorld(gateway.url)]
        await store(from, session)
        const said = await carry(from, into, '--format', format, '--include-compacted')
        expect(said).toEqual({ exported: '', imported: '' })
        expect(await into.sessions()).toEqual(await from.sessions())
      }),
      { numRuns: 12, examples: foundLost },
    )
  }, 240_000)
})

test('messages of Chat Completions keep words, calls, pictures and files, and the export says the rest', async () => {
  const kinds: [string, (row: any) => boolean][] = [
    ['parents of messages', ({ parentId }) => parentId !== null],
    ['usage and cost', (one) => one.usage !== null],
    ['whether calls failed', ({ isError }) => isError !== null],
    ['thoughts', (one) => one.metadata?.reasoning_content !== undefined],
    [
      'metadata of messages',
      (one) => one.metadata?.['claude-code'] !== undefined || one.metadata?.compaction,
    ],
    ['compactions', ({ isSummary }) => isSummary],
  ]
  await fc.assert(
    fc.asyncProperty(told, async (session) => {
      const [from, into] = [await openImportWorld(gateway.url), await openImportWorld(gateway.url)]
      await store(from, session)
      const { exported } = await carry(from, into, '--format', 'openai', '--include-compacted')
      const [first] = await from.sessions()
      const [second] = await into.sessions()
      for (const [kind, has] of kinds)
        expect({ kind, said: exported.includes(`left out: ${kind} of 1 session\n`) }).toEqual({
          ...{ kind, said: first.rows.some(has) },
        })
      const kept = ({ title, titleSource, agent, model, createdAt }: any) => ({
        title,
        titleSource,
        agent,
        model,
        createdAt,
      })
      expect(kept(second)).toEqual(kept(first))
      const isPrompt = exported.includes('system prompts apart from messages')
      const words = ({ rows }: any, withSystem: boolean) =>
        answering(rows)
          .filter(({ role }: any) => withSystem || role !== 'SYSTEM')
          .map(({ role, content, toolCallId, toolCalls, metadata: told }: any) => ({
            ...{ role, content, toolCallId: toolCallId ?? '', toolCalls },
            parts: (told?.content ?? []).map(({ part }: any) => JSON.stringify(part)).sort(),
          }))
      // Summaries stand where their originals stood.
      const isWhole = !first.rows.some(({ isSummary }: any) => isSummary)
      if (isWhole) expect(words(second, !isPrompt)).toEqual(words(first, !isPrompt))
    }),
    { numRuns: 12, examples: [[namelessResult]] },
  )
}, 240_000)
