import { readdirSync, readlinkSync, statSync } from 'node:fs'
import { mkdir, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import sqlite from 'node-sqlite3-wasm'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { cli, spawnCli, temporaryFolder } from '../support/cli.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

type Row = Record<string, string | number | null>

/** A database whose owner has it open, with all of it still in the log beside it. */
function openDatabase(path: string) {
  const database = new sqlite.Database(path)
  onTestFinished(() => database.close())
  database.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma wal_autocheckpoint = 0')
  return {
    create: (table: string, columns: string) => database.exec(`create table ${table} (${columns})`),
    add: (table: string, row: Row) => {
      const names = Object.keys(row)
      const places = names.map(() => '?').join(', ')
      database.run(`insert into ${table} (${names.join(', ')}) values (${places})`, Object.values(row))
    },
  }
}

const at = (second: number) => Date.UTC(2026, 4, 4, 10, 0, second)
const tokens = { input: 10, output: 5, reasoning: 2, cache: { read: 100, write: 20 } }

/** Version 1: messages, and parts beside them. */
function addFirst(database: ReturnType<typeof openDatabase>) {
  database.create(
    'session',
    'id text, parent_id text, title text, directory text, version text, time_created integer, time_updated integer, share_url text, cost real, model text',
  )
  database.create('message', 'id text, session_id text, time_created integer, data text')
  database.create('part', 'id text, message_id text, session_id text, data text')
  const add = (id: string, second: number, data: object, parts: object[]) => {
    database.add('message', { id, session_id: 'ses_1', time_created: at(second), data: JSON.stringify(data) })
    for (const [index, part] of parts.entries())
      database.add('part', {
        id: `prt_${id}_${index}`,
        message_id: id,
        session_id: 'ses_1',
        data: JSON.stringify(part),
      })
  }
  database.add('session', {
    id: 'ses_1',
    parent_id: null,
    title: 'Rename a file',
    directory: '/w',
    version: '1.2',
    share_url: 'https://a.example/s',
    cost: 0,
    model: JSON.stringify({ id: 'm-1', providerID: 'p' }),
    time_created: at(0),
    time_updated: at(9),
  })
  add('msg_1', 1, { role: 'user', time: { created: at(1) } }, [{ type: 'text', text: 'Rename it.' }])
  add(
    'msg_2',
    2,
    {
      role: 'assistant',
      modelID: 'm-1',
      providerID: 'p',
      cost: 0.01,
      tokens,
      time: { created: at(2), completed: at(3) },
    },
    [
      { type: 'text', text: 'Renamed.' },
      {
        type: 'tool',
        callID: 'call_1',
        tool: 'bash',
        state: { status: 'completed', input: { cmd: 'mv a b' }, output: 'ok' },
      },
    ],
  )
}

/** Version 2: messages that hold their parts; a fork has copies of what came before it. */
function addSecond(database: ReturnType<typeof openDatabase>) {
  database.create(
    'session_v2',
    'id text, parent_id text, fork_session_id text, fork_boundary text, title text, directory text, version text, time_created integer, time_updated integer',
  )
  database.create('session_message', 'id text, session_id text, type text, seq integer, data text')
  const session = (id: string, members: Row) =>
    database.add('session_v2', {
      id,
      parent_id: null,
      fork_session_id: null,
      fork_boundary: null,
      title: id,
      directory: '/w',
      version: '2.0',
      time_created: at(20),
      time_updated: at(30),
      ...members,
    })
  const add = (of: string, id: string, seq: number, type: string, data: object) =>
    database.add('session_message', {
      id,
      session_id: of,
      type,
      seq,
      data: JSON.stringify({ time: { created: at(20 + seq), completed: at(21 + seq) }, ...data }),
    })
  const answer = (text: string, content: object[] = []) => ({
    ...{
      agent: 'build',
      model: { id: 'm-2', providerID: 'p' },
      tokens,
      cost: 0.02,
      content: [{ type: 'text', text }, ...content],
    },
  })
  const failed = {
    type: 'tool',
    id: 'call_2',
    name: 'bash',
    state: { status: 'error', input: { cmd: 'x' }, content: [], error: { message: 'not found' } },
    time: {},
  }
  session('ses_2', { title: 'Count' })
  add('ses_2', 'msg_21', 1, 'user', { text: 'Count.' })
  add('ses_2', 'msg_22', 2, 'assistant', answer('I try.', [failed]))
  add('ses_2', 'msg_23', 3, 'compaction', { reason: 'auto', summary: 'They counted.' })
  add('ses_2', 'msg_24', 4, 'assistant', answer('Nine.'))
  session('ses_3', { title: 'Fork', fork_session_id: 'ses_2', fork_boundary: 'msg_22', time_created: at(40) })
  add('ses_3', 'msg_31', 1, 'user', { text: 'Count.' })
  add('ses_3', 'msg_32', 2, 'assistant', answer('I try.'))
  add('ses_3', 'msg_33', 3, 'user', { text: 'Again.' })
  add('ses_3', 'msg_34', 4, 'assistant', answer('Ten.'))
}

const told = ({ role, content, isSummary, isError, usage }: any) => [
  ...[role, content, isSummary, isError],
  usage === null ? null : usage.outputTokens,
]

test('sessions of both versions come out of the database while opencode writes it, with usage once', async () => {
  const world = await openImportWorld(gateway.url)
  const home = join(world.folder, 'opencode')
  await mkdir(home)
  const database = openDatabase(join(home, 'opencode.db'))
  addFirst(database)
  addSecond(database)
  const flags = ['--from', 'opencode', '--yes', ...world.flags, '--json']
  const imported = await cli(['import', ...flags], { XDG_DATA_HOME: world.folder })
  expect({ code: imported.code, stderr: imported.stderr }).toMatchObject({ code: 0 })
  expect(JSON.parse(imported.stdout)).toMatchObject({ created: 3, failed: 0 })
  const sessions = await world.sessions()
  const byTitle = (title: string) => sessions.find((session) => session.title === title).rows.map(told)
  expect(byTitle('Rename a file')).toEqual([
    ['USER', 'Rename it.', false, null, null],
    ['ASSISTANT', 'Renamed.', false, null, 7],
    ['TOOL', 'ok', false, false, null],
  ])
  const [first] = sessions.find(({ title }) => title === 'Rename a file').rows
  expect(first.metadata.session.opencode).toMatchObject({
    directory: '/w',
    version: '1.2',
    share_url: 'https://a.example/s',
  })
  expect(byTitle('Count')).toEqual([
    ['USER', 'Count.', false, null, null],
    ['ASSISTANT', 'I try.', false, null, 7],
    ['TOOL', 'not found', false, true, null],
    ['USER', 'They counted.', true, null, null],
    ['ASSISTANT', 'Nine.', false, null, 7],
  ])
  expect(byTitle('Fork').map(([role, , , , output]: any) => [role, output])).toEqual([
    ['USER', null],
    ['ASSISTANT', null],
    ['USER', null],
    ['ASSISTANT', 7],
  ])

  const again = await cli(['import', ...flags], { XDG_DATA_HOME: world.folder })
  expect(JSON.parse(again.stdout)).toMatchObject({ created: 0, updated: 0, skipped: 3, messages: 0 })
  expect(await world.sessions()).toEqual(sessions)
})

test('a watched database shows what opencode adds to its log', async () => {
  const world = await openImportWorld(gateway.url)
  const home = join(world.folder, 'opencode')
  await mkdir(home)
  const database = openDatabase(join(home, 'opencode.db'))
  addFirst(database)
  const flags = ['--from', 'opencode', '--yes', '--watch', ...world.flags]
  const running = spawnCli(['import', ...flags], { XDG_DATA_HOME: world.folder, LOG_LEVEL: 'silent' })
  await vi.waitFor(() => expect(running.output.stderr).toContain('Watching'), { timeout: 50_000 })
  const data = JSON.stringify({ role: 'user', time: { created: at(5) } })
  database.add('message', { id: 'msg_3', session_id: 'ses_1', time_created: at(5), data })
  const part = { id: 'prt_3', message_id: 'msg_3', session_id: 'ses_1' }
  database.add('part', { ...part, data: JSON.stringify({ type: 'text', text: 'And back.' }) })
  await vi.waitFor(
    async () => {
      const [session] = await world.sessions()
      expect(session.rows.map(({ content }: any) => content)).toEqual([
        'Rename it.',
        'Renamed.',
        'ok',
        'And back.',
      ])
    },
    { timeout: 30_000, interval: 200 },
  )
  running.child.kill('SIGINT')
  expect(await running.ended).toBe(0)
}, 120_000)

test('a database of somebody else is refused, and a broken one as well', async () => {
  const world = await openImportWorld(gateway.url)
  openDatabase(join(world.folder, 'opencode.db')).create('notes', 'id text')
  const other = await world.run(join(world.folder, 'opencode.db'))
  expect(other).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('an SQLite database of no agent that is known'),
  })
  await world.put(
    'broken/opencode.db',
    Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(500, 7)]),
  )
  const broken = await world.run(join(world.folder, 'broken', 'opencode.db'))
  expect(broken).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('is a database that cannot be read'),
  })
})

test.skipIf(process.platform !== 'linux')(
  'SIGTERM in the midst of the copying leaves nothing of the copy',
  async () => {
    const [folder, copies] = [await temporaryFolder(), await temporaryFolder()]
    const path = join(folder, 'opencode.db')
    openDatabase(path).create('session', 'id text')
    await truncate(path, 300_000_000)
    const running = spawnCli(['import', path, '--dry-run'], { TMPDIR: copies })
    const files = `/proc/${running.child.pid}/fd`
    const isCopying = (fd: string) => {
      try {
        const file = join(files, fd)
        const isCopy = readlinkSync(file).startsWith(join(copies, 'session-gateway-'))
        return isCopy && statSync(file).size > 50_000_000
      } catch {
        return false
      }
    }
    while (!readdirSync(files).some(isCopying)) await sleep(5)
    running.child.kill('SIGTERM')
    expect(await running.ended).toBe(null)
    expect(readdirSync(copies).filter((name) => name.startsWith('session-gateway-'))).toEqual([])
  },
)
