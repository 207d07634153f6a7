import type { IncomingMessage, ServerResponse } from 'node:http'

export type Handler = (req: IncomingMessage, res: ServerResponse) => void | Promise<void>

/** Bodies of the server's own refusals, in the words of the REST contract (`contract/errors.md`). */
export const refusals = {
  malformed: { code: 400, detail: 'Malformed HTTP request', type: 'invalid_request_error' },
  foreignHost: { code: 400, detail: 'The demo answers loopback hosts only', type: 'invalid_request_error' },
  expectation: { code: 417, detail: 'Expects what is not done here', type: 'invalid_request_error' },
  failed: { code: 500, detail: 'Internal server error', type: 'internal_error' },
  timedOut: { code: 504, detail: 'The request timed out', type: 'gateway_timeout' },
} as const

/** Answers JSON; cuts the connection when another answer has already begun. */
export function sendJson(res: ServerResponse, status: number, body: unknown): void {
  send(res, status, 'application/json; charset=utf-8', JSON.stringify(body))
}

/** A content security policy of a page: what it names, from where it says, and nothing else. */
export const pagePolicy = (...allowed: string[]): string =>
  ["default-src 'none'", ...allowed, "base-uri 'none'", "form-action 'none'", "frame-ancestors 'none'"].join(
    '; ',
  )

/** Answers an HTML page under its own content security policy. */
export function sendPage(res: ServerResponse, html: string, policy: string, status = 200): void {
  if (!res.headersSent) res.setHeader('Content-Security-Policy', policy)
  send(res, status, 'text/html; charset=utf-8', html)
}

/** Answers in the shape of a GraphQL response that never ran. */
export function sendGraphqlError(res: ServerResponse, status: number, code: string, message: string): void {
  sendJson(res, status, graphqlError(res, code, message))
}

/** Body of a GraphQL response that never ran, carrying the request id of its header. */
export function graphqlError(
  res: ServerResponse,
  code: string,
  message: string,
  details: { retryAfterSeconds?: number } = {},
): object {
  const requestId = res.getHeader('X-Request-Id')
  return { errors: [{ message, extensions: { code, ...details, requestId } }] }
}

function send(res: ServerResponse, status: number, type: string, text: string): void {
  if (res.writableEnded) return
  if (res.headersSent) {
    res.destroy()
    return
  }
  res.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(text) })
  res.end(res.req.method === 'HEAD' ? undefined : text)
}
