import { type ExecutionResult, GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { currentWork } from '../../work.js'

/**
 * Answers `TIMED_OUT` when an operation takes too long, and ends its work; statements have their own, shorter limit.
 * An answer in parts is cut at the same moment: its last part says so, and the rest is given up.
 */
export function useTimeLimit(milliseconds: number): Plugin {
  return {
    onExecute: ({ executeFn, setExecuteFn }) =>
      setExecuteFn((args) => {
        const executed = executeFn(args)
        // What is there already is never late.
        return executed instanceof Promise || isAsyncIterable<object>(executed)
          ? untilLate(executed, milliseconds)
          : executed
      }),
  }
}

type Executed = ExecutionResult | AsyncIterable<object>

/** The result, or that it is late; by one promise, where a race takes several. */
function untilLate(executed: Executed | Promise<Executed>, milliseconds: number): Promise<Executed> {
  return new Promise((resolve, reject) => {
    let tellLate: (result: ExecutionResult) => void = resolve
    const timer = setTimeout(() => {
      currentWork()?.end()
      const error = new GraphQLError('The request timed out', { extensions: { code: 'TIMED_OUT' } })
      tellLate({ errors: [error] })
    }, milliseconds)
    const stop = () => clearTimeout(timer)
    const take = (result: Executed) => {
      if (isAsyncIterable<object>(result)) {
        const late = new Promise<ExecutionResult>((tell) => {
          tellLate = tell
        })
        resolve(partsUntil(result, late, stop))
      } else {
        stop()
        resolve(result)
      }
    }
    if (executed instanceof Promise)
      executed.then(take, (error) => {
        stop()
        reject(error)
      })
    else take(executed)
  })
}

/** The parts that come before `late`, which then ends them. */
async function* partsUntil(
  parts: AsyncIterable<object>,
  late: Promise<ExecutionResult>,
  stop: () => void,
): AsyncGenerator<object, void> {
  const iterator = parts[Symbol.asyncIterator]()
  const cut = late.then((result) => ({ done: false, value: { ...result, hasNext: false }, isCut: true }))
  try {
    for (;;) {
      const part = await Promise.race([iterator.next(), cut])
      if (part.done) return
      yield part.value
      if ('isCut' in part) return
    }
  } finally {
    stop()
    // Not awaited: it settles when the part at work does, which may be long.
    iterator.return?.().catch(() => {})
  }
}
