import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { setLogLevel } from '../../src/log.js'
import { makeTenant, serveFrom } from '../support/breakable-store.js'
import { spawnCli, temporaryFolder } from '../support/cli.js'
import { findLastingPort } from '../support/free-port.js'
import { silentProxy } from '../support/silent-proxy.js'

beforeAll(() => setLogLevel('silent'))
afterAll(() => setLogLevel('warn'))

/** The longest that a command may take to notice, on a machine that does much else. */
const NOTICED_MS = 90_000

const line = (number: number) =>
  JSON.stringify({ messages: [{ role: 'user', content: `question ${number} at the end` }] })

async function writeFiles(): Promise<string> {
  const folder = join(await temporaryFolder(), 'files')
  mkdirSync(folder)
  for (let number = 0; number < 30; number++)
    writeFileSync(join(folder, `${number}.jsonl`), `${line(number)}\n`)
  return folder
}

const place = ['--org', 'acme', '--workspace', 'main']

const gone = async () => ['--url', `http://127.0.0.1:${await findLastingPort()}`]

/** Ends the database of a gateway with the first file that comes in. */
async function goneMeanwhile(): Promise<{ flags: string[]; end: Promise<void> }> {
  const { url, key } = await makeTenant(inject('postgresql')?.serverUrl ?? '')
  const database = await silentProxy(Number(new URL(url).port))
  const served = await serveFrom(database.urlOf(url))
  const end = database.fallSilentAt('at the end').then(() => database.close())
  return { flags: ['--url', served.url, '--key', key], end }
}

async function run(args: string[], meanwhile?: Promise<void>) {
  const begunAt = performance.now()
  const { ended, output } = spawnCli(args, { LOG_LEVEL: 'silent' })
  await meanwhile
  const code = await ended
  expect(performance.now() - begunAt).toBeLessThan(NOTICED_MS)
  // A sentence for people: neither a stack nor the place in a file.
  expect(output.stderr).not.toMatch(/^\s+at |node:internal|Error:/m)
  return { code, ...output }
}

const options = { timeout: 2 * NOTICED_MS }

test.each(['import', 'export'])(
  'an %s whose gateway is gone ends with one sentence',
  options,
  async (command) => {
    const files = command === 'import' ? await writeFiles() : '--jsonl=-'
    const { code, stderr, stdout } = await run([
      command,
      files,
      ...(await gone()),
      '--key',
      'sgw_x',
      ...place,
    ])
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' })
    expect(stderr).toMatch(/^No gateway answers at [^\n]+\.\n$/)
  },
)

test.skipIf(inject('postgresql') === null)(
  'an import whose database goes away ends within its time, and says why in one sentence',
  options,
  async () => {
    const { flags, end } = await goneMeanwhile()
    const { code, stderr } = await run(['import', await writeFiles(), ...flags, ...place], end)
    expect(code).toBe(1)
    const sentence =
      'The import ended early: The database cannot be reached; the same command goes on with the rest.\n'
    expect(stderr.split(sentence)).toHaveLength(2)
    expect(stderr.endsWith(sentence)).toBe(true)
  },
)
