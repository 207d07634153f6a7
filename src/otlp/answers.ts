import { BinaryWriter } from '@bufbuild/protobuf/wire'
import type { DomainError } from '../domain/errors.js'
import { readFailure } from '../domain/failure.js'
import { decodeTraces, NotOtlp } from './protobuf.js'
import type { Received } from './receive.js'
import { isTraces, type Span, spansOf } from './spans.js'

export type Encoding = 'json' | 'protobuf'

/** Codes of gRPC, which OTLP's errors carry, by HTTP status. */
const codes: Record<number, number> = {
  400: 3,
  401: 16,
  403: 7,
  404: 5,
  413: 3,
  415: 3,
  429: 8,
  503: 14,
  504: 4,
}

/**
 * The spans of an export request.
 * @throws {NotOtlp} for a body that is none
 */
export function spansOfRequest(body: unknown, encoding: Encoding): Span[] {
  const traces = encoding === 'protobuf' ? decodeTraces(body as Uint8Array) : body
  const isEmpty = typeof traces === 'object' && traces !== null && Object.keys(traces).length === 0
  if (!isEmpty && !isTraces(traces)) throw new NotOtlp('The body is no export request of traces')
  return spansOf(traces)
}

/** An export response: empty unless spans were rejected. */
export function exportResponse({ rejectedSpans, errorMessage }: Received, encoding: Encoding): Buffer {
  if (rejectedSpans === 0) return encoding === 'json' ? Buffer.from('{}') : Buffer.alloc(0)
  if (encoding === 'json')
    return Buffer.from(
      JSON.stringify({ partialSuccess: { rejectedSpans: String(rejectedSpans), errorMessage } }),
    )
  const partial = new BinaryWriter().tag(1, 0).int64(rejectedSpans).tag(2, 2).string(errorMessage).finish()
  return Buffer.from(new BinaryWriter().tag(1, 2).bytes(partial).finish())
}

/** A refusal as gRPC's `Status`. */
export function statusBody(status: number, message: string, encoding: Encoding): Buffer {
  const code = codes[status] ?? 13
  if (encoding === 'json') return Buffer.from(JSON.stringify({ code, message }))
  return Buffer.from(new BinaryWriter().tag(1, 0).int32(code).tag(2, 2).string(message).finish())
}

const statuses: Partial<Record<DomainError['code'], number>> = {
  ...{
    UNAUTHENTICATED: 401,
    FORBIDDEN: 403,
    NOT_FOUND: 404,
    RATE_LIMITED: 429,
    UNAVAILABLE: 503,
    // Two that wrote at once; a sender tries again.
    CONFLICT: 503,
    TIMED_OUT: 504,
  },
}

/** An expected failure of a whole request; null for a fault of the gateway's own. */
export function refusalOf(error: unknown): { status: number; code: string; message: string } | null {
  if (error instanceof NotOtlp) return { status: 400, code: 'BAD_REQUEST', message: error.message }
  const failure = readFailure(error)
  if (failure === null) return null
  return { status: statuses[failure.code] ?? 400, code: failure.code, message: failure.message }
}
