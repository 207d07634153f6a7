import { setImmediate as nextTurn } from 'node:timers/promises'
import { type Context, createContext, Script } from 'node:vm'
import { CliError } from '../failure.js'

const script = new Script('work()')
const holder: { work: (() => unknown) | null } = { work: null }
let context: Context | undefined

/**
 * Does what gives the event loop no turn for long, as reading a large file. Ctrl-C ends it at once, without its `finally`, and is
 * then heard as ever; SIGTERM ends the process. One that came before is heard first.
 * @throws {CliError} when it was interrupted
 */
export async function interruptibly<T>(work: () => T, isLong = true): Promise<T> {
  if (!isLong) return work()
  await hearSignals()
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

/** Lets the event loop hear signals that have come: with their listeners they would be lost. */
async function hearSignals(): Promise<void> {
  let isInterrupted = false
  const interrupt = () => {
    isInterrupted = true
  }
  process.on('SIGINT', interrupt).on('SIGTERM', interrupt)
  // The first turn may be the rest of this one, which looks for no signals.
  for (let turn = 0; turn < 2; turn += 1) await nextTurn()
  process.off('SIGINT', interrupt).off('SIGTERM', interrupt)
  if (isInterrupted) throw new CliError('Interrupted.')
}

/** The values of an iterable, each of which is made interruptibly. */
export async function* eachInterruptibly<T>(values: Iterable<T>, isLong: boolean): AsyncGenerator<T> {
  const waiting = values[Symbol.iterator]()
  for (;;) {
    const { value, done } = await interruptibly(() => waiting.next(), isLong)
    if (done) return
    yield value
  }
}
