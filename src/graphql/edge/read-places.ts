import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ReadPlaces } from '../schema/context.js'

/** Lets queries read from replicas, and tells whoever wrote how far the log is after it. Put it behind plugins that set how an operation runs. */
export function useReadPlaces(places: ReadPlaces): Plugin {
  return {
    onExecute: ({ args: { document, operationName }, executeFn, setExecuteFn }) => {
      const operation = getOperationAST(document, operationName)?.operation
      places.begin(operation === 'query')
      if (operation !== 'mutation') return
      setExecuteFn(async (args) => {
        try {
          return await executeFn(args)
        } finally {
          // Also what was refused may have written something before.
          await places.wrote()
        }
      })
    },
    onSubscribe: () => places.begin(false),
  }
}
