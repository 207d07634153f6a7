import { promisify } from 'node:util'
import { gunzip, inflate } from 'node:zlib'
import { BinaryReader, BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import type { GivenBody } from '../../route.js'
import { invalid, Refusal } from './errors.js'
import { readJson } from './read.js'

/** OTLP's own type of binary bodies. */
export const PROTOBUF = 'application/x-protobuf'

/** Whether a body is OTLP in protobuf; what is not is read as JSON. */
export function isProtobuf({ contentType }: GivenBody): boolean {
  return contentType?.split(';', 1)[0]?.trim().toLowerCase() === PROTOBUF
}

/** How many spans an export holds, in JSON, or in protobuf, compressed or not; refuses what cannot be read, or holds too much. */
export async function countSpans(given: GivenBody, limitBytes: number): Promise<number> {
  if (isProtobuf(given)) return countEncodedSpans(await decompress(given, limitBytes), { left: MAX_FIELDS })
  const json = readJson(given)
  if ('item' in json) throw invalid([json.item])
  return countGivenSpans(json.value as Record<string, unknown>)
}

/** Of ExportTraceServiceResponse: `partial_success` with `rejected_spans` and `error_message`. */
export function encodeRejection(count: number, message: string): Uint8Array<ArrayBuffer> {
  const success = new BinaryWriter().tag(1, WireType.Varint).int64(count)
  success.tag(2, WireType.LengthDelimited).string(message)
  const answer = new BinaryWriter().tag(1, WireType.LengthDelimited).bytes(success.finish())
  return new Uint8Array(answer.finish())
}

/** Apart from the thread that answers: some bytes unpack to millions. */
const unpack = { gzip: promisify(gunzip), deflate: promisify(inflate) }

async function decompress({ body, contentEncoding }: GivenBody, limitBytes: number): Promise<Uint8Array> {
  if (body === 'empty') return new Uint8Array()
  if (!('bytes' in body)) throw unreadable('Body is no ExportTraceServiceRequest')
  const { bytes } = body
  const encoding = contentEncoding?.trim().toLowerCase() ?? 'identity'
  if (encoding === 'identity' || encoding === '') return bytes
  const options = { maxOutputLength: limitBytes }
  try {
    if (encoding === 'gzip' || encoding === 'deflate') return await unpack[encoding](bytes, options)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE')
      throw new Refusal('PAYLOAD_TOO_LARGE', `Request body is larger than ${limitBytes} bytes`)
    throw unreadable(`Body is no ${encoding}`)
  }
  throw unreadable(`Bodies are compressed with gzip or deflate, not with ${encoding.slice(0, 64)}`)
}

/** Where the messages of one kind lie in those around them: ExportTraceServiceRequest, ResourceSpans, ScopeSpans. */
const fields = [1, 2, 2] as const

/** Fields that are looked at, as many as JSON may have values. */
const MAX_FIELDS = 200_000

function countEncodedSpans(bytes: Uint8Array, budget: { left: number }, depth = 0): number {
  let count = 0
  try {
    const reader = new BinaryReader(bytes)
    while (reader.pos < reader.len) {
      const [field, type] = reader.tag()
      if (budget.left-- === 0) throw unreadable(`Body has more than ${MAX_FIELDS} fields`)
      // What passes over one goes through all that it holds; OTLP has none.
      if (type === WireType.StartGroup) throw unreadable('Body is no ExportTraceServiceRequest')
      if (field !== fields[depth] || type !== WireType.LengthDelimited) reader.skip(type)
      else {
        const message = reader.bytes()
        count += depth === fields.length - 1 ? 1 : countEncodedSpans(message, budget, depth + 1)
      }
    }
  } catch (error) {
    throw error instanceof Refusal ? error : unreadable('Body is no ExportTraceServiceRequest')
  }
  return count
}

/** The names that the fields have in JSON; some encoders write them as the schema does. */
const names = [['resourceSpans', 'resource_spans'], ['scopeSpans', 'scope_spans'], ['spans']] as const

function countGivenSpans(json: unknown, depth = 0): number {
  if (depth === names.length) return 1
  if (typeof json !== 'object' || json === null) return 0
  const found = names[depth]?.map((name) => (json as Record<string, unknown>)[name]).find(Array.isArray) ?? []
  return found.reduce((sum: number, one: unknown) => sum + countGivenSpans(one, depth + 1), 0)
}

function unreadable(msg: string): Refusal {
  return invalid([{ loc: ['body'], msg, type: 'value_error' }])
}
