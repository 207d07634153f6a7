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
      setExecuteFn(async (args) => {
        let timer: NodeJS.Timeout | undefined
        const late = new Promise<ExecutionResult>((resolve) => {
          timer = setTimeout(() => {
            currentWork()?.end()
            const error = new GraphQLError('The request timed out', { extensions: { code: 'TIMED_OUT' } })
            resolve({ errors: [error] })
          }, milliseconds)
        })
        const stop = () => clearTimeout(timer)
        try {
          const result = await Promise.race([executeFn(args), late])
          if (isAsyncIterable<object>(result)) return partsUntil(result, late, stop)
          stop()
          return result
        } catch (error) {
          stop()
          throw error
        }
      }),
  }
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
