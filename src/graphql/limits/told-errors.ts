import { validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Errors of a document that are told; looking for more costs reading, and says nothing new. */
const MAX_TOLD = 10

/** Stops at the first few errors of a document, and looks for what was meant only where that may be told. */
export function useToldErrors(hideSuggestions: boolean): Plugin {
  const options = { maxErrors: MAX_TOLD, hideSuggestions }
  return {
    onValidate: ({ setValidationFn }) =>
      setValidationFn((schema, document, rules) => validate(schema, document, rules, options)),
  }
}
