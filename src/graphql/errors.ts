import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { DomainError, ErrorCode, Issue } from '../domain/errors.js'
import { readFailure } from '../domain/failure.js'
import { currentRequestId, log } from '../log.js'

/** What `extensions` of an error may carry. */
export interface ErrorExtensions {
  code: ErrorCode | 'INTERNAL_SERVER_ERROR'
  issues?: readonly Issue[]
  retryAfterSeconds?: number
  requestId?: string
}

/**
 * Shows expected failures with their code; anything else is a bug: logged whole, told apart only by the request id.
 */
export function maskError(error: unknown): Error {
  if (error instanceof GraphQLError && error.originalError === undefined) return withoutEcho(error)
  const thrown = error instanceof GraphQLError ? error.originalError : error
  const place = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}
  // A value that its input type refuses: the wrapping error says which.
  if (error instanceof GraphQLError && thrown instanceof GraphQLError)
    return new GraphQLError(error.message, { ...place, extensions: { code: 'BAD_USER_INPUT' } })
  const failure = readFailure(thrown)
  if (failure !== null) {
    if (failure !== thrown) log.warn({ err: thrown, code: failure.code }, 'the store failed')
    return new GraphQLError(failure.message, { ...place, extensions: toExtensions(failure) })
  }
  const requestId = currentRequestId() ?? randomUUID()
  log.error({ err: thrown, requestId }, 'unexpected error')
  return new GraphQLError('Internal server error', {
    ...place,
    extensions: { code: 'INTERNAL_SERVER_ERROR', requestId } satisfies ErrorExtensions,
  })
}

/** Parsers put what they could not read into `extensions.originalError`; it may be large, or secret. */
function withoutEcho(error: GraphQLError): GraphQLError {
  delete error.extensions.originalError
  return error
}

function toExtensions({ code, details }: DomainError): Record<string, unknown> & ErrorExtensions {
  const requestId = currentRequestId()
  return { code, ...details, ...(requestId === undefined ? {} : { requestId }) }
}
