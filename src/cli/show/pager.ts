import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readPager } from '../../config/environment.js'

/** Where a long text goes: a screen at a time on a terminal, else straight to stdout. */
export interface Pager {
  colors: boolean
  /** False once nobody reads any more. */
  write(text: string): Promise<boolean>
  /** Waits until it was read. */
  close(): Promise<void>
}

/** A pager if stdout is a terminal and one is wanted. */
export function openPager(wanted: boolean): Pager {
  const { stdout } = process
  const direct: Pager = {
    colors: stdout.isTTY,
    write: async (text) => {
      stdout.write(text)
      return true
    },
    close: async () => {},
  }
  if (!wanted || !stdout.isTTY) return direct
  const [program = 'less', ...args] = readPager().split(/\s+/)
  const child = spawn(program, args, { stdio: ['pipe', 'inherit', 'inherit'] })
  let failed = false
  let ended = false
  const end = new Promise<void>((resolve) => {
    child.once('error', () => {
      failed = true
      resolve()
    })
    child.once('close', () => {
      ended = true
      resolve()
    })
  })
  child.stdin.on('error', () => {
    ended = true
  })
  return {
    colors: true,
    async write(text) {
      if (failed) return direct.write(text)
      if (ended) return false
      if (!child.stdin.write(text)) await Promise.race([once(child.stdin, 'drain'), end])
      return !ended
    },
    async close() {
      if (!failed) child.stdin.end()
      await end
    },
  }
}
