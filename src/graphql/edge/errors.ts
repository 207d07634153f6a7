import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import { type GraphQLHTTPExtensions, isAsyncIterable, type Plugin } from 'graphql-yoga'
import type { DomainError, ErrorCode } from '../../domain/errors.js'
import { readFailure } from '../../domain/failure.js'
import { currentRequestId, log } from '../../log.js'
import type { Issue } from '../../rules/issue.js'
import { WorkOver } from '../../work.js'
import { toPresent } from '../session/present.js'

/** What `extensions` of an error may carry. */
export interface ErrorExtensions {
  code: ErrorCode | 'INTERNAL_SERVER_ERROR'
  issues?: readonly Issue[]
  retryAfterSeconds?: number
  /** The session as it is, where it is another than the caller expected. */
  present?: ReturnType<typeof toPresent>
  requestId?: string
}

/**
 * Shows expected failures with their code; anything else is a bug: logged whole, told apart only by the request id.
 */
export function maskError(error: unknown): Error {
  const thrown = error instanceof GraphQLError ? (error.originalError ?? error) : error
  // The request itself is at fault: its syntax, its form, or a value that its input type refuses.
  if (error instanceof GraphQLError && thrown instanceof GraphQLError) return asBadRequest(error)
  const location = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}
  const failure = readFailure(thrown)
  if (failure !== null) {
    if (failure !== thrown && !(thrown instanceof WorkOver))
      log.warn({ err: thrown, code: failure.code }, 'the store failed')
    return new GraphQLError(failure.message, { ...location, extensions: toExtensions(failure) })
  }
  const requestId = currentRequestId() ?? randomUUID()
  log.error({ err: thrown, requestId }, 'unexpected error')
  return new GraphQLError('Internal server error', {
    ...location,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } satisfies ErrorExtensions,
  })
}

/** The code that an error of a result is shown with, masked already or not. */
export function codeOf(error: GraphQLError): string {
  const thrown = error.originalError ?? error
  if (thrown instanceof GraphQLError) return String(error.extensions.code ?? 'BAD_USER_INPUT')
  return readFailure(thrown)?.code ?? 'INTERNAL_SERVER_ERROR'
}

function asBadRequest(error: GraphQLError): GraphQLError {
  // Parsers put what they could not read into `originalError`; it may be large, or secret.
  const { originalError: _, ...extensions } = error.extensions
  // A body that cannot be read is 400 for every accepted media type, not only for the newest.
  if (extensions.code === 'BAD_REQUEST') Object.assign(extensions, toHttp(extensions.http))
  const { nodes, source, positions, path } = error
  const requestId = currentRequestId()
  const shown = { code: 'BAD_USER_INPUT', ...extensions, ...(requestId === undefined ? {} : { requestId }) }
  return new GraphQLError(error.message, { nodes, source, positions, path, extensions: shown })
}

function toHttp(given: GraphQLHTTPExtensions = {}): object {
  const { status, spec, headers } = given
  if (status === 405) return { code: 'METHOD_NOT_ALLOWED', http: { status, headers } }
  return { http: spec || status === undefined ? { status: 400 } : { status, headers } }
}

/** Gives the request's id to errors that never were masked: those of a document that does not fit the schema. */
export function useErrorShape(): Plugin {
  return {
    onResultProcess: ({ result, setResult }) => {
      const requestId = currentRequestId()
      if (isAsyncIterable(result) || Array.isArray(result) || requestId === undefined) return
      const { errors } = result
      if (errors?.some(({ extensions }) => extensions.requestId !== requestId))
        setResult({ ...result, errors: errors.map((error) => withRequestId(error, requestId)) })
    },
  }
}

function withRequestId(error: GraphQLError, requestId: string): GraphQLError {
  const { message, nodes, source, positions, path, originalError } = error
  const extensions = { ...error.extensions, requestId }
  return new GraphQLError(message, { nodes, source, positions, path, originalError, extensions })
}

function toExtensions({ code, details }: DomainError): Record<string, unknown> & ErrorExtensions {
  const requestId = currentRequestId()
  const { present, ...plain } = details
  return {
    code,
    ...plain,
    ...(present === undefined ? {} : { present: toPresent(present) }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
