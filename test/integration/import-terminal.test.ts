import { spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openImportWorld } from '../support/import-world.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore()
})
afterAll(() => gateway.close())

/** Runs a command on a terminal of its own, as `script` makes one; gives all that the terminal got. */
async function onTerminal(args: readonly string[]): Promise<{ code: number | null; shown: string }> {
  const quoted = args.map((arg) => `'${arg}'`).join(' ')
  const command = `stty cols 160; '${process.execPath}' --import tsx src/main.ts ${quoted}`
  const child = spawn('script', ['--quiet', '--return', '--command', command, '/dev/null'], {
    env: { ...process.env, NODE_ENV: 'development', LOG_LEVEL: 'silent', TERM: 'xterm' },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  let shown = ''
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    shown += text
  })
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve))
  return { code, shown }
}

test('on a terminal a bar shows how much is read, and the counts follow it', async () => {
  const world = await openImportWorld(gateway.url)
  const words = 'word '.repeat(2000)
  for (let number = 1; number <= 12; number++)
    await world.put(
      `${number}.json`,
      JSON.stringify({ messages: [{ role: 'user', content: `${number} ${words}` }] }),
    )
  const { code, shown } = await onTerminal(['import', world.folder, ...world.flags])
  expect({ code, shown }).toMatchObject({ code: 0 })
  expect(shown).toMatch(/█+ 100% of 120\.\d kB {2}12 sessions {2}12 messages {2}0 failed/)
  expect(shown).toMatch(/created 12, updated 0, skipped 0, failed 0 \(12 new messages/)
  // The cursor that the bar hides is back.
  expect(shown.lastIndexOf('\u001b[?25h')).toBeGreaterThan(shown.lastIndexOf('\u001b[?25l'))
}, 120_000)
