import { randomUUID } from 'node:crypto'
import { GraphQLError } from 'graphql'
import type { DomainError, ErrorCode, Issue } from '../domain/errors.js'
import { readFailure } from '../domain/failure.js'
import { currentRequestId, log } from '../log.js'
import { toPresent } from './session/present.js'

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
  const place = error instanceof GraphQLError ? { nodes: error.nodes, path: error.path } : {}
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

function asBadRequest(error: GraphQLError): GraphQLError {
  // Parsers put what they could not read into `originalError`; it may be large, or secret.
  const { originalError: _, ...extensions } = error.extensions
  // A body that cannot be read is 400 for every accepted media type, not only for the newest.
  if (extensions.code === 'BAD_REQUEST') extensions.http = { status: 400 }
  const { nodes, source, positions, path } = error
  // Limits of an operation call themselves errors of syntax, which they are not: those have a position.
  const message = positions === undefined ? error.message.replace(/^Syntax Error: /, '') : error.message
  const requestId = currentRequestId()
  const shown = { code: 'BAD_USER_INPUT', ...extensions, ...(requestId === undefined ? {} : { requestId }) }
  return new GraphQLError(message, { nodes, source, positions, path, extensions: shown })
}

function toExtensions({ code, details }: DomainError): Record<string, unknown> & ErrorExtensions {
  const requestId = currentRequestId()
  const { present, ...plain } = details
  return {
    ...{ code, ...plain },
    ...(present === undefined ? {} : { present: toPresent(present) }),
    ...(requestId === undefined ? {} : { requestId }),
  }
}
