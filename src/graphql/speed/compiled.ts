import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  TypeInfo,
  type TypeNode,
  visit,
  visitWithTypeInfo,
} from 'graphql'
import { type CompiledQuery, compileQuery, isCompiledQuery } from 'graphql-jit'
import type { Plugin } from 'graphql-yoga'
import { asksForParts } from '../edge/incremental.js'
import { withPlainReads } from './plain-reads.js'
import { areRead, readVariables } from './variables.js'

/**
 * Compiles a query to JavaScript after so many executions, and of mutations the reading of variables; where it errs the interpreter answers.
 * Subscriptions, answers in parts and documents of several operations stay with the interpreter. Put it before plugins that wrap execution.
 */
export function useCompiledQueries(afterExecutions: number): Plugin {
  const executions = new WeakMap<DocumentNode, number>()
  const compilable = new WeakMap<DocumentNode, Compilable | null>()

  const findDue = ({ document, schema, variableValues }: ExecutionArgs): Compilable | null => {
    const before = executions.get(document) ?? 0
    executions.set(document, before + 1)
    // Large variables of a mutation have been read, which the interpreter would do again at ten times the cost.
    const isRead = variableValues != null && areRead(variableValues) && isMutation(document)
    if (before < afterExecutions && !isRead) return null
    const made = compilable.get(document)
    const found = made === undefined ? toCompilable(document, schema) : made
    compilable.set(document, found)
    return found
  }

  return {
    onExecute: ({ args, executeFn: interpret, setExecuteFn }) => {
      const due = findDue(args)
      if (due === null) return
      const { operation, compiled } = due
      setExecuteFn((args: ExecutionArgs) => {
        const variables = readVariables(args.schema, operation, args.variableValues ?? {})
        if (variables === null) return interpret(args)
        if (compiled === null)
          return interpret({ ...args, document: due.document, variableValues: variables })
        const whole = (result: ExecutionResult) => (result.errors === undefined ? result : interpret(args))
        const ran = compiled.query(args.rootValue, args.contextValue, variables)
        // Not awaited where it is there: each promise costs its share of the contexts of requests.
        return ran instanceof Promise ? ran.then(whole) : whole(ran)
      })
    },
  }
}

function isMutation({ definitions }: DocumentNode): boolean {
  return definitions.some((one) => one.kind === Kind.OPERATION_DEFINITION && one.operation === 'mutation')
}

interface Compilable {
  /** Null for a mutation. */
  compiled: CompiledQuery | null
  /** With variables of any type, in place of those that the caller declared. */
  document: DocumentNode
  operation: OperationDefinitionNode
}

/** The document to compile; null for one that is left to the interpreter. */
function toCompilable(document: DocumentNode, schema: GraphQLSchema): Compilable | null {
  const operations = document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)
  const [operation] = operations
  if (operation === undefined || operations.length > 1 || asksForParts(document)) return null
  if (operation.operation === 'mutation')
    return { compiled: null, document: withLooseVariables(document), operation }
  if (operation.operation !== 'query') return null
  const flat = withoutFragments(document, schema)
  if (flat === null) return null
  const loose = withLooseVariables(flat)
  const compiled = withPlainReads(schema, () => compileQuery(schema, loose))
  return isCompiledQuery(compiled) ? { compiled, document: loose, operation } : null
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
