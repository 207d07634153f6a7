import { GraphQLError, type ValidationRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** No member of JavaScript's objects: an answer would lack it, and a variable's members would be variables. */
const RESERVED = '__proto__'

/** Refuses operations that call anything so: an alias, a variable, a fragment. */
export function useReservedName(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(reservedNameRule) }
}

const reservedNameRule: ValidationRule = (context) => ({
  Name: (node) => {
    if (node.value !== RESERVED) return
    context.reportError(new GraphQLError(`Nothing can be called ${RESERVED}.`, { nodes: node }))
  },
})
