import { getOperationAST } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { ReadRouting } from '../schema/context.js'

/** Lets queries read from replicas, and tells whoever wrote how far the log is after it. Put it behind plugins that set how an operation runs. */
export function useReadRouting(reads: ReadRouting): Plugin {
  return {
    onExecute: ({ args: { document, operationName }, executeFn, setExecuteFn }) => {
      const operation = getOperationAST(document, operationName)?.operation
      reads.begin(operation === 'query')
      if (operation !== 'mutation') return
      setExecuteFn(async (args) => {
        try {
          return await executeFn(args)
        } finally {
          // Also what was refused may have written something before.
          await reads.wrote()
        }
      })
    },
    onSubscribe: () => reads.begin(false),
  }
}
