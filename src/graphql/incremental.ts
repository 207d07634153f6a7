import { type DocumentNode, type ExecutionResult, visit } from 'graphql'
import { getSSEProcessor, isAsyncIterable, type Plugin } from 'graphql-yoga'
import { readAccept } from './accept.js'

const partDirectives: ReadonlySet<string> = new Set(['defer', 'stream'])

/** A part of an answer after the first one. */
interface Part extends ExecutionResult {
  incremental?: readonly { errors?: readonly unknown[] }[]
}

/**
 * Answers `@defer` and `@stream` in parts where the Accept header takes parts in the format that is written here, and whole
 * where it does not.
 * Masks the errors of later parts, since Yoga masks those of the first only.
 */
export function useIncrementalDelivery(maskError: (error: unknown) => Error): Plugin {
  const whole = new WeakMap<DocumentNode, DocumentNode>()
  return {
    onExecute: ({ args, executeFn, setExecuteFn }) => {
      const accept = args.contextValue.request?.headers.get('accept') ?? null
      if (readAccept(accept).parts === null)
        setExecuteFn((given) => executeFn({ ...given, document: withoutParts(given.document, whole) }))
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

/** The document without the directives that ask for parts; kept, since documents are. */
function withoutParts(document: DocumentNode, kept: WeakMap<DocumentNode, DocumentNode>): DocumentNode {
  const known = kept.get(document)
  if (known !== undefined) return known
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
