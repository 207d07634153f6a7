/** The name of the input that a mutation takes. */
export const inputTypeOf = (name: string): string => `${name[0]?.toUpperCase()}${name.slice(1)}Input`

/** The text of a mutation, with what it selects of its payload, in braces or without. */
export function mutationOf(name: string, selection = '__typename'): string {
  const chosen = selection.trim().startsWith('{') ? selection : `{ ${selection} }`
  return `mutation ($input: ${inputTypeOf(name)}!) { ${name}(input: $input) ${chosen} }`
}
