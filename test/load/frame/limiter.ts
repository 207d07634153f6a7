import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { killOnExit } from './server.js'

/** Whether this machine shows what a process uses, thread by thread: Linux does. */
export const canLimit = existsSync('/proc/self/task')

/** Does work while each of the processes is held to a share of a processor. */
export async function withShare<T>(
  pids: readonly number[],
  share: number,
  work: () => Promise<T>,
): Promise<T> {
  const child = spawn(process.execPath, ['test/load/peers/limit.js', `${share}`, ...pids.map(String)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  killOnExit(child)
  const ended = once(child, 'exit')
  const result = await work().finally(() => child.kill('SIGTERM'))
  const [code] = await ended
  if (code !== 0) throw new Error(`The limiter ended with ${code}`)
  return result
}
