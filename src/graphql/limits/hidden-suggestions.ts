import { GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'

const hidden = { hideSuggestions: true }

/**
 * Leaves out what a misspelled name may have meant, which would tell of a schema that is not to be read. Put it behind
 * plugins that execute in their own way.
 */
export function useHiddenSuggestions(): Plugin {
  return {
    // The executor of queries makes suggestions for the members of variables, whatever it is told.
    onExecute: () => ({
      onExecuteDone: ({ result, setResult }) => {
        if (!isAsyncIterable(result) && result.data === undefined)
          setResult({ ...result, errors: result.errors?.map(withoutSuggestion) })
      },
    }),
    onSubscribe: ({ subscribeFn, setSubscribeFn }) =>
      setSubscribeFn((args) => subscribeFn({ ...args, ...hidden })),
  }
}

function withoutSuggestion(error: GraphQLError): GraphQLError {
  const { message } = error
  // The last: what was sent stands before it, and may hold the same words.
  const at = message.endsWith('?') ? message.lastIndexOf(' Did you mean ') : -1
  return at === -1 ? error : new GraphQLError(message.slice(0, at), error)
}
