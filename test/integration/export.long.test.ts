import { once } from 'node:events'
import { statSync } from 'node:fs'
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest'
import { cli, spawnCli, temporaryFolder } from '../support/cli.js'
import { failingProxy } from '../support/failing-proxy.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { mutationOf } from '../support/mutation.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const flags = ({ place, bob }: SeededWorkspace, url = gateway.url) => [
  ...['--url', url, '--key', bob.key, '--org', place.organization, '--workspace', place.workspace],
]

/** The length of a message in a long transcript. */
const LENGTH = 400
const content = (number: number) => `message ${number} `.padEnd(LENGTH, 'x')

/** A session of bob with so many messages. */
async function makeSession(world: SeededWorkspace, messages = 2, input: object = {}): Promise<string> {
  const id = await saveSession(world, world.bob, input as Record<string, unknown>)
  for (let from = 0; from < messages; from += 500) {
    const numbers = Array.from({ length: Math.min(500, messages - from) }, (_, index) => from + index)
    await mutate(world, 'appendTranscript', {
      id,
      messages: numbers.map((number) => ({
        role: number % 2 === 0 ? 'USER' : 'ASSISTANT',
        content: content(number),
      })),
    })
  }
  return id
}

async function mutate({ place, bob }: SeededWorkspace, name: string, input: object): Promise<void> {
  const answer = await bob.graphql(mutationOf(name), { input: { ...place, ...input } })
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
}

interface Operation {
  query: string
  variables: Record<string, any>
}

/** A gateway that lets a test look at each page of a transcript that is asked for, before it is given. */
async function watchPages(look: (asked: Operation, number: number) => unknown) {
  const seen = { pages: 0, largestAnswer: 0 }
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', async () => {
        const body = Buffer.concat(chunks).toString()
        const asked = JSON.parse(body) as Operation
        if (/Export(Messages|Trajectory)\(/.test(asked.query)) await look(asked, ++seen.pages)
        const { authorization = '', accept = '' } = request.headers
        const answer = await fetch(`${gateway.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', authorization, accept },
          body,
        })
        const text = await answer.text()
        seen.largestAnswer = Math.max(seen.largestAnswer, text.length)
        response.writeHead(answer.status, { 'content-type': 'application/json' }).end(text)
      })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { seen, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
}

const jsonl = (text: string) =>
  text
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))

describe('what is exported', () => {
  let world: SeededWorkspace
  const ids: Record<string, string> = {}
  beforeAll(async () => {
    world = await seedWorkspace()
    ids.plain = await makeSession(world, 2, { title: 'plain', labels: [{ key: 'env', values: ['prod'] }] })
    ids.old = await makeSession(world, 2, { title: 'old', labels: [{ key: 'env', values: ['dev'] }] })
    ids.eval = await makeSession(world, 0, { title: 'eval', origin: 'EVAL' })
    ids.secret = await saveSession(world, world.cat, { title: 'secret' })
    await mutate(world, 'archiveSession', { id: ids.old })
  })

  test.each<[string, string[], string[]]>([
    ['all that the key sees', [], ['plain', 'old', 'eval']],
    ['active ones', ['--archived', 'active'], ['plain', 'eval']],
    ['archived ones', ['--archived', 'archived'], ['old']],
    ['none of evaluations', ['--no-include-workload'], ['plain', 'old']],
    ['those with a label', ['--label', 'env:prod'], ['plain']],
    ['those with one of two values', ['--label', 'env:prod', '--label', 'env:dev'], ['plain', 'old']],
  ])('%s', async (_name, more, titles) => {
    const { code, stdout } = await cli([
      'export',
      ...flags(world),
      '--jsonl',
      '-',
      '--format',
      'openai',
      ...more,
    ])
    expect(code).toBe(0)
    expect(jsonl(stdout).map(({ title }) => title)).toEqual(titles)
  })

  test('without a workspace, the default one of the key is meant, and a key without one says so', async () => {
    expect(await cli(['export', '--url', gateway.url, '--key', world.bob.key, '--jsonl', '-'])).toEqual({
      ...{ code: 2, stdout: '' },
      stderr: 'The key has no default workspace; export takes --org and --workspace.\n',
    })
  })

  test('those named by uuid or prefix, once each', async () => {
    const out = await temporaryFolder()
    const named = [ids.plain!, ids.old!.slice(0, 13), ids.plain!]
    const { code, stdout } = await cli(['export', ...named, ...flags(world), '--out', out, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toEqual({
      ...{ exported: 2, existing: 0, failed: 0, messages: 4, compacted: 0, failures: [], stopped: null },
      leftOut: { archiving: 1 },
    })
    expect((await readdir(out)).sort()).toEqual([`${ids.plain}.json`, `${ids.old}.json`].sort())
  })

  test('one that the key does not see is named, and does not stop the others', async () => {
    const out = await temporaryFolder()
    const { code, stdout, stderr } = await cli([
      'export',
      ids.secret!,
      ids.plain!,
      ...flags(world),
      '--out',
      out,
    ])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^exported 1, existing 0, failed 1 \(2 messages/)
    expect(stderr).toBe(`session ${ids.secret}: Session not found.\n1 of 2 sessions failed.\n`)
  })

  test.each(['atif', 'openai', 'native'])('a line of %s names its session', async (format) => {
    const { stdout } = await cli(['export', ids.plain!, ...flags(world), '--jsonl', '-', '--format', format])
    const [line] = jsonl(stdout)
    expect(line.session_id ?? line.id ?? line.session.id).toBe(ids.plain)
  })
})

describe('files', () => {
  test('that are there already stay, unless told otherwise', async () => {
    const world = await seedWorkspace()
    const [one, two] = [await makeSession(world), await makeSession(world)]
    const out = join(await temporaryFolder(), 'new', 'folder')
    await mkdir(out, { recursive: true })
    await writeFile(join(out, `${one}.json`), 'mine')
    const args = ['export', ...flags(world), '--out', out]

    const first = await cli(args)
    expect(first).toMatchObject({
      code: 1,
      stdout: expect.stringMatching(/^exported 1, existing 1, failed 0/),
    })
    expect(first.stderr).toBe('1 files were there already and stay as they are; --overwrite replaces them.\n')
    expect(await readFile(join(out, `${one}.json`), 'utf8')).toBe('mine')

    expect(await cli([...args, '--overwrite'])).toMatchObject({ code: 0, stderr: '' })
    for (const id of [one, two])
      expect(JSON.parse(await readFile(join(out, `${id}.json`), 'utf8')).session_id).toBe(id)

    const lines = join(out, 'all.jsonl')
    await writeFile(lines, 'mine')
    const refused = await cli(['export', ...flags(world), '--jsonl', lines])
    expect(refused).toEqual({
      ...{ code: 2, stdout: '', stderr: `${lines} is there already; --overwrite replaces it.\n` },
    })
    expect(await cli(['export', ...flags(world), '--jsonl', lines, '--overwrite'])).toMatchObject({ code: 0 })
    expect(jsonl(await readFile(lines, 'utf8')).map((line) => line.session_id)).toEqual([one, two])
  })

  test.each([
    ['is killed', 'SIGKILL', null],
    ['is interrupted', 'SIGINT', 1],
  ] as const)('of an export that %s are whole or absent', async (_name, signal, code) => {
    const world = await seedWorkspace()
    const whole = await makeSession(world)
    const half = await makeSession(world, 1200)
    const out = await temporaryFolder()
    let stalled = () => {}
    const stalling = new Promise<void>((resolve) => {
      stalled = resolve
    })
    const { url } = await watchPages(({ variables }) => {
      if (variables.id !== half || variables.after === null) return
      stalled()
      return new Promise(() => {})
    })
    const running = spawnCli(['export', ...flags(world, url), '--out', out])
    await stalling
    await expect.poll(() => readdir(out)).toContain(`${whole}.json`)
    running.child.kill(signal)
    expect(await running.ended).toBe(code)

    const names = (await readdir(out)).filter((name) => name.endsWith('.json'))
    expect(names).toEqual([`${whole}.json`])
    expect(JSON.parse(await readFile(join(out, names[0]!), 'utf8')).session_id).toBe(whole)
    if (signal === 'SIGKILL') return
    expect(await readdir(out)).toEqual(names)
    expect(running.output.stdout).toMatch(/^exported 1, existing 0, failed 0/)
    expect(running.output.stderr).toContain(
      'The export ended early: it was interrupted; what is written is whole.',
    )
  })
})

describe.each([
  ['a folder', (folder: string) => ['--out', folder]],
  ['stdout', () => ['--jsonl', '-']],
])('a session that vanishes while it is written to %s', (_name, targetOf) => {
  test('leaves nothing of itself, and the others are there', async () => {
    const world = await seedWorkspace()
    const before = await makeSession(world)
    const vanishing = await makeSession(world, 600)
    const behind = await makeSession(world)
    const folder = await temporaryFolder()
    const { url } = await watchPages(async ({ variables }) => {
      if (variables.id === vanishing && variables.after !== null)
        await mutate(world, 'deleteSession', { id: vanishing })
    })
    const { code, stdout, stderr } = await cli(['export', ...flags(world, url), ...targetOf(folder)])
    expect(code).toBe(1)
    expect(stderr).toContain(`session ${vanishing}: Session not found.\n`)
    expect(stderr).toContain('1 of 3 sessions failed.\n')
    const kept =
      targetOf(folder)[0] === '--out'
        ? (await readdir(folder)).map((name) => name.replace('.json', '')).sort()
        : jsonl(stdout).map((line) => line.session_id)
    expect(kept).toEqual(targetOf(folder)[0] === '--out' ? [before, behind].sort() : [before, behind])
  })
})

describe('what was said of a session, and what was taken back', () => {
  const noted = async () => {
    const world = await seedWorkspace()
    const id = await makeSession(world, 4)
    await mutate(world, 'rewindTranscript', { id, fromSeq: 2 })
    for (let number = 0; number < 201; number += 1)
      await mutate(world, 'createAnnotation', {
        ...{ id, name: `n${number}`, source: 'RULE', score: '0.750000000001' },
      })
    return { world, id }
  }

  test('is told by a native bundle, all of it and exactly; importing says that it is left out', async () => {
    const { world, id } = await noted()
    const folder = await temporaryFolder()
    expect(await cli(['export', ...flags(world), '--format', 'native', '--out', folder])).toMatchObject({
      code: 0,
    })
    const { session } = JSON.parse(await readFile(join(folder, `${id}.json`), 'utf8'))
    expect(session.annotations.map(({ name }: any) => name)).toEqual(
      Array.from({ length: 201 }, (_, number) => `n${number}`),
    )
    expect(session.annotations[0]).toMatchObject({
      source: 'rule',
      score: '0.750000000001',
      message_id: null,
    })
    expect(session.annotations[0].created_by).toMatch(/@/)
    expect(session.rewinds).toEqual([{ from_seq: 2, message_count: 2, at: expect.any(String) }])
    const { stderr } = await cli([
      'import',
      ...flags(await seedWorkspace()),
      join(folder, `${id}.json`),
      '--dry-run',
    ])
    expect(stderr).toMatch(/left out: annotations/)
    expect(stderr).toMatch(/left out: rewinds/)
  })

  test.each(['atif', 'openai'])('%s says that it is left out', async (format) => {
    const { world, id } = await noted()
    const folder = await temporaryFolder()
    const { stderr } = await cli(['export', ...flags(world), '--format', format, '--out', folder])
    expect(stderr).toMatch(/annotations of 1 session/)
    expect(stderr).toMatch(/rewinds of 1 session/)
    expect(await readFile(join(folder, `${id}.json`), 'utf8')).not.toContain('0.750000000001')
  })
})

test('a connection that keeps breaking loses nothing', async () => {
  const world = await seedWorkspace()
  const ids: string[] = []
  for (let number = 0; number < 24; number++) ids.push(await makeSession(world))
  const proxy = await failingProxy(gateway.port, { requests: 5, answers: 7 })
  onTestFinished(() => proxy.close())
  const { code, stdout } = await cli(['export', ...flags(world, proxy.url), '--jsonl', '-'])
  expect(code).toBe(0)
  expect(proxy.cuts()).toBeGreaterThan(2)
  expect(jsonl(stdout).map((line) => line.session_id)).toEqual(ids)
})

describe('a transcript of 5000 messages', () => {
  const total = 5000
  let world: SeededWorkspace
  let id: string
  beforeAll(async () => {
    world = await seedWorkspace()
    id = await makeSession(world, total)
  })

  test.each(['atif', 'openai', 'native'])('is written page by page as %s', async (format) => {
    const out = await temporaryFolder()
    const sizes: number[] = []
    const { seen, url } = await watchPages(async () => {
      const names = await readdir(out)
      sizes.push(names.length === 0 ? 0 : statSync(join(out, names[0]!)).size)
    })
    const { code } = await cli(['export', id, ...flags(world, url), '--format', format, '--out', out])
    expect(code).toBe(0)
    const text = await readFile(join(out, `${id}.json`), 'utf8')
    const document = JSON.parse(text)
    const items: any[] = document.steps ?? document.messages
    expect(items.map((item) => item.message ?? item.content)).toEqual(
      Array.from({ length: total }, (_, number) => content(number)),
    )
    // What one page holds is all that is in memory: when a page is asked for, those before the last two are on disk.
    expect(seen.pages).toBe(20)
    expect(seen.largestAnswer).toBeLessThan(text.length / 8)
    for (const [page, size] of sizes.entries())
      expect(size).toBeGreaterThanOrEqual(Math.max(0, page - 2) * 250 * LENGTH)
    expect(await readdir(out)).toEqual([`${id}.json`])
  })
})

test.each<[string, string[], string]>([
  ['an unknown format', ['--format', 'xml'], "Option '--format <name>' argument 'xml' is invalid."],
  [
    'two targets',
    ['--out', 'x', '--jsonl', 'y'],
    "Option '--out <folder>' cannot be used with option '--jsonl <file>'.",
  ],
  [
    'a filter beside ids',
    ['1111', '--archived', 'any'],
    '--archived, --include-workload and --label go without ids.',
  ],
  [
    'counts among the lines',
    ['--jsonl', '-', '--json'],
    '--json and --jsonl - would share stdout; take one of them.',
  ],
  ['no key', ['--url', 'https://gateway.example'], 'export takes --key, or SESSION_GATEWAY_KEY.'],
  [
    'half a workspace',
    ['--key', 'sgw_x', '--org', 'p'],
    'export takes both --org and --workspace, or neither.',
  ],
])('%s is wrong usage', async (_name, more, sentence) => {
  const { code, stderr } = await cli(['export', ...more])
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringContaining(sentence) })
  expect(stderr.trimEnd().split('\n')).toHaveLength(1)
})

test('a workspace that the key does not reach, and a folder that cannot be one, are one sentence', async () => {
  const world = await seedWorkspace()
  const path = join(await temporaryFolder(), 'file')
  await writeFile(path, '')
  expect(await cli(['export', ...flags(world), '--workspace', 'nowhere'])).toEqual({
    ...{ code: 1, stdout: '' },
    stderr: `The key has no role in a workspace ${world.place.organization}/nowhere.\n`,
  })
  expect(await cli(['export', ...flags(world), '--out', path])).toEqual({
    ...{ code: 1, stdout: '', stderr: `${path} is no folder.\n` },
  })
})
