import type { IncomingMessage, ServerResponse } from 'node:http'
import { constants } from 'node:zlib'
import compression from 'compression'

/** Smaller answers fit into one packet anyway. */
const thresholdBytes = 1024

/** Answers in parts would wait in the compressor's buffer for the next one. */
const inParts = /^(text\/event-stream|multipart\/)/i

type Middleware = (req: IncomingMessage, res: ServerResponse, next: () => void) => void

/** Typed for Express, it uses no more of it than Node has. */
const middleware = compression({
  threshold: thresholdBytes,
  // zlib's quickest level: JSON shrinks nearly as far as with the default, in a third of the time.
  level: constants.Z_BEST_SPEED,
  brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } },
  filter: (req, res) =>
    !inParts.test(String(res.getHeader('Content-Type') ?? '')) && compression.filter(req, res),
}) as unknown as Middleware

/** Has the answer compressed, by brotli or gzip, if the Accept-Encoding header takes it and it is worth it. */
export function compressAnswer(req: IncomingMessage, res: ServerResponse): void {
  // Assets are zipped once for all who ask.
  if (req.headers['accept-encoding'] === undefined || req.url?.startsWith('/assets/')) return
  middleware(req, res, () => {})
}
