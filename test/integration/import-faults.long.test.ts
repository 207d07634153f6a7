import { execFileSync } from 'node:child_process'
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { spawnCli } from '../support/cli.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const chat = (...texts: string[]) =>
  JSON.stringify({
    messages: texts.map((content, index) => ({ role: index % 2 === 0 ? 'user' : 'assistant', content })),
  })

const textsOf = (sessions: any[]) =>
  sessions.map(({ rows }) => rows.map(({ content }: any) => content).join(' ')).sort()

test('links that lead in a circle end, and a file behind one is not read; that is said', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('a/one.json', chat('One'))
  symlinkSync('..', join(world.folder, 'a', 'up'))
  symlinkSync('self', join(world.folder, 'self'))
  symlinkSync('nowhere.json', join(world.folder, 'lost.json'))
  const { code, report, stderr } = await world.run()
  expect({ code, report }).toMatchObject({ code: 0, report: { created: 1, failed: 0 } })
  expect(stderr).toBe(
    `${join(world.folder, 'a', 'up')}: it is one of 2 links, which an import does not follow\n`,
  )
  expect(await world.run(join(world.folder, 'self'))).toMatchObject({ code: 1 })
})

test('packed files of a folder are named, once', async () => {
  const world = await openImportWorld(gateway.url)
  const packed = await world.put('a.jsonl.gz', gzipSync(chat('Packed')))
  await world.put('b/c.json.zst', 'packed')
  await world.put('notes.txt.gz', 'no session')
  expect(await world.run()).toEqual({
    code: 1,
    report: null,
    stderr: `${packed} is packed; unpack it first.\n`,
  })
  await world.put('one.json', chat('One'))
  const { code, report, stderr } = await world.run()
  expect({ code, report }).toMatchObject({ code: 0, report: { created: 1, failed: 0 } })
  expect(stderr).toBe(
    `${packed}: it is one of 2 packed files, which an import does not read; unpacked it does\n`,
  )
})

test('files that an agent left without messages make no session, and are no failure', async () => {
  const world = await openImportWorld(gateway.url)
  const summary = JSON.stringify({ type: 'summary', summary: 'Nothing', leafUuid: 'x' })
  const snapshot = JSON.stringify({ type: 'file-history-snapshot', messageId: 'm', snapshot: {} })
  const first = await world.put('a.jsonl', `${summary}\n`)
  await world.put('b.jsonl', `${snapshot}\n`)
  await world.put('c.json', chat('One'))
  const foreseen = await world.run(undefined, '--dry-run')
  const { code, report, stderr } = await world.run()
  expect({ code, report }).toMatchObject({ code: 0, report: { created: 1, failed: 0 } })
  expect(stderr).toBe(`${first}: it has no messages, and makes no session, like 1 other\n`)
  expect(foreseen).toMatchObject({ code: 0, stderr, report: { created: 1, empty: report.empty } })
})

test('empty files of a folder make no session, and are no failure; one that is named alone is a sentence', async () => {
  const world = await openImportWorld(gateway.url)
  const empty = await world.put('a.jsonl', '')
  const others = [await world.put('b.json', ' \n'), await world.put('c.pb', '')]
  await world.put('d.json', chat('One'))
  const { code, report, stderr } = await world.run()
  expect({ code, report }).toMatchObject({ code: 0, report: { created: 1, failed: 0 } })
  expect(stderr).toBe(
    [empty, ...others].map((name) => `${name}: it is empty, and makes no session\n`).join(''),
  )
  expect(await world.run(undefined, '--dry-run')).toMatchObject({ code: 0, stderr })
  expect(await world.run(empty)).toEqual({ code: 1, report: null, stderr: `${empty} is empty.\n` })
})

test('files that were put behind each other with their byte order marks come in whole', async () => {
  const world = await openImportWorld(gateway.url)
  const line = (text: string) =>
    `\uFEFF${JSON.stringify({ messages: [{ role: 'user', content: text }] })}\r\n`
  await world.put('both.jsonl', `${line('one')}${line('two')}`)
  expect(await world.run()).toMatchObject({ code: 0, stderr: '', report: { created: 2, failed: 0 } })
  expect(textsOf(await world.sessions())).toEqual(['one', 'two'])
})

test('no name and no content of a file sends codes to the terminal', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('\u001b]0;name\u0007.json', 'nothing')
  const entry = {
    type: '\u001b[2J',
    id: '\u009b31m',
    sessionId: 'x',
    uuid: 'y',
    timestamp: '2026-01-01T00:00:00Z',
  }
  const said = { ...entry, type: 'user', message: { role: 'user', content: 'x' } }
  await world.put('p/session.jsonl', `${JSON.stringify(said)}\n${JSON.stringify(entry)}\n`)
  const { stderr } = await world.run()
  expect(stderr).toContain('name')
  expect(stderr).toContain('left out')
  expect([...'\u001b\u0007\u009b'].filter((control) => stderr.includes(control))).toEqual([])
})

test('a file that is gone before it is read is named, and stops no other', async () => {
  const world = await openImportWorld(gateway.url)
  const big = `${chat('x'.repeat(200), 'y')}\n`.repeat(100)
  await world.put('a.jsonl', big)
  await world.put('z.json', chat('Gone'))
  await world.put('zz.json', chat('Still there'))
  const running = spawnCli(['import', world.folder, ...world.flags, '--json'], { LOG_LEVEL: 'silent' })
  rmSync(join(world.folder, 'z.json'))
  await running.ended
  // Whether it was seen before it was gone is chance; the others come in either way.
  expect(running.output.stderr).not.toMatch(/at \w+.*:\d+:\d+/)
  expect(textsOf(await world.sessions())).toContain('Still there')
})

test('a file that ends in zeros, as a lost power leaves it, comes in up to them', async () => {
  const world = await openImportWorld(gateway.url)
  const lines = [
    { role: 'user', content: 'Hi' },
    { role: 'assistant', content: 'Hello.' },
  ]
  const text = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const path = await world.put('log.jsonl', Buffer.concat([Buffer.from(text), Buffer.alloc(512)]))
  const { code, report, stderr } = await world.run(path)
  expect({ code, created: report.created }).toEqual({ code: 0, created: 1 })
  expect(stderr).toMatch(/line 3 is cut/)
  expect(textsOf(await world.sessions())).toEqual(['Hi Hello.'])
})

test.each(['constructor', '__proto__', 'toString'])('the role %s is refused like any other', async (role) => {
  const world = await openImportWorld(gateway.url)
  await world.put('strange.json', JSON.stringify({ messages: [{ role, content: 'Hi' }] }))
  await world.put('usual.json', chat('Usual'))
  const { code, stderr, report } = await world.run()
  expect({ code, created: report.created, failed: report.failed }).toEqual({ code: 1, created: 1, failed: 1 })
  expect(stderr).toContain(`message 1 has the unknown role "${role}"`)
})

test('a pipe in the place of a file is read like the file', async () => {
  const world = await openImportWorld(gateway.url)
  const pipe = join(world.folder, 'pipe')
  execFileSync('mkfifo', [pipe])
  const running = spawnCli(['import', pipe, ...world.flags, '--json'], { LOG_LEVEL: 'silent' })
  writeFileSync(pipe, chat('Through', 'a pipe'))
  expect({ code: await running.ended, stderr: running.output.stderr }).toMatchObject({ code: 0 })
  expect(textsOf(await world.sessions())).toEqual(['Through a pipe'])
})

test('a folder that may not be read is named, and the others come in', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('open/one.json', chat('Open'))
  // What no one may open, not even root: a folder whose path is too long for the system.
  let deep = join(world.folder, 'deep')
  mkdirSync(deep)
  const cwd = process.cwd()
  process.chdir(deep)
  try {
    for (let level = 0; level < 30; level++) {
      mkdirSync('d'.repeat(200))
      process.chdir('d'.repeat(200))
      deep = join(deep, 'd'.repeat(200))
    }
  } finally {
    process.chdir(cwd)
  }
  const { code, report, stderr } = await world.run()
  expect({ code, created: report.created }).toEqual({ code: 1, created: 1 })
  expect(stderr).toContain('it cannot be read (ENAMETOOLONG)')
  execFileSync('rm', ['-rf', world.folder])
})

test('what Claude Code keeps beside its sessions is no session, and nothing is said of it', async () => {
  const world = await openImportWorld(gateway.url)
  await world.put('p/0a.json', chat('One'))
  await world.put('p/sessions-index.json', JSON.stringify({ version: 1, entries: [] }))
  await world.put('p/0a/subagents/agent-1.meta.json', JSON.stringify({ agentType: 'Explore' }))
  expect(await world.run()).toMatchObject({ code: 0, stderr: '', report: { created: 1, failed: 0 } })
})
