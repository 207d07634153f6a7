import {
  type GraphQLEnumType,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  isEnumType,
  isInputType,
  isLeafType,
  isListType,
  isNonNullType,
  type OperationDefinitionNode,
  typeFromAST,
  type VariableDefinitionNode,
  valueFromAST,
} from 'graphql'

/** Gives a value as its input type takes it, or `refused`. */
type Reader = (value: unknown) => unknown

type Values = Record<string, unknown>

const refused = Symbol('refused')

const byOperation = new WeakMap<OperationDefinitionNode, ReturnType<typeof compileVariables>>()
/** What was read last from the variables of a request: several plugins ask, and large ones take their time. */
const readBefore = new WeakMap<object, { operation: OperationDefinitionNode; read: Values | null }>()

/** Whether the variables of a request were read already, as large ones are for their faults. */
export function areRead(values: Readonly<Values>): boolean {
  return readBefore.has(values)
}

/** The variables of an operation as graphql-js would read them; null where it would find an error, which is its own to word. */
export function readVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Readonly<Values>,
): Values | null {
  const before = readBefore.get(values)
  if (before?.operation === operation) return before.read
  const compiled = byOperation.get(operation) ?? compileVariables(schema, operation.variableDefinitions ?? [])
  byOperation.set(operation, compiled)
  const read = compiled(values)
  readBefore.set(values, { operation, read })
  return read
}

/**
 * Compiles the reading of variables to what graphql-js makes of them, at a tenth of its time; but null where it would
 * find an error, which is its own to word.
 */
export function compileVariables(
  schema: GraphQLSchema,
  definitions: readonly VariableDefinitionNode[],
): (values: Readonly<Values>) => Values | null {
  const variables = definitions.map(({ variable, type: node, defaultValue }) => {
    const type = typeFromAST(schema, node)
    const isInput = type !== undefined && isInputType(type)
    return {
      name: variable.name.value,
      isRequired: isInput && isNonNullType(type),
      read: isInput ? readerOf(type) : () => refused,
      ...(isInput && defaultValue ? { defaultValue: valueFromAST(defaultValue, type) } : {}),
    }
  })
  return (values) => {
    const read: Values = {}
    for (const { name, isRequired, read: readOne, ...rest } of variables) {
      if (!Object.hasOwn(values, name)) {
        if ('defaultValue' in rest) read[name] = rest.defaultValue
        else if (isRequired) return null
        continue
      }
      const value = readOne(values[name])
      if (value === refused) return null
      read[name] = value
    }
    return read
  }
}

/** Readers by type, each made once: types contain themselves. */
const readers = new WeakMap<GraphQLInputType, Reader>()

function readerOf(type: GraphQLInputType): Reader {
  const before = readers.get(type)
  if (before !== undefined) return before
  let made: Reader = () => refused
  readers.set(type, (value) => made(value))
  made = makeReader(type)
  readers.set(type, made)
  return made
}

function makeReader(type: GraphQLInputType): Reader {
  if (isNonNullType(type)) {
    const read = readerOf(type.ofType)
    return (value) => (value === null || value === undefined ? refused : read(value))
  }
  const read = isListType(type)
    ? listReader(type.ofType)
    : isEnumType(type)
      ? enumReader(type)
      : isLeafType(type)
        ? leafReader(type)
        : objectReader(type)
  return (value) => (value === null || value === undefined ? null : read(value))
}

/** A value that is no list counts as a list of one. */
function listReader(type: GraphQLInputType): Reader {
  const readItem = readerOf(type)
  return (value) => {
    const items: unknown[] = []
    for (const one of Array.isArray(value) ? value : [value]) {
      const item = readItem(one)
      if (item === refused) return refused
      items.push(item)
    }
    return items
  }
}

/** Without the error of graphql-js, which looks for names that are alike, however long the text is. */
function enumReader(type: GraphQLEnumType): Reader {
  return (value) => (typeof value === 'string' ? (type.getValue(value)?.value ?? refused) : refused)
}

function leafReader(type: { parseValue(value: unknown): unknown }): Reader {
  return (value) => {
    try {
      const parsed = type.parseValue(value)
      return parsed === undefined ? refused : parsed
    } catch {
      return refused
    }
  }
}

function objectReader(type: GraphQLInputObjectType): Reader {
  if (type.isOneOf) return () => refused
  const fields = Object.values(type.getFields()).map(({ name, type: fieldType, defaultValue }) => ({
    name,
    defaultValue,
    isRequired: isNonNullType(fieldType) && defaultValue === undefined,
    read: readerOf(fieldType),
  }))
  return (value) => {
    if (typeof value !== 'object' || Array.isArray(value)) return refused
    const given = value as Values
    const read: Values = {}
    let named = 0
    for (const field of fields) {
      const { name } = field
      if (Object.hasOwn(given, name)) named += 1
      if (given[name] === undefined) {
        if (field.defaultValue !== undefined) read[name] = field.defaultValue
        else if (field.isRequired) return refused
        continue
      }
      const member = field.read(given[name])
      if (member === refused) return refused
      read[name] = member
    }
    return named === Object.keys(given).length ? read : refused
  }
}
