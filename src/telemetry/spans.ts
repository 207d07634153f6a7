import {
  defaultTextMapGetter,
  defaultTextMapSetter,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from '@opentelemetry/api'
import { W3CTraceContextPropagator } from '@opentelemetry/core'
import type { RequestLine, TraceRequest } from '../http/request-log.js'
import type { SpanAttributes } from '../work.js'

const propagator = new W3CTraceContextPropagator()

/** What callers choose is told up to here. */
const MOST_TEXT = 256

/** Codes of answers that the gateway is to blame for; all others are the caller's affair. */
const faults = new Set(['INTERNAL_SERVER_ERROR', 'UNAVAILABLE', 'TIMED_OUT'])

/** Traces requests as parts of the traces that their `traceparent` names; a header that is none begins a new one. */
export function traceRequests(tracer: Tracer): TraceRequest {
  return ({ method = 'GET', headers }, path) => {
    const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter)
    const attributes = { 'http.request.method': method, 'url.path': (path ?? '').slice(0, MOST_TEXT) }
    const span = tracer.startSpan(method, { kind: SpanKind.SERVER, attributes }, parent)
    const context = trace.setSpan(parent, span)
    const { traceId, spanId } = span.spanContext()
    return {
      ids: { trace_id: traceId, span_id: spanId },
      response: headersIn(context).traceparent ?? '',
      begin: (name, attributes) => {
        const part = tracer.startSpan(name, { kind: SpanKind.CLIENT, attributes }, context)
        return {
          headers: headersIn(trace.setSpan(context, part)),
          end: (more, error) => {
            part.setAttributes(more)
            if (error !== undefined) part.setAttribute('error.type', typeOf(error))
            if (error !== undefined) part.setStatus({ code: SpanStatusCode.ERROR })
            part.end()
          },
        }
      },
      over: (line) => {
        const code = outcomeOf(line)
        span.updateName(line.operation ?? method)
        span.setAttributes(attributesOf(line))
        if (line.status >= 500 || faults.has(code)) span.setStatus({ code: SpanStatusCode.ERROR })
        span.end()
      },
    }
  }
}

function headersIn(context: Parameters<typeof propagator.inject>[0]): Record<string, string> {
  const headers: Record<string, string> = {}
  propagator.inject(context, headers, defaultTextMapSetter)
  return headers
}

const outcomeOf = ({ code, status }: RequestLine) => code ?? (status >= 400 ? String(status) : 'OK')

/** What the line of the log tells, under names of OpenTelemetry where it has one. */
function attributesOf(line: RequestLine): SpanAttributes {
  const { operation, face, viewer, key, requestId, status, bytes } = line
  const code = outcomeOf(line)
  const own = { operation, face, viewer, key, code, request_id: requestId, response_bytes: bytes }
  return {
    'http.response.status_code': status,
    ...(code === 'OK' ? {} : { 'error.type': code }),
    ...Object.fromEntries(
      Object.entries(own).flatMap(([name, value]) =>
        value === undefined ? [] : [[`session_gateway.${name}`, value]],
      ),
    ),
  }
}

/** A failure by its code, or its name: messages may quote what somebody stored. */
function typeOf(error: unknown): string {
  const { code, name } = error as { code?: unknown; name?: unknown }
  return String(code ?? name ?? 'error').slice(0, MOST_TEXT)
}
