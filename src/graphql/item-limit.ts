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
import { type DomainError, invalidInput } from '../domain/errors.js'

/** How many objects the lists of one answer may hold together. */
const MAX_ITEMS = 50_000

/** How often one answer may look into workspaces: for a list, a total or facets. */
const MAX_LOOKUPS = 200

/** What one answer has taken so far; faces that run documents of their own have no limit. */
export interface ItemCount {
  items: number
  lookups: number
  readonly isLimited: boolean
  /** Why there is no more; null while there is. */
  refusal: DomainError | null
}

export const countItems = (isLimited = true): ItemCount => ({
  items: 0,
  lookups: 0,
  isLimited,
  refusal: null,
})

/** Counts a look into a workspace; `INVALID_INPUT` when it is one too many for the answer. */
export function countLookup(count: ItemCount): void {
  count.lookups += 1
  if (!count.isLimited || count.lookups <= MAX_LOOKUPS) return
  count.refusal ??= invalidInput({
    path: [],
    message: `One answer looks into workspaces at most ${MAX_LOOKUPS} times; ask for shorter pages`,
  })
  throw count.refusal
}

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
function take(given: unknown, count: ItemCount): unknown {
  if (!Array.isArray(given) || !count.isLimited) return given
  if (count.refusal !== null) return []
  count.items += given.length
  if (count.items <= MAX_ITEMS) return given
  count.refusal = invalidInput({
    path: [],
    message: `The lists of one answer hold at most ${MAX_ITEMS} objects together; ask for shorter pages`,
  })
  throw count.refusal
}

/** The result, or the one error in its place when it took too much. */
export function withinLimit(result: ExecutionResult, { refusal }: ItemCount): ExecutionResult {
  if (refusal === null) return result
  return { errors: result.errors?.filter(({ originalError }) => originalError === refusal).slice(0, 1) }
}

/** Counts anew for each execution. Put it before plugins that may execute twice. */
export function useItemLimit(): Plugin<Counted> {
  return {
    onExecute: ({ executeFn, setExecuteFn }) =>
      setExecuteFn(async (args) => {
        const { items } = args.contextValue
        Object.assign(items, countItems(items.isLimited))
        const result = await executeFn(args)
        return isAsyncIterable<ExecutionResult>(result) ? result : withinLimit(result, items)
      }),
  }
}
