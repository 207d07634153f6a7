import { validate } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Errors of a document that are told; looking for more costs reading, and says nothing new. */
const MAX_ERRORS = 10

/** Stops at the first few errors of a document, and looks for what was meant only where that may be told. */
export function useFirstErrors(hideSuggestions: boolean): Plugin {
  const options = { maxErrors: MAX_ERRORS, hideSuggestions }
  return {
    onValidate: ({ setValidationFn }) =>
      setValidationFn((schema, document, rules) => validate(schema, document, rules, options)),
  }
}
