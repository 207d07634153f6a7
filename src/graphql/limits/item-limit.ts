import {
  defaultFieldResolver,
  type ExecutionArgs,
  type ExecutionResult,
  GraphQLError,
  type GraphQLFieldResolver,
  type GraphQLOutputType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  getOperationAST,
  isCompositeType,
  isListType,
  isObjectType,
} from 'graphql'
import { isAsyncIterable, type Plugin } from 'graphql-yoga'
import { DomainError, invalidInput } from '../../domain/errors.js'
import { countText, type TextCount } from './text-limit.js'

/** How many objects the lists of one answer may hold together. */
const MAX_ITEMS = 50_000

/** How often one answer may look into workspaces: for a list, a total or facets. */
const MAX_LOOKUPS = 200

/** What one answer has taken so far; faces that run documents of their own have no limit. */
export interface ItemCount {
  items: number
  lookups: number
  text: TextCount
  readonly isLimited: boolean
  /** Why there is no more; null while there is. */
  refusal: DomainError | null
  /** The root fields, by their names in the answer, that lack something because of it. */
  readonly cut: Set<string | number>
}

export const countItems = (isLimited = true): ItemCount => ({
  items: 0,
  lookups: 0,
  text: countText(),
  isLimited,
  refusal: null,
  cut: new Set(),
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
      ? given.then((items) => take(items, context.items, info.path))
      : take(given, context.items, info.path)
  }
}

type Resolver = GraphQLFieldResolver<unknown, Counted>

type Path = GraphQLResolveInfo['path']

interface Counted {
  items: ItemCount
}

/** The first list beyond the limit fails; those after it are empty, so that the end of the answer comes soon. */
function take(given: unknown, count: ItemCount, path: Path): unknown {
  if (!Array.isArray(given) || !count.isLimited) return given
  const isFirst = count.refusal === null
  if (isFirst) {
    count.items += given.length
    if (count.items <= MAX_ITEMS) return given
  }
  count.cut.add(rootOf(path))
  if (!isFirst) return []
  count.refusal = invalidInput({
    path: [],
    message: `The lists of one answer hold at most ${MAX_ITEMS} objects together; ask for shorter pages`,
  })
  throw count.refusal
}

function rootOf({ prev, key }: Path): string | number {
  return prev === undefined ? key : rootOf(prev)
}

/**
 * The result when it took not too much. Else a query is the one error; of mutations, which are done, those that lack
 * something are null, each with the error, and the others are whole.
 */
export function withinLimit(result: ExecutionResult, count: ItemCount, operation?: string): ExecutionResult {
  const { refusal, cut } = count
  if (refusal === null) return result
  const refused = (result.errors ?? []).filter(({ originalError }) => originalError === refusal)
  const [error] = refused
  if (operation !== 'mutation' || !result.data || error === undefined) return { errors: refused.slice(0, 1) }
  for (const { path } of refused) if (path?.[0] !== undefined) cut.add(path[0])
  const isCut = (name: string | number | undefined) => name !== undefined && cut.has(name)
  const others = (result.errors ?? []).filter(({ path }) => !isCut(path?.[0]))
  return {
    ...result,
    data: Object.fromEntries(
      Object.entries(result.data).map(([name, done]) => [name, isCut(name) ? null : done]),
    ),
    errors: [...others, ...[...cut].map((name) => atRoot(error, refusal, name))],
  }
}

/** Whoever reads it must not take the mutation for refused. */
function atRoot({ message, nodes }: GraphQLError, cause: DomainError, name: string | number): GraphQLError {
  const originalError = new DomainError(
    cause.code,
    `It was done, but is not shown. ${message}`,
    cause.details,
  )
  return new GraphQLError(originalError.message, { nodes, path: [name], originalError })
}

/** Counts anew for each execution. Put it before plugins that may execute twice. */
export function useItemLimit(): Plugin<Counted> {
  return {
    onExecute: ({ executeFn, setExecuteFn }) =>
      setExecuteFn(async (args: ExecutionArgs) => {
        const { items } = args.contextValue as Counted
        Object.assign(items, countItems(items.isLimited))
        const result = await executeFn(args)
        if (isAsyncIterable<ExecutionResult>(result)) return result
        return withinLimit(result, items, getOperationAST(args.document, args.operationName)?.operation)
      }),
  }
}
