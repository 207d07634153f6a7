import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { makeTenant, serveFrom } from '../support/breakable-store.js'
import { spawnCli, temporaryFolder } from '../support/cli.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { type SilentProxy, silentProxy } from '../support/silent-proxy.js'

let gateway: ListeningGateway
let world: SeededWorkspace
let proxy: SilentProxy
let flags: string[]
let ids: string[]

beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())
beforeEach(async () => {
  world = await seedWorkspace()
  proxy = await silentProxy(gateway.port)
  onTestFinished(() => proxy.close())
  const { organization, workspace } = world.place
  flags = ['--key', world.ana.key, '--org', organization, '--workspace', workspace]
  ids = []
  for (let number = 0; number < 6; number++) ids.push(await saveSession(world, world.ana))
})

describe.each([
  ['is interrupted', 'SIGINT', 1],
  ['is ended', 'SIGTERM', 1],
  ['is killed', 'SIGKILL', null],
] as const)('an export to a file of lines that %s', (_name, signal, code) => {
  test('writes no file, and says so', async () => {
    const folder = await temporaryFolder()
    const file = join(folder, 'all.jsonl')
    const silent = proxy.fallSilentAt(ids.at(-1) ?? '')
    const url = proxy.urlOf(gateway.url)
    const { child, ended, output } = spawnCli(['export', ...flags, '--url', url, '--jsonl', file])
    await silent
    child.kill(signal)
    expect(await ended).toBe(code)
    const left = await readdir(folder)
    expect(left.filter((name) => !name.endsWith('.part'))).toEqual([])
    if (signal === 'SIGKILL') return
    expect(left).toEqual([])
    expect(output.stdout).toMatch(/^exported 0, existing 0, failed 0 \(0 messages/)
    expect(output.stderr).toContain(`The export ended early: it was interrupted; ${file} is not written.\n`)
  })
})

test('an export to stdout that is interrupted has written whole lines, as many as it says', async () => {
  const silent = proxy.fallSilentAt(ids.at(-1) ?? '')
  const url = proxy.urlOf(gateway.url)
  const { child, ended, output } = spawnCli(['export', ...flags, '--url', url, '--jsonl', '-'])
  await silent
  await expect.poll(() => output.stdout.split('\n').length - 1).toBeGreaterThanOrEqual(2)
  child.kill('SIGINT')
  expect(await ended).toBe(1)
  const lines = output.stdout.split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line).session_id)).toEqual(ids.slice(0, lines.length))
  expect(output.stderr).toContain(`exported ${lines.length}, existing 0, failed 0`)
  expect(output.stderr).toContain('it was interrupted; what is written is whole.')
})

test('a reader that has enough ends an export quietly, and nothing is left of it', async () => {
  const folder = await temporaryFolder()
  const command = `"$0" --import tsx src/main.ts export "$@" --jsonl - | head -n 1; echo "exit \${PIPESTATUS[0]}"`
  const { stdout, stderr } = await promisify(execFile)(
    'bash',
    ['-c', command, process.execPath, ...flags, '--url', gateway.url],
    { env: { ...process.env, TMPDIR: folder } },
  )
  const [line = '', exit] = stdout.split('\n')
  expect(JSON.parse(line).session_id).toBe(ids[0])
  expect(exit).toMatch(/^exit (0|141)$/)
  expect(stderr).not.toMatch(/EPIPE|Error/)
  expect((await readdir(folder)).filter((name) => name.startsWith('session-gateway-export'))).toEqual([])
})

// Before, each of the sessions that were left was tried for twelve seconds.
test.skipIf(inject('postgresql') === null)(
  'an export whose database goes away ends, writes no file, and says why',
  { timeout: 120_000 },
  async () => {
    const { url, key } = await makeTenant(inject('postgresql')?.serverUrl ?? '')
    const database = await silentProxy(Number(new URL(url).port))
    const served = await serveFrom(database.urlOf(url))
    const place = ['--key', key, '--org', 'acme', '--workspace', 'main']
    let last = ''
    for (let number = 0; number < 20; number++) {
      last = randomUUID()
      const input = { organization: 'acme', workspace: 'main', id: last, model: 'm' }
      const query = 'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }'
      const headers = { 'Content-Type': 'application/json', 'X-API-Key': key }
      const body = JSON.stringify({ query, variables: { input } })
      expect((await fetch(`${served.url}/graphql`, { method: 'POST', headers, body })).status).toBe(200)
    }
    const folder = await temporaryFolder()
    const file = join(folder, 'all.jsonl')
    const gone = database.fallSilentAt(last)
    const { ended, output } = spawnCli(['export', ...place, '--url', served.url, '--jsonl', file])
    await gone
    await database.close()

    expect(await ended).toBe(1)
    expect(output.stderr).toContain(
      `The export ended early: The database cannot be reached; ${file} is not written.\n`,
    )
    expect(await readdir(folder)).toEqual([])
  },
)
