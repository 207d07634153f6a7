import type { IncomingMessage, ServerResponse } from 'node:http'
import { PassThrough, type Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { JsonBody } from '../json/body.js'
import { log } from '../log.js'
import type { Handler } from './answer.js'
import type { Door, Refused } from './door.js'
import { refuseUpload } from './graphql-body.js'

/** The two encodings of OTLP over HTTP. */
export type TracesEncoding = 'json' | 'protobuf'

export interface TracesOptions {
  door: Door
  /** Of the body, and again of what it unpacks to. */
  limitBytes: number
  requestTimeoutMs: number
  /** Stores traces of a request whose sender is known; gives the answer's body, or a refusal. */
  receive(req: IncomingMessage, body: unknown, encoding: TracesEncoding): Promise<Buffer | Refused>
  /** A refusal in OTLP's shape. */
  refusal(status: number, message: string, encoding: TracesEncoding): Buffer
}

const types = { json: 'application/json', protobuf: 'application/x-protobuf' } as const

/**
 * `POST /v1/traces` of OTLP over HTTP: JSON and protobuf, plain and packed by gzip. Who sends is known before the body is read;
 * answers come in the encoding of the request.
 */
export function tracesHandler(options: TracesOptions): Handler {
  return async (req, res) => {
    const encoding = encodingOf(req)
    const answer = await outcomeOf(req, encoding, options)
    if (answer === 'gone') return void res.destroy()
    if (Buffer.isBuffer(answer)) return send(res, 200, answer, encoding ?? 'json')
    const { status, message, retryAfterSeconds } = answer
    if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', retryAfterSeconds)
    if (status === 405) res.setHeader('Allow', 'POST')
    const body = options.refusal(status, message, encoding ?? 'json')
    if (req.complete) return send(res, status, body, encoding ?? 'json')
    await refuseUpload(req, res, status, body, types[encoding ?? 'json'])
  }
}

async function outcomeOf(
  req: IncomingMessage,
  encoding: TracesEncoding | null,
  options: TracesOptions,
): Promise<Buffer | Refused | 'gone'> {
  const { door, limitBytes } = options
  if (req.method !== 'POST') return refused(405, 'Traces are sent by POST')
  const unknown = (await door.admit(req)) ?? (await door.identify(req))
  if (unknown !== null) return unknown
  if (encoding === null) return refused(415, `The content type must be ${types.json} or ${types.protobuf}`)
  const packing = (req.headers['content-encoding'] ?? 'identity').trim().toLowerCase()
  if (packing !== 'identity' && packing !== 'gzip')
    return refused(415, 'The content encoding must be gzip or identity')
  if (Number(req.headers['content-length'] ?? 0) > limitBytes) return tooLarge(limitBytes)
  const body = await readBody(req, encoding, packing === 'gzip', limitBytes)
  if (body === 'gone' || 'status' in body) return body
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Refused>((resolve) => {
    timer = setTimeout(resolve, options.requestTimeoutMs, refused(504, 'The request timed out'))
  })
  const stored = options.receive(req, body.value, encoding).catch((error: unknown) => {
    log.error({ err: error }, 'storing traces failed')
    return refused(500, 'Internal server error')
  })
  return Promise.race([stored, late]).finally(() => clearTimeout(timer))
}

async function readBody(
  req: IncomingMessage,
  encoding: TracesEncoding,
  isPacked: boolean,
  limitBytes: number,
): Promise<{ value: unknown } | Refused | 'gone'> {
  const json = encoding === 'json' ? new JsonBody() : null
  const chunks: Buffer[] = []
  let size = 0
  try {
    for await (const chunk of unpacked(req, isPacked, limitBytes)) {
      size += chunk.length
      if (size > limitBytes) return tooLarge(limitBytes)
      await json?.take(chunk)
      if (json?.fault?.kind === 'too much')
        return refused(400, `The body holds too much: ${json.fault.message}`)
      if (json === null) chunks.push(chunk)
    }
  } catch (error) {
    if (error instanceof TooLarge) return tooLarge(limitBytes)
    return req.destroyed && !req.complete ? 'gone' : refused(400, 'The body could not be unpacked as gzip')
  }
  if (json === null) return { value: Buffer.concat(chunks) }
  const reading = await json.read()
  return 'value' in reading ? reading : refused(400, 'The body could not be read as JSON')
}

class TooLarge extends Error {}

/** The body's bytes. What is packed passes a counter first, and never unpacks further than somebody reads. */
async function* unpacked(
  req: IncomingMessage,
  isPacked: boolean,
  limitBytes: number,
): AsyncGenerator<Buffer> {
  const plain = req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>
  if (!isPacked) return yield* plain
  const gunzip = createGunzip()
  const source = new PassThrough()
  // Asked for once: each time would leave a listener for as long as the body comes.
  const closed = once(gunzip, 'close')
  source.on('error', (error) => gunzip.destroy(error))
  const feed = async () => {
    let size = 0
    for await (const chunk of plain) {
      size += chunk.length
      if (size > limitBytes) throw new TooLarge()
      if (gunzip.destroyed) return
      if (!source.write(chunk)) await Promise.race([once(source, 'drain'), closed])
    }
    source.end()
  }
  const fed = feed().catch((error: unknown) => void source.destroy(error as Error))
  try {
    yield* source.pipe(gunzip) as AsyncIterable<Buffer>
  } finally {
    gunzip.destroy()
    source.destroy()
    void fed
  }
}

function once(stream: Readable, event: string): Promise<void> {
  return new Promise((resolve) => void stream.once(event, () => resolve()))
}

function encodingOf(req: IncomingMessage): TracesEncoding | null {
  const type = (req.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase()
  if (type === types.json) return 'json'
  return type === types.protobuf || type === 'application/protobuf' ? 'protobuf' : null
}

function send(res: ServerResponse, status: number, body: Buffer, encoding: TracesEncoding): void {
  if (res.headersSent || res.writableEnded) return
  res.writeHead(status, { 'Content-Type': types[encoding], 'Content-Length': body.length })
  res.end(body)
}

const refused = (status: number, message: string): Refused => ({ status, code: 'BAD_REQUEST', message })
const tooLarge = (bytes: number): Refused => refused(413, `The body is larger than ${bytes} bytes`)
