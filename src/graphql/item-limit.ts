import {
  defaultFieldResolver,
  type ExecutionResult,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { invalidInput } from '../domain/errors.js'

/** How many objects the lists of one answer may hold together. */
const MAX_ITEMS = 50_000

/** How many objects lists have given to one answer so far; faces that run documents of their own have no limit. */
export interface ItemCount {
  taken: number
  readonly limit: number
}

export const countItems = (limit = MAX_ITEMS): ItemCount => ({ taken: 0, limit })

/** The schema, whose lists of objects count what they give. */
export function countingItems(schema: GraphQLSchema): GraphQLSchema {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || type.name.startsWith('__')) continue
    for (const field of Object.values(type.getFields()))
      if (isObjectList(field.type)) field.resolve = counting(field.resolve ?? defaultFieldResolver)
  }
  return schema
}

function isObjectList(type: GraphQLOutputType): boolean {
  return isListType(getNullableType(type)) && isCompositeType(getNamedType(type))
}

function counting(resolve: Resolver): Resolver {
  return (parent, args, context, info) => {
    const given = resolve(parent, args, context, info) as unknown
    return given instanceof Promise
      ? given.then((items) => take(items, context.items))
      : take(given, context.items)
  }
}

type Resolver = GraphQLFieldResolver<unknown, Counted>

interface Counted {
  items: ItemCount
}

/** The first list beyond the limit fails, and so the answer; those after it are empty, so that its end comes soon. */
function take(given: unknown, items: ItemCount): unknown {
  if (!Array.isArray(given)) return given
  const wasWithin = isWithin(items)
  items.taken += given.length
  if (isWithin(items)) return given
  if (wasWithin) throw tooMany(items)
  return []
}

const isWithin = ({ taken, limit }: ItemCount) => taken <= limit

const tooMany = ({ limit }: ItemCount) =>
  invalidInput({
    path: [],
    message: `The lists of one answer hold at most ${limit} objects together; ask for shorter pages`,
  })

/** The result, or the one error in its place when its lists gave too much. */
export function withinLimit(result: ExecutionResult, items: ItemCount): ExecutionResult {
  const beyond = result.errors?.find(({ originalError }) => originalError?.message === tooMany(items).message)
  return isWithin(items) || beyond === undefined ? result : { errors: [beyond] }
}

/** Counts anew for each execution. Put it before plugins that may execute twice. */
export function useItemLimit(): Plugin<Counted> {
  return {
    onExecute: ({ executeFn, setExecuteFn }) =>
      setExecuteFn(async (args) => {
        const { items } = args.contextValue
        items.taken = 0
        const result = await executeFn(args)
        return isAsyncIterable<ExecutionResult>(result) ? result : withinLimit(result, items)
      }),
  }
}
