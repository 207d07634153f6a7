import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, onTestFinished, test, vi } from 'vitest'
import { emptyStoreSettings, temporaryFolder } from '../support/cli.js'

const isOver = (pid: number) => {
  try {
    process.kill(pid, 0)
    return false
  } catch {
    return true
  }
}

// Node fails to restore a terminal that is gone, and then fails to say so, for ever, on a whole processor.
test.skipIf(!existsSync('/usr/bin/script'))(
  'a gateway whose terminal is closed drains and is gone',
  async () => {
    const folder = await temporaryFolder()
    const pidFile = join(folder, 'pid')
    const gateway = `${process.execPath} --import tsx src/main.ts start --port 0`
    const terminal = spawn('script', ['-qfc', `echo $$ > ${pidFile}; exec ${gateway}`, '/dev/null'], {
      env: { ...process.env, NODE_ENV: 'development', ...(await emptyStoreSettings()) },
      stdio: ['pipe', 'pipe', 'ignore'],
    })
    onTestFinished(() => void terminal.kill('SIGKILL'))
    let shown = ''
    terminal.stdout.setEncoding('utf8').on('data', (text: string) => {
      shown += text
    })
    await vi.waitFor(() => expect(shown).toContain('http://'), { timeout: 50_000, interval: 100 })
    const pid = Number(await readFile(pidFile, 'utf8'))
    onTestFinished(() => {
      if (!isOver(pid)) process.kill(pid, 'SIGKILL')
    })
    terminal.kill('SIGKILL')
    await vi.waitFor(() => expect(isOver(pid)).toBe(true), { timeout: 20_000, interval: 100 })
  },
  90_000,
)
