import { Kind, type SelectionNode, type ValidationRule } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { refusal } from './refusal.js'

/** How often a field or a fragment may stand in one selection; the answer has it once. */
const MAX_REPEATS = 10

/** Refuses operations that say the same again and again, which costs reading and says nothing. */
export function useRepeatLimit(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(repeatLimitRule) }
}

const repeatLimitRule: ValidationRule = () => ({
  SelectionSet: ({ selections }) => {
    const seen = new Map<string, number>()
    for (const selection of selections) {
      const name = nameOf(selection)
      const times = (seen.get(name) ?? 0) + 1
      if (times > MAX_REPEATS && selection.kind !== Kind.INLINE_FRAGMENT)
        throw refusal('OPERATION_TOO_LARGE', `Repeats limit of ${MAX_REPEATS} exceeded by ${name}.`, {
          status: 400,
          spec: true,
        })
      seen.set(name, times)
    }
  },
})

function nameOf(selection: SelectionNode): string {
  if (selection.kind === Kind.INLINE_FRAGMENT) return '...'
  if (selection.kind === Kind.FRAGMENT_SPREAD) return `...${selection.name.value}`
  return (selection.alias ?? selection.name).value
}
