import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
  type SelectionSetNode,
} from 'graphql'

type Fragments = Readonly<Record<string, FragmentDefinitionNode>>

/** The fields that lie at this path below some fields, through fragments; those that a directive may skip count. */
export function fieldsBelow(
  nodes: readonly FieldNode[],
  path: readonly string[],
  fragments: Fragments,
): FieldNode[] {
  const below = nodes.flatMap(({ selectionSet }) => fieldsOf(selectionSet, fragments))
  const [name, ...rest] = path
  if (name === undefined) return below
  return fieldsBelow(
    below.filter((field) => field.name.value === name),
    rest,
    fragments,
  )
}

/** Whether a field of this name is asked for directly below the one that is resolved, with this operation's variables. */
export function isSelected(
  { fieldNodes, fragments, variableValues }: GraphQLResolveInfo,
  name: string,
): boolean {
  const isIncluded = (node: SelectionNode) =>
    getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.if !== true &&
    getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.if !== false
  return fieldNodes.some(({ selectionSet }) =>
    fieldsOf(selectionSet, fragments, isIncluded).some((field) => field.name.value === name),
  )
}

function fieldsOf(
  set: SelectionSetNode | undefined,
  fragments: Fragments,
  isIncluded: (node: SelectionNode) => boolean = () => true,
): FieldNode[] {
  return (set?.selections ?? []).filter(isIncluded).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments[selection.name.value]
    return fieldsOf(fragment?.selectionSet, fragments, isIncluded)
  })
}

/**
 * The columns of a type's rows that these fields read: what they expose, or what their extension `columns` names;
 * null, which is every column, as soon as one says neither.
 */
export function columnsRead(type: GraphQLObjectType, fields: readonly FieldNode[]): Set<string> | null {
  const read = new Set<string>()
  for (const { name } of fields) {
    if (name.value === '__typename') continue
    const { pothosExposedField, columns } = type.getFields()[name.value]?.extensions ?? {}
    const named = pothosExposedField === undefined ? columns : [pothosExposedField]
    if (named === undefined) return null
    for (const column of named as string[]) read.add(column)
  }
  return read
}
