import { BinaryReader, WireType } from '@bufbuild/protobuf/wire'

type Json = Record<string, unknown>
/** How a field is read: a scalar, or a message by its name; several values make a list. */
type Field = readonly [name: string, type: string, repeated?: 'repeated']

/** The messages of OTLP's trace service, by field number (opentelemetry/proto/trace/v1/trace.proto and what it imports). */
const messages: Record<string, Record<number, Field>> = {
  TracesData: { 1: ['resourceSpans', 'ResourceSpans', 'repeated'] },
  ResourceSpans: { 1: ['resource', 'Resource'], 2: ['scopeSpans', 'ScopeSpans', 'repeated'] },
  Resource: { 1: ['attributes', 'KeyValue', 'repeated'] },
  ScopeSpans: { 1: ['scope', 'Scope'], 2: ['spans', 'Span', 'repeated'] },
  Scope: { 1: ['name', 'string'], 2: ['version', 'string'] },
  Span: {
    1: ['traceId', 'id'],
    2: ['spanId', 'id'],
    4: ['parentSpanId', 'id'],
    5: ['name', 'string'],
    6: ['kind', 'int32'],
    7: ['startTimeUnixNano', 'fixed64'],
    8: ['endTimeUnixNano', 'fixed64'],
    9: ['attributes', 'KeyValue', 'repeated'],
    11: ['events', 'Event', 'repeated'],
    15: ['status', 'Status'],
  },
  Event: { 1: ['timeUnixNano', 'fixed64'], 2: ['name', 'string'], 3: ['attributes', 'KeyValue', 'repeated'] },
  Status: { 2: ['message', 'string'], 3: ['code', 'int32'] },
  KeyValue: { 1: ['key', 'string'], 2: ['value', 'AnyValue'] },
  AnyValue: {
    1: ['stringValue', 'string'],
    2: ['boolValue', 'bool'],
    3: ['intValue', 'int64'],
    4: ['doubleValue', 'double'],
    5: ['arrayValue', 'ArrayValue'],
    6: ['kvlistValue', 'KeyValueList'],
    7: ['bytesValue', 'bytes'],
  },
  ArrayValue: { 1: ['values', 'AnyValue', 'repeated'] },
  KeyValueList: { 1: ['values', 'KeyValue', 'repeated'] },
}

const scalars: Record<string, { wire: WireType; read: (reader: BinaryReader) => unknown }> = {
  string: { wire: WireType.LengthDelimited, read: (reader) => reader.string() },
  bytes: { wire: WireType.LengthDelimited, read: (reader) => Buffer.from(reader.bytes()).toString('base64') },
  id: { wire: WireType.LengthDelimited, read: (reader) => Buffer.from(reader.bytes()).toString('hex') },
  bool: { wire: WireType.Varint, read: (reader) => reader.bool() },
  int32: { wire: WireType.Varint, read: (reader) => reader.int32() },
  int64: { wire: WireType.Varint, read: (reader) => String(reader.int64()) },
  fixed64: { wire: WireType.Bit64, read: (reader) => String(reader.fixed64()) },
  double: { wire: WireType.Bit64, read: (reader) => reader.double() },
}

const MAX_DEPTH = 100
/** As many as JSON may hold: each takes many times its bytes. */
const MAX_VALUES = 200_000

/** Bytes that are no message of OTLP's traces. */
export class NotOtlp extends Error {
  override name = 'NotOtlp'
}

/**
 * Traces in OTLP's protobuf, in the shape of its JSON: ids in hexadecimal, 64-bit numbers as texts. Unknown fields are skipped.
 * @throws {NotOtlp}
 */
export function decodeTraces(bytes: Uint8Array): Json {
  try {
    return readMessage(new CountingReader(bytes), bytes.length, 'TracesData', 0)
  } catch (error) {
    if (error instanceof NotOtlp) throw error
    throw new NotOtlp(`The bytes are no traces of OTLP: ${(error as Error).message}`)
  }
}

class CountingReader extends BinaryReader {
  #left = MAX_VALUES

  override tag(): [number, WireType] {
    if (--this.#left < 0) throw new NotOtlp(`The body holds too much: At most ${MAX_VALUES} values`)
    return super.tag()
  }
}

function readMessage(reader: BinaryReader, end: number, type: string, depth: number): Json {
  if (depth > MAX_DEPTH) throw new NotOtlp(`The traces are nested more than ${MAX_DEPTH} levels deep`)
  if (end > reader.len) throw new NotOtlp('The bytes end within a message')
  const found: Json = {}
  while (reader.pos < end) {
    const [number, wire] = reader.tag()
    const field = messages[type]?.[number]
    const scalar = field === undefined ? undefined : scalars[field[1]]
    if (field === undefined || wire !== (scalar?.wire ?? WireType.LengthDelimited)) {
      reader.skip(wire, number)
      continue
    }
    const [name, of, repeated] = field
    const value = scalar === undefined ? readNested(reader, of, depth) : scalar.read(reader)
    if (repeated === undefined) found[name] = value
    else if (Array.isArray(found[name])) found[name].push(value)
    else found[name] = [value]
  }
  if (reader.pos !== end) throw new NotOtlp('A message ends within a field')
  return found
}

function readNested(reader: BinaryReader, type: string, depth: number): Json {
  const length = reader.uint32()
  return readMessage(reader, reader.pos + length, type, depth + 1)
}
