import { execFileSync } from 'node:child_process'
import { closeSync, openSync, readdirSync, readFileSync, readlinkSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeConversation } from '../support/agent-files/conversation.js'
import { agentFiles } from '../support/agent-files/formats.js'
import { spawnCli, temporaryFolder } from '../support/cli.js'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

const MEGABYTE = 1_000_000
const file = agentFiles['claude-code']
const content = (megabytes: number): string => {
  const words = ' and some more words of it, line after line.'.repeat(100)
  const each = file.content(makeConversation(1, 4, 1, words)).length / 4
  return String(file.content(makeConversation(7, Math.ceil((megabytes * MEGABYTE) / each), 1, words)))
}

/** How far a process has read a file; null while it has not opened it. */
function positionIn(pid: number, path: string): number | null {
  try {
    const own = readdirSync(`/proc/${pid}/fd`).filter((fd) => {
      try {
        return readlinkSync(`/proc/${pid}/fd/${fd}`) === path
      } catch {
        return false
      }
    })
    const positions = own.map((fd) =>
      Number(/^pos:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/fdinfo/${fd}`, 'utf8'))?.[1] ?? 0),
    )
    return positions.length === 0 ? null : Math.max(...positions)
  } catch {
    return null
  }
}

test.skipIf(process.platform !== 'linux').each([
  ['a dry run', 'SIGINT', ['--dry-run'], 1, 'Interrupted.'],
  ['an import', 'SIGINT', [], 1, 'The import ended early: it was interrupted; the same command goes on'],
  ['an import', 'SIGTERM', [], null, ''],
] as const)(
  '%s that reads a large file ends by %s in the middle of it',
  async (what, signal, more, code, said) => {
    const world = await openImportWorld(gateway.url)
    const path = await world.put('large.jsonl', content(60))
    const running = spawnCli(['import', path, ...(what === 'a dry run' ? [] : world.flags), ...more])
    const position = () => positionIn(running.child.pid ?? 0, path) ?? 0
    while (position() < 5 * MEGABYTE) await sleep(5)
    running.child.kill(signal)
    let [at, ended] = [0, false]
    void running.ended.then(() => {
      ended = true
    })
    while (!ended) {
      at = Math.max(at, position())
      await sleep(5)
    }
    expect(await running.ended).toBe(code)
    expect(running.output.stderr).toContain(said)
    expect(at).toBeLessThan(40 * MEGABYTE)
  },
  120_000,
)

test('one large session that Ctrl-C cuts twice as it is written comes in whole with the next run', async () => {
  const world = await openImportWorld(gateway.url)
  const path = await world.put('large.jsonl', content(12))
  // Without reading them: it would be done before they are read.
  const rows = () => world.store.message.count({ where: { organizationId: world.organizationId } })
  let before = 0
  for (let time = 0; time < 2; time += 1) {
    const running = spawnCli(['import', path, ...world.flags])
    await expect.poll(rows, { timeout: 60_000, interval: 100 }).toBeGreaterThan(before)
    running.child.kill('SIGINT')
    expect(await running.ended).toBe(1)
    before = await rows()
  }
  expect((await world.run(path)).report).toMatchObject({ created: 0, updated: 1, failed: 0 })
  const [cut] = await world.sessions()
  const other = await openImportWorld(gateway.url)
  await other.run(await other.put('large.jsonl', content(12)))
  const [whole] = await other.sessions()
  expect(before).toBeLessThan(cut.rows.length)
  expect(cut.rows.map(({ content: text }: any) => text)).toEqual(
    whole.rows.map(({ content: text }: any) => text),
  )
}, 240_000)

test.each(['nobody writes to', 'somebody holds'])(
  'Ctrl-C ends waiting for a pipe that %s, and no copy stays',
  async (what) => {
    const [folder, copies] = [await temporaryFolder(), await temporaryFolder()]
    const path = join(folder, 'pipe')
    execFileSync('mkfifo', [path])
    const held = what === 'somebody holds' ? openSync(path, 'r+') : null
    const running = spawnCli(['import', path, '--dry-run'], { TMPDIR: copies })
    await expect
      .poll(() => readdirSync(copies, { recursive: true }), { timeout: 30_000 })
      .toContainEqual(expect.stringMatching(/^session-gateway-\w+/))
    running.child.kill('SIGINT')
    expect(await running.ended).toBe(1)
    expect(running.output.stderr).toBe('Interrupted.\n')
    expect(readdirSync(copies).filter((name) => name.startsWith('session-gateway-'))).toEqual([])
    if (held !== null) closeSync(held)
  },
)
