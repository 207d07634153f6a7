import { type Context, createContext, Script } from 'node:vm'
import { CliError } from '../failure.js'

const script = new Script('work()')
const holder: { work: (() => unknown) | null } = { work: null }
let context: Context | undefined

/**
 * Does what gives the event loop no turn for long, as reading a large file. Ctrl-C ends it at once, without its `finally`, and is
 * then heard as ever; SIGTERM ends the process. For what is short, wait: a signal that came just before and was not heard is lost.
 * @throws {CliError} when it was interrupted
 */
export function interruptibly<T>(work: () => T, isLong = true): T {
  if (!isLong) return work()
  context ??= createContext(holder)
  const before = holder.work
  const listeners = process.rawListeners('SIGTERM') as NodeJS.SignalsListener[]
  process.removeAllListeners('SIGTERM')
  holder.work = work
  try {
    return script.runInContext(context, { breakOnSigint: true, displayErrors: false }) as T
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_SCRIPT_EXECUTION_INTERRUPTED') throw error
    if (!process.emit('SIGINT', 'SIGINT')) process.kill(process.pid, 'SIGINT')
    throw new CliError('Interrupted.')
  } finally {
    holder.work = before
    for (const listener of listeners) process.on('SIGTERM', listener)
  }
}

/** The values of an iterable, each of which is made interruptibly. */
export function* eachInterruptibly<T>(values: Iterable<T>, isLong: boolean): Generator<T> {
  const waiting = values[Symbol.iterator]()
  for (;;) {
    const { value, done } = interruptibly(() => waiting.next(), isLong)
    if (done) return
    yield value
  }
}
