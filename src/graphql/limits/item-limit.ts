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
import { rounds } from '../../rounds.js'
import { countText, type TextCount } from './text-limit.js'

/** How many objects the lists of one answer may hold together. */
const MAX_ITEMS = 50_000

/** So many objects of an answer take the thread for some milliseconds; others get in before more. */
const ITEMS_A_ROUND = 1000

/** How often one answer may look into workspaces: for a list, a total or facets. */
const MAX_LOOKUPS = 200

/** What one answer has taken so far; faces that run documents of their own have no limit. */
export interface ItemCount {
  items: number
  lookups: number
  text: TextCount
  round: ItemRound
  readonly isLimited: boolean
  /** Why there is no more; null while there is. */
  refusal: DomainError | null
  /** The root fields, by their names in the answer, that lack something because of it. */
  readonly cut: Set<string | number>
}

/** Of objects that come in a turn of the thread: how many, and when it begins; null for the first, which has begun. */
export interface ItemRound {
  items: number
  begins: Promise<void> | null
}

/** A count for one execution, which has counted nothing yet; without a limit it refuses nothing. Those that run together share a round. */
export const countItems = (isLimited = true, round: ItemRound = { items: 0, begins: null }): ItemCount => ({
  items: 0,
  lookups: 0,
  text: countText(),
  round,
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
    if (context.items.isLimited && context.items.refusal !== null) {
      context.items.cut.add(rootOf(info.path))
      return []
    }
    const given = resolve(parent, args, context, info) as unknown
    return given instanceof Promise
      ? given.then((items) => takeInRounds(items, context.items, info.path))
      : takeInRounds(given, context.items, info.path)
  }
}

type Resolver = GraphQLFieldResolver<unknown, Counted>

type Path = GraphQLResolveInfo['path']

interface Counted {
  items: ItemCount
}

/** As `take`; after much, once others could get in. */
function takeInRounds(given: unknown, count: ItemCount, path: Path): unknown {
  if (!Array.isArray(given)) return given
  const { round } = count
  round.items += given.length
  if (round.items >= ITEMS_A_ROUND) Object.assign(round, { items: 0, begins: rounds.takeWhole() })
  const { begins } = round
  return begins === null ? take(given, count, path) : begins.then(() => take(given, count, path))
}

/** The first list beyond the limit fails; those after it are empty, so that the end of the answer comes soon. */
function take(given: unknown[], count: ItemCount, path: Path): unknown {
  if (!count.isLimited) return parted(given)
  const isFirst = count.refusal === null
  if (isFirst) {
    count.items += given.length
    if (count.items <= MAX_ITEMS) return parted(given)
  }
  count.cut.add(rootOf(path))
  if (!isFirst) return []
  count.refusal = invalidInput({
    path: [],
    message: `The lists of one answer hold at most ${MAX_ITEMS} objects together; ask for shorter pages`,
  })
  throw count.refusal
}

/** A list whose items come so many a round. */
function parted(items: unknown[]): unknown[] {
  if (items.length <= ITEMS_A_ROUND) return items
  let begins: Promise<void> | null = null
  return items.map((item, index) => {
    if (index > 0 && index % ITEMS_A_ROUND === 0) begins = rounds.takeWhole()
    return begins === null ? item : begins.then(() => item)
  })
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
  // What was null already when it was refused is told without it.
  const [error = new GraphQLError(refusal.message, { originalError: refusal })] = refused
  if (operation !== 'mutation' || !result.data) return { errors: [error] }
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
        // What is made of it is one piece.
        if (items.round.begins !== null) await rounds.takeWhole()
        if (isAsyncIterable<ExecutionResult>(result)) return result
        return withinLimit(result, items, getOperationAST(args.document, args.operationName)?.operation)
      }),
  }
}
