import { toStorable } from '../rules/text.js'
import { NotOtlp } from './protobuf.js'

type Json = Record<string, unknown>

/** A span of OTLP, flat. Times are milliseconds since 1970, 0 for none. */
export interface Span {
  traceId: string
  spanId: string
  parentSpanId: string | null
  name: string
  startMs: number
  endMs: number
  attributes: Json
  events: { name: string; attributes: Json }[]
  failed: boolean
  /** The name of the service that sent it. */
  service: string | null
}

const MAX_DEPTH = 100

/** The spans of an export request, or of a line of a file of them, in OTLP's JSON; those without ids are left out. */
export function spansOf(traces: unknown): Span[] {
  return [...eachSpan(traces)]
}

/** The same, one at a time: its lists may be such that are read as somebody goes through them; `look` sees what they stand in. */
export function* eachSpan(
  traces: unknown,
  look: (what: 'groups' | 'scopes' | 'spans', given: Json) => void = () => {},
): Generator<Span> {
  for (const group of eachAt(traces, 'resourceSpans')) {
    look('groups', group)
    const resource = attributesOf(objectAt(group, 'resource'))
    const service = serviceOf(resource['service.name'])
    for (const scope of eachAt(group, 'scopeSpans', 'instrumentationLibrarySpans')) {
      look('scopes', scope)
      for (const given of eachAt(scope, 'spans')) {
        look('spans', given)
        const span = readSpan(given, service)
        if (span !== null) yield span
      }
    }
  }
}

/** Whether a value is an export request of traces. */
export function isTraces(value: unknown): boolean {
  return isObject(value) && Array.isArray(value.resourceSpans)
}

/** A name that somebody gave; SDKs make up one that begins so where nobody did. */
function serviceOf(name: unknown): string | null {
  return typeof name === 'string' && !name.startsWith('unknown_service') ? name : null
}

function readSpan(span: Json, service: string | null): Span | null {
  const traceId = hexId(span.traceId)
  const spanId = hexId(span.spanId)
  if (traceId === null || spanId === null) return null
  const { code } = objectAt(span, 'status')
  return {
    traceId,
    spanId,
    parentSpanId: hexId(span.parentSpanId),
    service,
    name: textOf(span.name),
    startMs: milliseconds(span.startTimeUnixNano),
    endMs: milliseconds(span.endTimeUnixNano),
    attributes: attributesOf(span),
    events: objectsAt(span, 'events').map((event) => ({
      name: textOf(event.name),
      attributes: attributesOf(event),
    })),
    failed: code === 2 || code === 'STATUS_CODE_ERROR',
  }
}

const textOf = (value: unknown) => (typeof value === 'string' ? toStorable(value) : '')

/** Ids are hexadecimal in OTLP's JSON; some exporters write base64, as other JSON of protobuf does. */
function hexId(id: unknown): string | null {
  if (typeof id !== 'string' || id === '') return null
  if (/^[0-9a-f]+$/i.test(id)) return id.toLowerCase()
  return /^[A-Za-z0-9+/]+=*$/.test(id) ? Buffer.from(id, 'base64').toString('hex') : null
}

function milliseconds(nanoseconds: unknown): number {
  const found = Number(nanoseconds)
  return Number.isFinite(found) && found > 0 ? found / 1e6 : 0
}

function attributesOf(owner: Json): Json {
  return fromPairs(objectsAt(owner, 'attributes'), 0)
}

function fromPairs(pairs: readonly Json[], depth: number): Json {
  // Keys come from a stranger: an object without a prototype takes `__proto__` as any other.
  const found: Json = Object.create(null)
  for (const { key, value } of pairs)
    if (typeof key === 'string') found[toStorable(key)] = fromValue(value, depth)
  return found
}

function fromValue(value: unknown, depth: number): unknown {
  if (!isObject(value) || depth > MAX_DEPTH) return null
  if ('stringValue' in value)
    return typeof value.stringValue === 'string' ? toStorable(value.stringValue) : value.stringValue
  if ('boolValue' in value) return value.boolValue
  if ('intValue' in value) return whole(value.intValue)
  if ('doubleValue' in value) return Number(value.doubleValue)
  if ('arrayValue' in value)
    return objectsAt(value.arrayValue, 'values').map((item) => fromValue(item, depth + 1))
  if ('kvlistValue' in value) return fromPairs(objectsAt(value.kvlistValue, 'values'), depth + 1)
  return 'bytesValue' in value ? value.bytesValue : null
}

/** A number that JavaScript would round stays a text; one that it has rounded, as it came without quotes, is refused. */
function whole(value: unknown): unknown {
  if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER)
    throw new NotOtlp('An intValue beyond 2^53 has to be a text')
  const number = Number(value)
  return Number.isSafeInteger(number) ? number : String(value)
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function objectAt(owner: unknown, key: string): Json {
  const value = isObject(owner) ? owner[key] : null
  return isObject(value) ? value : {}
}

function* eachAt(owner: unknown, ...keys: string[]): Generator<Json> {
  const list = keys.map((key) => (isObject(owner) ? owner[key] : null)).find(isList)
  if (list !== undefined) for (const value of list) if (isObject(value)) yield value
}

function isList(value: unknown): value is Iterable<unknown> {
  return typeof value === 'object' && value !== null && Symbol.iterator in value
}

function objectsAt(owner: unknown, ...keys: string[]): Json[] {
  const found = keys.map((key) => (isObject(owner) ? owner[key] : null)).find(Array.isArray)
  return Array.isArray(found) ? found.filter(isObject) : []
}
