import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CliError } from '../../failure.js'
import { createCopies } from '../copies.js'
import { emptyReport } from '../import-report.js'
import { readFiles } from '../read-files.js'
import { findSources } from '../sources.js'
import { openPlainFile } from './plain-file.js'

const folder = mkdtempSync(join(tmpdir(), 'session-gateway-hostile-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function put(name: string, value: unknown): void {
  const path = join(folder, name)
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
}

const pipe = (name: string) => execFileSync('mkfifo', [join(folder, name)])
const link = (to: string, name: string) => symlinkSync(to, join(folder, name))

/** The texts that an import of a folder below reads, and what it says of the rest. */
async function read(name: string) {
  const sources = await findSources(join(folder, name), {})
  const report = emptyReport(sources)
  const defaults = { agent: null, model: null, origin: null, labels: {} }
  const texts: string[] = []
  for (const session of readFiles(sources.files, {
    wanted: 'auto',
    defaults,
    report,
    copies: createCopies(),
  })) {
    texts.push(...[...session.messages()].map(({ content }) => content))
    session.release()
  }
  await sources.close()
  return { texts, failures: report.failures }
}

const event = (id: number, content = `text ${id}`) => ({
  ...{ id, source: 'user', action: 'message', args: { content } },
  timestamp: `2026-05-01T09:00:${10 + id}.000001`,
})
const chat = (content: string) => ({ messages: [{ role: 'user', content }] })
const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`

describe('a folder that somebody made to hold an import, or to have it read more than itself', () => {
  test('of pipes alone is empty, and a pipe between files is passed over', async () => {
    mkdirSync(join(folder, 'pipes/alone'), { recursive: true })
    pipe('pipes/alone/0.json')
    pipe('pipes/a.jsonl')
    put('pipes/b.json', chat('whole'))
    expect(await read('pipes')).toEqual({ texts: ['whole'], failures: [] })
  })

  test('gives of events in files those that are files: no pipe, link, device, folder or endless nest', async () => {
    put('secret.json', event(5, 'secret'))
    put('run/events/0.json', event(0))
    put('run/events/9.json', event(9))
    pipe('run/events/1.json')
    mkdirSync(join(folder, 'run/events/2.json'))
    link('/dev/zero', 'run/events/3.json')
    put('run/events/4.json', deep)
    link(join(folder, 'secret.json'), 'run/events/5.json')
    link('6.json', 'run/events/6.json')
    put('run/events/7.json', '{"id": 7, "source": "us')
    pipe('run/metadata.json')
    expect(await read('run')).toEqual({ texts: ['text 0', 'text 9'], failures: [] })
  })

  test('and of messages in folders those that lie there, and not behind a link', async () => {
    const session = (id: string) => ({ id, time: { created: 1 }, title: 'x' })
    put('elsewhere/msg_1.json', { id: 'msg_1', role: 'user', time: { created: 1 } })
    put('storage/session/p/ses_1.json', session('ses_1'))
    mkdirSync(join(folder, 'storage/message'))
    mkdirSync(join(folder, 'storage/part'))
    link(join(folder, 'elsewhere'), 'storage/message/ses_1')
    expect(await read('storage')).toEqual({
      texts: [],
      failures: [{ name: 'session ses_1', reason: 'the storage has no messages of it' }],
    })
  })

  test('of links in a circle ends', async () => {
    put('circle/a.json', chat('once'))
    link('.', 'circle/again')
    link('..', 'circle/up')
    expect(await read('circle')).toEqual({ texts: ['once'], failures: [] })
  })

  test.skipIf(process.getuid?.() === 0)('names what it may not read, and reads the rest', async () => {
    put('closed/events/0.json', event(0))
    put('closed/events/1.json', event(1))
    chmodSync(join(folder, 'closed/events/1.json'), 0o000)
    put('closed/other.json', chat('read'))
    const { texts, failures } = await read('closed')
    expect(texts).toEqual(['read'])
    expect(failures).toMatchObject([{ reason: expect.stringContaining('it may not be read') }])
  })
})

test('what is opened for reading is a file', () => {
  pipe('named')
  expect(() => openPlainFile(join(folder, 'named'), 'named')).toThrow(new CliError('named is no file.'))
  expect(() => openPlainFile('/dev/zero', 'zero')).toThrow(new CliError('zero is no file.'))
})
