import { randomUUID } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { cli, temporaryFolder } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { mutationOf } from '../support/mutation.js'
import { type Member, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

/**
 * Where a document that was exported, imported into another organization and exported again differs from the first:
 * the place, `*` for every member of a list, and the reason. Of a `stamp` it still counts whether there is one; of
 * what is `lost` nothing; what was null is `empty` after an import.
 */
const exceptions: Record<Format, Record<string, { kind: Kind; reason: string }>> = {
  openai: {},
  atif: {
    'steps.*.extra.compacted_at': { kind: 'stamp', reason: 'the server sets it' },
    'steps.*.extra.row.compacted_at': { kind: 'stamp', reason: 'the server sets it' },
    'steps.*.observation.results.*.extra.row.compacted_at': { kind: 'stamp', reason: 'the server sets it' },
  },
  native: {
    'session.workspace_id': { kind: 'stamp', reason: 'it is another workspace' },
    'session.user_id': { kind: 'stamp', reason: 'whoever imports owns the session' },
    'session.created_by': { kind: 'stamp', reason: 'whoever imports owns the session' },
    'session.visibility': { kind: 'stamp', reason: 'import --visibility says who sees it' },
    'session.shared_at': { kind: 'lost', reason: 'follows the visibility' },
    'session.shared_by': { kind: 'lost', reason: 'follows the visibility' },
    'session.project_id': { kind: 'lost', reason: 'projects belong to a workspace' },
    'session.project_key': { kind: 'lost', reason: 'projects belong to a workspace' },
    'session.project_name': { kind: 'lost', reason: 'projects belong to a workspace' },
    'session.model': { kind: 'empty', reason: 'saving a session takes a model' },
    'session.group_id': { kind: 'lost', reason: 'groups belong to a workspace' },
    'session.group': { kind: 'lost', reason: 'groups belong to a workspace' },
    'session.frozen_at': { kind: 'lost', reason: 'freezing is an act, not content' },
    'session.frozen_by': { kind: 'lost', reason: 'freezing is an act, not content' },
    'session.pinned_at': { kind: 'lost', reason: 'a pin is the mark of one person' },
    'session.archived_at': { kind: 'lost', reason: 'archiving is an act, not content' },
    'session.updated_at': { kind: 'stamp', reason: 'the server sets it' },
    'messages.*.compacted_at': { kind: 'stamp', reason: 'the server sets it' },
  },
}
/** What differs besides, for whole sessions. */
const withoutHistory =
  'without --include-compacted the originals of a summary are not in the file: it comes back as an ordinary message'

type Kind = 'stamp' | 'lost' | 'empty'
type Format = 'atif' | 'openai' | 'native'
const formats: Format[] = ['atif', 'openai', 'native']

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const flags = ({ place, bob }: SeededWorkspace) => [
  ...['--url', gateway.url, '--key', bob.key, '--org', place.organization, '--workspace', place.workspace],
]

/** What an export says of the session that was compacted, whose originals it leaves out. */
const saysReplacedRows =
  'left out: rows that a summary replaced, of 1 session; --include-compacted writes them.\n'

/** What stays behind in the workspace that the rich sessions come from. */
const states = ['archiving', 'freezing', 'groups', 'pins', 'projects'].map(
  (kind) => `left out: ${kind} of 1 session\n`,
)

const exportTo = async (world: SeededWorkspace, ...more: string[]) =>
  (await exportSaying(world, ...more)).documents

async function exportSaying(
  world: SeededWorkspace,
  ...more: string[]
): Promise<{ documents: Map<string, any>; said: string }> {
  const out = await temporaryFolder()
  const { code, stderr } = await cli(['export', ...flags(world), '--out', out, ...more])
  expect({ code, stderr }).toEqual({ code: 0, stderr: expect.stringMatching(/^(left out: .*\n)*$/) })
  const names = (await readdir(out)).sort()
  const documents = await Promise.all(names.map((name) => readFile(join(out, name), 'utf8')))
  return {
    documents: new Map(
      names.map((name, index) => [name.replace('.json', ''), JSON.parse(documents[index]!)]),
    ),
    said: stderr,
  }
}

/** The same workspace, where bob's key may say when something happened. */
async function withTimes(world: SeededWorkspace): Promise<SeededWorkspace> {
  const { store, organizationId, bob } = world
  const key = generateSecret()
  const scopes = ['sessions:read', 'sessions:write', 'sessions:import'] as const
  await createApiKey(store, { organizationId, userId: bob.userId, name: 'importer', scopes }, key)
  return { ...world, bob: { ...bob, key } }
}

async function importFrom(world: SeededWorkspace, documents: Iterable<unknown>, ...more: string[]) {
  const folder = await temporaryFolder()
  let number = 0
  for (const document of documents)
    await writeFile(join(folder, `${number++}.json`), JSON.stringify(document))
  const { code, stdout, stderr } = await cli(['import', folder, ...flags(world), '--json', ...more])
  return { code, stderr, report: JSON.parse(stdout) }
}

/** A document without what may differ. */
function comparable(format: Format, document: any): any {
  const copy = structuredClone(document)
  for (const [path, { kind }] of Object.entries(exceptions[format])) blank(copy, path.split('.'), kind)
  return copy
}

function blank(value: any, [head, ...rest]: string[], kind: Kind): void {
  if (value === undefined || value === null || head === undefined) return
  if (head === '*') for (const member of value) blank(member, rest, kind)
  else if (rest.length > 0) blank(value[head], rest, kind)
  else if (kind === 'lost') delete value[head]
  else if (head in value) value[head] = kind === 'empty' ? (value[head] ?? '') : value[head] !== null
}

async function mutate(
  member: Member,
  { place }: SeededWorkspace,
  name: string,
  input: object,
  select = 'session { uuid }',
) {
  const answer = await member.graphql(mutationOf(name, select), { input: { ...place, ...input } })
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data[name]
}

const call = (id: string, text = '{"path":"src"}') => ({ id, name: 'list_files', arguments: text })

/** Sessions with everything that a session may have; gives the id of the one that was compacted. */
async function makeRichSessions(world: SeededWorkspace): Promise<{ compacted: string }> {
  const { bob } = world
  const append = (id: string, messages: object[], context?: object) =>
    mutate(bob, world, 'appendTranscript', { id, messages, context })

  const group = await mutate(
    bob,
    world,
    'createSessionGroup',
    { kind: 'WORKFLOW', projectId: world.projectId },
    'group { uuid }',
  )
  const full = await saveSession(world, bob, {
    groupId: group.group.uuid,
    title: 'Tidy “src” 🧹',
    agent: 'coder',
    model: 'm-large',
    origin: 'WORKER',
    visibility: 'WORKSPACE',
    messageCount: 99,
    runtimeId: randomUUID(),
    projectId: world.projectId,
    labels: [
      { key: 'capability', values: ['acme/tidy'] },
      { key: 'capability_version', values: ['1.4.0'] },
      { key: 'team', values: ['core', 'infra: west'] },
    ],
  })
  const [question, answer] = [randomUUID(), randomUUID()]
  await append(
    full,
    [
      {
        id: question,
        role: 'USER',
        content: 'List\n\tthe files ☃',
        metadata: { ui: { theme: 'dark', sizes: [1, 2.5, null] } },
      },
      {
        id: answer,
        parentId: question,
        role: 'ASSISTANT',
        toolCalls: [call('c1'), call('c2', 'not json'), call('c3', '[1]')],
        usage: {
          inputTokens: 1200,
          outputTokens: 40,
          cacheReadInputTokens: 7,
          cacheCreationInputTokens: 11,
          costUsd: 0.0123456789,
        },
      },
      { role: 'TOOL', parentId: answer, toolCallId: 'c1', content: 'a.ts\nb.ts' },
      { role: 'TOOL', toolCallId: 'nobody', content: 'stray' },
      { role: 'TOOL', toolCallId: 'c3', content: '' },
    ],
    { model: 'm-large', agent: 'coder', systemPrompt: 'Be brief.' },
  )
  await append(
    full,
    [
      { role: 'ASSISTANT', content: 'Two so far.', usage: { outputTokens: 4, costUsd: 0 } },
      { role: 'TOOL', toolCallId: 'c2', content: 'late' },
      { role: 'SYSTEM', content: 'The user is away.' },
    ],
    { model: 'm-small', agent: 'reviewer' },
  )
  await append(full, [{ role: 'ASSISTANT', content: 'Done.', toolCalls: [] }], {
    model: 'm-small',
    systemPrompt: 'Be kind.',
  })

  await mutate(bob, world, 'pinSession', { id: full })
  await mutate(bob, world, 'freezeSession', { id: full })

  const empty = await saveSession(world, bob, { title: null })
  await mutate(bob, world, 'updateSession', { id: empty, model: null })
  const bare = await saveSession(world, bob, { title: 'No agent', origin: 'EVAL' })
  await append(bare, [{ role: 'TOOL', toolCallId: 'c9', content: 'before any agent' }])
  await append(bare, [{ role: 'USER', content: 'and then' }])
  await append(bare, [{ role: 'ASSISTANT', content: 'known now', usage: { outputTokens: 2 } }], {
    model: 'm-1',
  })
  await mutate(bob, world, 'archiveSession', { id: bare })

  const compacted = await saveSession(world, bob, { title: 'Compacted twice', agent: 'coder' })
  const turn = (number: number) => [
    { role: 'USER', content: `question ${number}` },
    {
      role: 'ASSISTANT',
      content: '',
      toolCalls: [call(`t${number}`)],
      usage: { inputTokens: 9, outputTokens: 1 },
    },
    { role: 'TOOL', toolCallId: `t${number}`, content: `result ${number}` },
  ]
  const summary = (content: string) => ({ role: 'USER', content, metadata: { compaction: true } })
  await append(compacted, [...turn(1), ...turn(2)], { model: 'm-large', systemPrompt: 'Remember.' })
  await mutate(bob, world, 'compactTranscript', { id: compacted, upToSeq: 2, summary: summary('sum 1') })
  await append(compacted, [...turn(3)], { model: 'm-small' })
  await mutate(bob, world, 'compactTranscript', { id: compacted, upToSeq: 5, summary: summary('sum 2') })
  await append(compacted, [...turn(4)])
  return { compacted }
}

describe.each(formats)('%s', (format) => {
  test.each([
    ['without', []],
    ['with', ['--include-compacted']],
  ])('round trip of rich sessions %s compacted messages', async (_name, history) => {
    const [from, into] = [await seedWorkspace(), await withTimes(await seedWorkspace())]
    const { compacted } = await makeRichSessions(from)
    const { documents: first, said } = await exportSaying(from, '--format', format, ...history)
    expect(said.endsWith(saysReplacedRows)).toBe(history.length === 0)
    const inExport = format === 'native' ? [] : states
    expect(states.filter((line) => said.includes(line))).toEqual(inExport)
    expect(first.size).toBe(4)

    const { code, stderr, report } = await importFrom(into, first.values())
    expect({ code, failures: report.failures }).toEqual({ code: 0, failures: [] })
    // On a slow machine it says how far it is.
    const lines = stderr.match(/.+\n/g)?.filter((line) => !/^\d+ sessions, /.test(line)) ?? []
    expect(lines.sort()).toEqual(format === 'native' ? states : [])
    expect(report.created).toBe(4)

    const second = await exportTo(into, '--format', format, ...history)
    if (history.length === 0 && format !== 'openai') {
      expect(second.get(compacted), withoutHistory).not.toEqual(first.get(compacted))
      for (const documents of [first, second]) documents.delete(compacted)
    }
    const compare = (documents: Map<string, any>) =>
      Object.fromEntries([...documents].map(([id, document]) => [id, comparable(format, document)]))
    expect(compare(second)).toEqual(compare(first))

    const again = await importFrom(into, first.values())
    expect(again.report).toMatchObject({ created: 0, updated: 0, messages: 0, failures: [] })
  })
})

test('system prompts and models of ATIF come back as context, not as messages', async () => {
  const [from, into] = [await seedWorkspace(), await seedWorkspace()]
  await makeRichSessions(from)
  await importFrom(into, (await exportTo(from)).values())
  const { data } = await into.bob.graphql(
    'query Q($organization: String!, $workspace: String!) { workspace(organization: $organization, slug: $workspace) { sessions { edges { node { title currentSystemPrompt transcript { edges { node { role model } } } } } } } }',
    into.place,
  )
  const found = data.workspace.sessions.edges.map(({ node }: any) => node)
  const full = found.find(({ title }: any) => title.startsWith('Tidy'))
  expect(full.currentSystemPrompt).toBe('Be kind.')
  expect(full.transcript.edges.filter(({ node }: any) => node.role === 'SYSTEM')).toHaveLength(1)
  expect(full.transcript.edges.at(-1).node.model).toBe('m-small')
})

describe('an id that is in use', () => {
  test('in another workspace, or by somebody else, is named for that session', async () => {
    const world = await seedWorkspace()
    const [mine, other] = [await saveSession(world, world.bob), await saveSession(world, world.bob)]
    const documents = await exportTo(world, '--format', 'native')
    await mutate(world.bob, world, 'deleteSession', { id: other }, 'deletedUuid')
    const asCat = { ...world, bob: world.cat }
    const asEve = { ...world, bob: world.eve, place: { ...world.place, workspace: 'other' } }
    for (const thief of [asCat, asEve]) {
      const { code, stderr, report } = await importFrom(thief, documents.values())
      expect(code).toBe(1)
      expect(stderr).toContain(`session ${mine}: its id is taken, by somebody else or in another workspace.`)
      expect(report).toMatchObject({ created: 1, failed: 1 })
      await mutate(thief.bob, thief, 'deleteSession', { id: other }, 'deletedUuid')
    }
  })

  test.each(['native', 'openai'])('by the session that %s was exported from is skipped', async (format) => {
    const world = await seedWorkspace()
    const id = await saveSession(world, world.bob)
    await mutate(world.bob, world, 'appendTranscript', { id, messages: [{ role: 'USER', content: 'once' }] })
    const documents = await exportTo(world, '--format', format)
    const imported = await importFrom(world, documents.values())
    expect(imported.code).toBe(0)
    expect(imported.report).toMatchObject({ skipped: 1, failed: 0, created: 0, messages: 0 })
    const after = await exportTo(world, '--format', 'openai')
    expect(after.get(id).messages).toEqual([{ role: 'user', content: 'once' }])
  })
})

const file = '../shared/data/tau-bench-airline/gpt-4o-airline.json'
const present = existsSync(file)
if (!present) console.warn(`skipped: the round trip of 20 real sessions (there is no ${file})`)

describe.skipIf(!present)('20 sessions of tau-bench', () => {
  let from: SeededWorkspace
  beforeAll(async () => {
    from = await seedWorkspace()
    const path = join(await temporaryFolder(afterAll), 'sample.json')
    await writeFile(path, JSON.stringify(JSON.parse(readFileSync(file, 'utf8')).slice(0, 20)))
    expect((await cli(['import', path, ...flags(from)])).code).toBe(0)
  })

  test.each(formats)('round trip as %s, as JSON Lines', async (format) => {
    const into = await withTimes(await seedWorkspace())
    const folder = await temporaryFolder()
    const lines = async (world: SeededWorkspace, name: string) => {
      const path = join(folder, name)
      const { code } = await cli(['export', ...flags(world), '--format', format, '--jsonl', path])
      expect(code).toBe(0)
      const text = await readFile(path, 'utf8')
      const documents = text.trimEnd().split('\n')
      return documents.map((line) => JSON.stringify(comparable(format, JSON.parse(line)))).sort()
    }
    const first = await lines(from, 'first.jsonl')
    expect(first).toHaveLength(20)
    expect((await cli(['import', join(folder, 'first.jsonl'), ...flags(into)])).code).toBe(0)
    expect((await lines(into, 'second.jsonl')).map((line) => JSON.parse(line))).toEqual(
      first.map((line) => JSON.parse(line)),
    )
  })
})
