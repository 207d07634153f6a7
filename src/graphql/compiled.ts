import { useGraphQlJit } from '@envelop/graphql-jit'
import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type SelectionNode,
  TypeInfo,
  type TypeNode,
  type VariableDefinitionNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { asksForParts } from './incremental.js'

/**
 * Compiles a query to JavaScript once its document has been executed so many times, since compiling takes as long as
 * many executions. Where the compiled one finds an error, the interpreter answers in its place, in its own words.
 * Left to the interpreter from the start: mutations and subscriptions, answers in parts, and documents of several
 * operations, which would share one place in the compiler's cache. Put it before plugins that wrap the execution.
 */
export function useCompiledQueries(afterExecutions: number): Plugin {
  const executions = new WeakMap<DocumentNode, number>()
  const compilable = new WeakMap<DocumentNode, Compilable | null>()

  const findDue = ({ document, schema }: ExecutionArgs): Compilable | null => {
    const before = executions.get(document) ?? 0
    executions.set(document, before + 1)
    if (before < afterExecutions) return null
    const known = compilable.get(document)
    const found = known === undefined ? toCompilable(document, schema) : known
    compilable.set(document, found)
    return found
  }

  const jit = useGraphQlJit() as Plugin
  return {
    onExecute: (payload) => {
      const due = findDue(payload.args)
      if (due === null) return
      const interpret = payload.executeFn
      const setExecuteFn = (runCompiled: typeof interpret) =>
        payload.setExecuteFn(async (args: ExecutionArgs) => {
          const { document, variables } = due
          const { coerced } = getVariableValues(args.schema, variables, args.variableValues ?? {})
          const result = coerced && (await runCompiled({ ...args, document, variableValues: coerced }))
          return result === undefined || result.errors !== undefined ? interpret(args) : result
        })
      return jit.onExecute?.({ ...payload, setExecuteFn: setExecuteFn as typeof payload.setExecuteFn })
    },
  }
}

interface Compilable {
  document: DocumentNode
  /** Variables as the caller declared them. */
  variables: readonly VariableDefinitionNode[]
}

/** The document to compile; null for one that is left to the interpreter. */
function toCompilable(document: DocumentNode, schema: GraphQLSchema): Compilable | null {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operation?.operation !== 'query' || operations.length > 1 || asksForParts(document)) return null
  const flat = withoutFragments(document, schema)
  return flat && { document: withLooseVariables(flat), variables: operation.variableDefinitions ?? [] }
}

/**
 * The document with its fragments put in their places, since the compiler would answer their fields last; null where
 * one depends on a type or a directive.
 */
function withoutFragments(document: DocumentNode, schema: GraphQLSchema): DocumentNode | null {
  const fragments = new Map(
    document.definitions.flatMap((one) =>
      one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [],
    ),
  )
  let isFlat = true
  const typeInfo = new TypeInfo(schema)
  const flatten = (selections: readonly SelectionNode[], type: string | undefined): SelectionNode[] =>
    selections.flatMap((selection) => {
      if (selection.kind === Kind.FIELD) return [selection]
      const fragment =
        selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value)
      const condition = fragment?.typeCondition?.name.value ?? type
      if (fragment === undefined || condition !== type || selection.directives?.length) {
        isFlat = false
        return [selection]
      }
      return flatten(fragment.selectionSet.selections, type)
    })
  const flat = visit(
    {
      ...document,
      definitions: document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION),
    },
    visitWithTypeInfo(typeInfo, {
      SelectionSet: (set) => ({
        ...set,
        selections: flatten(set.selections, typeInfo.getParentType()?.name),
      }),
    }),
  )
  return isFlat ? flat : null
}

/**
 * The document with variables of any type. Their values are read before it runs: the compiler never ends with input
 * types that contain themselves. Booleans stay, for `@skip` and `@include` insist on them.
 */
function withLooseVariables(document: DocumentNode): DocumentNode {
  return visit(document, {
    VariableDefinition: (definition) =>
      namedType(definition.type) === 'Boolean'
        ? false
        : {
            ...definition,
            type: { kind: Kind.NAMED_TYPE, name: { kind: Kind.NAME, value: 'JSON' } },
            defaultValue: undefined,
          },
  })
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type)
}
