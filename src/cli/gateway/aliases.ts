import { type DocumentNode, Kind, type SelectionNode, visit } from 'graphql'

/** A document that asks for the same without aliases, of which an operation over HTTP may have ten. */
export function withoutAliases(document: DocumentNode): DocumentNode {
  return visit(document, { Field: (field) => ({ ...field, alias: undefined }) })
}

/** What the document without aliases gave, by the names that the document has for it. */
export function namedByAliases(document: DocumentNode, data: unknown): unknown {
  const selectionsOf = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one.selectionSet.selections] as const] : [],
    ),
  )
  const rename = (selections: readonly SelectionNode[], value: unknown): unknown => {
    if (Array.isArray(value)) return value.map((item) => rename(selections, item))
    if (typeof value !== 'object' || value === null) return value
    const named: Record<string, unknown> = {}
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const given = (value as Record<string, unknown>)[selection.name.value]
        const { alias, name, selectionSet } = selection
        named[(alias ?? name).value] = selectionSet ? rename(selectionSet.selections, given) : given
      } else {
        const inner =
          selection.kind === Kind.FRAGMENT_SPREAD
            ? selectionsOf.get(selection.name.value)
            : selection.selectionSet.selections
        Object.assign(named, rename(inner ?? [], value))
      }
    }
    return named
  }
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION)
  return rename(operation?.selectionSet.selections ?? [], data)
}
