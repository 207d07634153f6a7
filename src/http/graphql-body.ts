import type { IncomingMessage, ServerResponse } from 'node:http'
import { isPacked, JsonBody, type JsonReading } from '../json/body.js'
import { graphqlError, sendJson } from './answer.js'
import type { Refused } from './door.js'

/** How much is read before it is known who sends it, and of bodies that are no JSON. */
const UNASKED_BYTES = 64 * 1024

/** How much of a refused upload is read, and for how long, so that its sender gets to read the answer. */
const discardedBytes = 64 * 1024 * 1024
const discardedMs = 5000

const jsonType = /^application\/(graphql\+)?json\s*(;|,|$)/i

/** What a request leaves for GraphQL in `req.body`: its JSON, or its bytes where it has none. */
class GraphqlBody {
  constructor(
    readonly json: object | undefined,
    readonly body: Buffer,
  ) {}

  /** An iterable, since the adapter lists the keys of a bare Buffer, one a byte, to see whether it is empty. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Buffer> {
    yield this.body
  }
}

const noBytes = Buffer.alloc(0)

export interface GraphqlBodyLimits {
  limitBytes: number
  /** Asks who calls; gives the refusal of somebody unknown. */
  identify(req: IncomingMessage): Refused | null | Promise<Refused | null>
}

/**
 * Reads the body, whatever its transfer encoding, and leaves it as `req.body`.
 * @returns false when the request has been answered instead: unknown its sender, too large, cut short, or gone
 */
export async function readGraphqlBody(
  req: IncomingMessage,
  res: ServerResponse,
  limits: GraphqlBodyLimits,
): Promise<boolean> {
  if (req.method === 'GET' || req.method === 'HEAD') return true
  const outcome = await receive(req, limits)
  if (outcome === 'gone') res.destroy()
  else if (outcome instanceof GraphqlBody) {
    Object.assign(req, { body: outcome })
    return true
  } else await refuse(req, res, outcome)
  return false
}

type Outcome = GraphqlBody | Refused | 'gone'

function receive(
  req: IncomingMessage,
  { limitBytes, identify }: GraphqlBodyLimits,
): Outcome | Promise<Outcome> {
  if (isPacked(req.headers['content-encoding'])) return packed
  const declared = Number(req.headers['content-length'] ?? 0)
  const json = jsonType.test(req.headers['content-type'] ?? '') ? new JsonBody() : null
  const limit = json === null ? Math.min(UNASKED_BYTES, limitBytes) : limitBytes
  const isShort = declared > 0 && declared <= Math.min(UNASKED_BYTES, limit)
  return isShort ? receiveShort(req, json) : receiveParts(req, json, { declared, limit, identify })
}

async function receiveParts(
  req: IncomingMessage,
  json: JsonBody | null,
  { declared, limit, identify }: { declared: number; limit: number } & Pick<GraphqlBodyLimits, 'identify'>,
): Promise<Outcome> {
  const chunks: Buffer[] = []
  let size = 0
  let isIdentified = false
  const check = async (bytes: number): Promise<Refused | null> => {
    if (bytes > UNASKED_BYTES && !isIdentified) {
      const refused = await identify(req)
      if (refused !== null) return refused
      isIdentified = true
    }
    return bytes > limit ? tooLarge(limit) : null
  }
  const refused = declared > UNASKED_BYTES || declared > limit ? await check(declared) : null
  if (refused !== null) return refused
  try {
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      size += chunk.length
      const refused = await check(size)
      if (refused !== null) return refused
      await json?.take(chunk)
      if (json?.fault?.kind === 'too much') return tooMuch(json.fault.message)
      if (size <= UNASKED_BYTES) chunks.push(chunk)
    }
  } catch {
    return req.destroyed ? 'gone' : unreadable
  }
  if (json === null) return new GraphqlBody(undefined, Buffer.concat(chunks))
  return toOutcome(await json.read(), size <= UNASKED_BYTES ? chunks : null)
}

/** A body as long as it says, which Node holds it to; by events, as an iterator and its promises take twice the time. */
function receiveShort(req: IncomingMessage, json: JsonBody | null): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const parts: Buffer[] = []
    const cut = () => {
      if (!req.readableEnded) resolve(req.destroyed ? 'gone' : unreadable)
    }
    const read = () => {
      if (json === null) return resolve(new GraphqlBody(undefined, Buffer.concat(parts)))
      try {
        for (const part of parts) json.take(part)
        const reading = json.read()
        const isRead = !(reading instanceof Promise)
        resolve(isRead ? toOutcome(reading, parts) : reading.then((later) => toOutcome(later, parts)))
      } catch (error) {
        reject(error)
      }
    }
    if (req.destroyed) return cut()
    req
      .on('data', (part: Buffer) => parts.push(part))
      .once('end', read)
      .once('error', cut)
      .once('close', cut)
  })
}

/** What is malformed goes on as it came, where that is there: it may be short enough for GraphQL's own words. */
function toOutcome(reading: JsonReading, parts: readonly Buffer[] | null): Outcome {
  if ('value' in reading && typeof reading.value === 'object' && reading.value !== null)
    return new GraphqlBody(reading.value, noBytes)
  if ('fault' in reading && reading.fault.kind === 'too much') return tooMuch(reading.fault.message)
  return parts === null ? unreadable : new GraphqlBody(undefined, Buffer.concat(parts))
}

const tooLarge = (bytes: number): Refused => ({
  status: 413,
  code: 'PAYLOAD_TOO_LARGE',
  message: `Request body is larger than ${bytes} bytes`,
})

const tooMuch = (message: string): Refused => ({
  status: 400,
  code: 'BAD_REQUEST',
  message: `Request body holds too much: ${message}`,
})

const packed: Refused = {
  status: 415,
  code: 'UNSUPPORTED_MEDIA_TYPE',
  message: 'An operation is posted as it is, without Content-Encoding',
}

const unreadable: Refused = {
  status: 400,
  code: 'BAD_REQUEST',
  message: 'Request body could not be read as JSON',
}

/** Answers a request whose body may not have been read, and will not be. */
export async function refuse(req: IncomingMessage, res: ServerResponse, refused: Refused): Promise<void> {
  const { status, code, message, retryAfterSeconds } = refused
  const details = retryAfterSeconds === undefined ? {} : { retryAfterSeconds }
  if (retryAfterSeconds !== undefined) res.setHeader('Retry-After', retryAfterSeconds)
  const answer = graphqlError(res, code, message, details)
  if (req.complete) return sendJson(res, status, answer)
  await refuseUpload(req, res, status, JSON.stringify(answer))
}

/** Writes the whole answer first and ends it later: closing over unread data would reset the connection. */
export async function refuseUpload(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  answer: string | Buffer,
  type = 'application/json; charset=utf-8',
): Promise<void> {
  res.writeHead(status, {
    'Content-Type': type,
    'Content-Length': Buffer.byteLength(answer),
    Connection: 'close',
  })
  res.write(answer)
  await discardUpload(req)
  res.end()
}

function discardUpload(req: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, discardedMs)
    let read = 0
    const over = () => {
      clearTimeout(timer)
      resolve()
    }
    req.on('data', (chunk: Buffer) => {
      read += chunk.length
      if (read > discardedBytes) over()
    })
    req.once('end', over).once('close', over).once('error', over)
    req.resume()
  })
}
