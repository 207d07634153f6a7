import type { IncomingMessage } from 'node:http'

const loopbackHost = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i

/**
 * Path of a request without its query, or null when target or Host cannot be parsed.
 * An absolute target (`GET http://host/path`) is rewritten on the request, for what comes after.
 */
export function readPath(req: IncomingMessage): string | null {
  const { host } = req.headers
  // Node takes the first of two, a proxy perhaps the last.
  if (countHosts(req) > 1) return null
  if (host === undefined ? req.httpVersion !== '1.0' : !isHost(host)) return null
  const target = req.url ?? ''
  if (!target.startsWith('/')) {
    if (!/^https?:\/\//i.test(target) || !URL.canParse(target)) return null
    const url = new URL(target)
    req.url = url.pathname + url.search
  }
  return (req.url ?? '').replace(/[?#].*/s, '')
}

/** Tells whether a request names this machine itself, which a rebound DNS name of a web page does not. */
export function namesLoopback(req: IncomingMessage): boolean {
  return req.headers.host === undefined || loopbackHost.test(req.headers.host)
}

function countHosts({ rawHeaders }: IncomingMessage): number {
  let count = 0
  for (let at = 0; at < rawHeaders.length; at += 2)
    if (rawHeaders[at]?.length === 4 && rawHeaders[at]?.toLowerCase() === 'host') count++
  return count
}

function isHost(host: string): boolean {
  return /^[A-Za-z0-9._~!$&'()*+,;=:[\]-]+$/.test(host) && URL.canParse(`http://${host}`)
}

/** Tells whether where a body ends is beyond doubt: by `chunked` alone or by a length. Old proxies and lists of codings read it otherwise. */
export function isPlainlyFramed({ headers, httpVersion }: IncomingMessage): boolean {
  const coding = headers['transfer-encoding']
  return coding === undefined || (httpVersion !== '1.0' && coding.toLowerCase() === 'chunked')
}

/** Tells whether a request expects nothing of the server, or what Node meets by itself: `100-continue`. */
export function isExpectable({ headers: { expect } }: IncomingMessage): boolean {
  return expect === undefined || expect.toLowerCase() === '100-continue'
}
