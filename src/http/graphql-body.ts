import type { IncomingMessage, ServerResponse } from 'node:http'
import readRawBody from 'raw-body'
import { graphqlError, sendGraphqlError } from './answer.js'

/** How much of a refused upload is read, and for how long, so that its sender gets to read the answer. */
const discardedBytes = 64 * 1024 * 1024
const discardedMs = 5000

/**
 * Reads the body, whatever its transfer encoding, and leaves it as `req.body` for yoga's node adapter.
 * @returns false when the request has been answered instead: too large, cut short, or gone
 */
export async function readGraphqlBody(
  req: IncomingMessage,
  res: ServerResponse,
  limitBytes: number,
): Promise<boolean> {
  if (req.method === 'GET' || req.method === 'HEAD') return true
  try {
    const body = await readRawBody(req, { limit: limitBytes, length: req.headers['content-length'] ?? null })
    Object.assign(req, { body: { body, [Symbol.asyncIterator]: () => onlyChunk(body) } })
    return true
  } catch (error) {
    const { type } = error as { type?: string }
    if (type === 'entity.too.large') await refuseUpload(req, res, limitBytes)
    else if (res.destroyed || type === 'request.aborted') res.destroy()
    else sendGraphqlError(res, 400, 'BAD_REQUEST', 'Request body could not be read')
    return false
  }
}

/** An iterable, since the adapter lists the keys of a bare Buffer, one a byte, to see whether it is empty. */
async function* onlyChunk(body: Buffer) {
  yield body
}

/** Writes the whole answer first and ends it later: closing over unread data would reset the connection. */
async function refuseUpload(req: IncomingMessage, res: ServerResponse, limitBytes: number): Promise<void> {
  const message = `Request body is larger than ${limitBytes} bytes`
  const answer = JSON.stringify(graphqlError(res, 'PAYLOAD_TOO_LARGE', message))
  res.writeHead(413, {
    'Content-Type': 'application/json; charset=utf-8',
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
