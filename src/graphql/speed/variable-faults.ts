import {
  coerceInputValue,
  type ExecutionArgs,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  isInputType,
  typeFromAST,
  type VariableDefinitionNode,
} from 'graphql'
import type { Plugin } from 'graphql-yoga'
import { maskError } from '../edge/errors.js'
import { readVariables } from './variables.js'

/** What fewer characters are worded by graphql-js, which shows the whole value beside each of 50 faults. */
const MAX_WORDED = 2000
const MAX_FAULTS = 10
const MAX_SHOWN = 300
/** More than any input type has, so that one with more is at fault whatever the rest is. */
const MAX_MEMBERS = 200

type Values = Readonly<Record<string, unknown>>

/**
 * Words what is wrong with large variables in short: graphql-js shows them whole for each fault, so that a body of a
 * megabyte made an answer of fifty. Put it before plugins that wrap the execution.
 */
export function useShortFaults(): Plugin {
  const findFaults = ({ document, schema, operationName, variableValues }: ExecutionArgs): GraphQLError[] => {
    if (variableValues == null || isSmall(variableValues)) return []
    const operation = getOperationAST(document, operationName)
    if (operation == null) return []
    const read = readVariables(schema, operation, variableValues)
    return read === null ? faultsOf(schema, operation.variableDefinitions ?? [], variableValues) : []
  }
  return {
    onExecute: ({ args, setExecuteFn }) => {
      const errors = findFaults(args)
      if (errors.length > 0) setExecuteFn(() => ({ errors }))
    },
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const errors = findFaults(args)
      // What stops here is not masked on its way.
      if (errors.length > 0) setResultAndStopExecution({ errors: errors.map(maskError) as GraphQLError[] })
    },
  }
}

/** Whether values are few and short. */
function isSmall(variables: Values): boolean {
  let left = MAX_WORDED
  const take = (value: unknown): boolean => {
    left -= typeof value === 'string' ? value.length : 4
    if (left < 0 || typeof value !== 'object' || value === null) return left >= 0
    // Not by `Object.entries`, which would list all of them first.
    for (const name in value) {
      left -= name.length
      if (!take((value as Values)[name])) return false
    }
    return true
  }
  return take(variables)
}

/** The first faults of the values, in graphql-js' words but for the values, which are cut. */
function faultsOf(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
  values: Values,
): GraphQLError[] {
  const faults: GraphQLError[] = []
  try {
    for (const node of definitions) {
      const name = node.variable.name.value
      const type = typeFromAST(schema, node.type)
      if (type === undefined || !isInputType(type) || !Object.hasOwn(values, name)) continue
      coerceInputValue(shorten(values[name]), type, (path, value, { message }) => {
        const at = path.length === 0 ? '' : ` at "${[name, ...path].join('.')}"`
        const text = `Variable "$${name}" got invalid value ${show(value)}${cut(at)}; ${cut(message)}`
        faults.push(fault(text, node))
        if (faults.length === MAX_FAULTS) throw faults
      })
    }
  } catch (thrown) {
    if (thrown !== faults) throw thrown
    faults.push(fault('Too many errors processing variables, error limit reached.'))
  }
  return faults
}

/** With the status that the executor gives to its own. */
function fault(message: string, nodes?: VariableDefinitionNode): GraphQLError {
  return new GraphQLError(message, { nodes, extensions: { http: { status: 400 } } })
}

/** The value with long texts and names cut, and few members: graphql-js compares what is wrong with what may be meant. */
function shorten(value: unknown): unknown {
  if (typeof value === 'string') return cut(value)
  if (Array.isArray(value)) return value.map(shorten)
  if (typeof value !== 'object' || value === null) return value
  const short: Record<string, unknown> = {}
  let members = 0
  for (const name in value) {
    short[cut(name)] = shorten((value as Values)[name])
    if (++members === MAX_MEMBERS) break
  }
  return short
}

function show(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(cut(value))
  if (Array.isArray(value)) return `[${value.length === 0 ? '' : `… ${value.length} values`}]`
  if (typeof value === 'object' && value !== null) return '{ … }'
  return String(value)
}

function cut(text: string): string {
  return text.length <= MAX_SHOWN ? text : `${text.slice(0, MAX_SHOWN)}…`
}
