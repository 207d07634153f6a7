import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { killOnExit } from './server.js'

/** Whether this machine shows what a process uses, thread by thread: Linux does. */
export const canLimit = existsSync('/proc/self/task')

/**
 * Does work; from `afterSeconds` on each of the processes is held to a share of a processor. One that is held already takes
 * fewer of the connections that are made then.
 */
export async function withShare<T>(
  pids: readonly number[],
  share: number,
  afterSeconds: number,
  work: () => Promise<T>,
): Promise<T> {
  const working = work()
  await Promise.race([working, setTimeout(afterSeconds * 1000)])
  const child = spawn(process.execPath, ['test/load/peers/limit.js', `${share}`, ...pids.map(String)], {
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  killOnExit(child)
  const ended = once(child, 'exit')
  const result = await working.finally(() => child.kill('SIGTERM'))
  const [code] = await ended
  if (code !== 0) throw new Error(`The limiter ended with ${code}`)
  return result
}
