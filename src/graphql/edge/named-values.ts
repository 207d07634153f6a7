import {
  type ASTNode,
  BREAK,
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  Kind,
  ValuesOfCorrectTypeRule,
  validate,
  visit,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'

/** Says of a literal that does not fit which argument it stands in, as of a variable: `filter.tokens.min: …`. Put it last. */
export function useNamedValues(): Plugin {
  return {
    onValidate: ({ validateFn, setValidationFn }) =>
      setValidationFn((schema, document, ...rest) => {
        const find = () => (validateFn as typeof validate)(schema, document, ...rest)
        return findFaults(find, schema, document).map((error) => nameValue(error, document))
      }),
  }
}

/** What refuses a document; where that is its size, the first literal that does not fit, which may have made it so large. */
function findFaults(
  find: () => readonly GraphQLError[],
  schema: GraphQLSchema,
  document: DocumentNode,
): readonly GraphQLError[] {
  try {
    return find()
  } catch (refused) {
    const faults = validate(schema, document, [ValuesOfCorrectTypeRule], {
      maxErrors: 1,
      hideSuggestions: true,
    })
    if (faults.length === 0) throw refused
    return faults.slice(0, 1)
  }
}

const literals: ReadonlySet<Kind> = new Set([
  ...[Kind.INT, Kind.FLOAT, Kind.STRING, Kind.BOOLEAN, Kind.NULL, Kind.ENUM, Kind.LIST, Kind.OBJECT],
])

function nameValue(error: GraphQLError, document: DocumentNode): GraphQLError {
  const [value] = error.nodes ?? []
  if (value === undefined || !literals.has(value.kind)) return error
  const path = pathOf(value, document)
  return path === '' ? error : new GraphQLError(`${path}: ${error.message}`, error)
}

function pathOf(value: ASTNode, document: DocumentNode): string {
  let names: string[] = []
  visit(document, {
    enter: (node, _key, parent, _path, ancestors) => {
      if (node !== value) return undefined
      names = [...ancestors, ...(parent ? [parent] : [])].flatMap((one) => ('kind' in one ? nameOf(one) : []))
      return BREAK
    },
  })
  return names.join('.')
}

function nameOf(node: ASTNode): string[] {
  if (node.kind === Kind.ARGUMENT || node.kind === Kind.OBJECT_FIELD) return [node.name.value]
  return node.kind === Kind.VARIABLE_DEFINITION ? [`$${node.variable.name.value}`] : []
}
