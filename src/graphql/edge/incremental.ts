import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  Kind,
  type ValueNode,
  visit,
} from 'graphql'
import { getSSEProcessor, isAsyncIterable, type Plugin } from 'graphql-yoga'
import { refusal } from '../limits/refusal.js'
import { readAccept } from './accept.js'

const partDirectives: ReadonlySet<string> = new Set(['defer', 'stream'])

/** A part of an answer after the first one. */
interface Part extends ExecutionResult {
  incremental?: readonly { errors?: readonly unknown[] }[]
}

/**
 * Answers `@defer` and `@stream` in parts where the Accept header takes the format that is written here, and whole where it does not.
 * Masks the errors of later parts, since Yoga masks those of the first only.
 */
export function useIncrementalDelivery(maskError: (error: unknown) => Error): Plugin {
  const whole = new WeakMap<DocumentNode, DocumentNode>()
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const accept = args.contextValue.request?.headers.get('accept') ?? null
      if (readAccept(accept).parts === null)
        setExecuteFn((given) => executeFn({ ...given, document: withoutParts(given.document, whole) }))
      else requireInitialCounts(args)
      return {
        onExecuteDone: ({ result, setResult }) => {
          if (isAsyncIterable<Part>(result)) setResult(maskParts(result, maskError))
        },
      }
    },
    // The library takes `multipart/mixed` for what it is, whatever format of parts its parameters ask for.
    onResultProcess: ({ request, result, setResultProcessor }) => {
      const { parts } = readAccept(request.headers.get('accept'))
      if (isAsyncIterable(result) && parts === 'text/event-stream')
        setResultProcessor(getSSEProcessor(), 'text/event-stream')
    },
  }
}

/** Whether the document has a directive that asks for an answer in parts. */
export function asksForParts(document: DocumentNode): boolean {
  let asks = false
  visit(document, {
    Directive: ({ name }) => {
      asks ||= partDirectives.has(name.value)
    },
  })
  return asks
}

/** Refuses `initialCount`s that are no count: the executor takes them for a fault of its own. */
function requireInitialCounts({ document, variableValues }: ExecutionArgs): void {
  for (const value of initialCountsIn(document)) {
    const count = value.kind === Kind.VARIABLE ? variableValues?.[value.name.value] : value
    const isNull = count === null || value.kind === Kind.NULL
    if (isNull || Number(value.kind === Kind.INT ? value.value : count) < 0)
      throw refusal('BAD_REQUEST', '`initialCount` of `@stream` is a number that is at least 0')
  }
}

const countsByDocument = new WeakMap<DocumentNode, readonly ValueNode[]>()

/** The `initialCount`s that the document gives; kept, since documents are. */
function initialCountsIn(document: DocumentNode): readonly ValueNode[] {
  const before = countsByDocument.get(document)
  if (before !== undefined) return before
  const found: ValueNode[] = []
  visit(document, {
    Directive: ({ name, arguments: given = [] }) => {
      if (name.value !== 'stream') return
      const value = given.find((one) => one.name.value === 'initialCount')?.value
      if (value !== undefined) found.push(value)
    },
  })
  countsByDocument.set(document, found)
  return found
}

/** The document without the directives that ask for parts; kept, since documents are. */
function withoutParts(document: DocumentNode, kept: WeakMap<DocumentNode, DocumentNode>): DocumentNode {
  const cached = kept.get(document)
  if (cached !== undefined) return cached
  const made = visit(document, {
    Directive: ({ name }) => (partDirectives.has(name.value) ? null : undefined),
  })
  kept.set(document, made)
  return made
}

async function* maskParts(parts: AsyncIterable<Part>, maskError: (error: unknown) => Error) {
  for await (const part of parts)
    yield part.incremental === undefined
      ? part
      : {
          ...part,
          incremental: part.incremental.map((one) =>
            one.errors === undefined ? one : { ...one, errors: one.errors.map(maskError) },
          ),
        }
}
