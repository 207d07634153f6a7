import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { request as requestPlainly } from 'node:http'
import { createServer, request } from 'node:https'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'

const openssl = '/usr/bin/openssl'

/** Why no proxy can speak TLS here; null when one can. */
export const whyNoTls = (): string | null => (existsSync(openssl) ? null : `no ${openssl}`)

/** A reverse proxy with TLS, as operators put one before a gateway. */
export interface TlsProxy {
  /** Where it is reached, by a certificate that it signed itself. */
  origin: string
  /** The file of that certificate. */
  certificate: string
  /** `fetch`, which trusts that certificate. */
  fetch: typeof fetch
  /** Sends requests to this port from now on; those under way go on where they are. */
  aim(port: number): void
  close(): Promise<void>
}

/** Starts one on loopback, with key and certificate in the folder. */
export async function startTlsProxy(folder: string): Promise<TlsProxy> {
  const [key, certificate] = [join(folder, 'proxy.key'), join(folder, 'proxy.pem')]
  const subject = ['-days', '2', '-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes']
  execFileSync(openssl, ['req', '-x509', ...kind, '-keyout', key, '-out', certificate, ...subject], {
    stdio: 'pipe',
  })
  const ca = readFileSync(certificate)
  let port = 0
  const server = createServer({ key: readFileSync(key), cert: ca }, (req, res) => {
    const headers = { ...req.headers, 'x-forwarded-for': req.socket.remoteAddress }
    const sent = requestPlainly(
      { host: '127.0.0.1', port, method: req.method, path: req.url, headers, agent: false },
      (answer) => {
        res.writeHead(answer.statusCode ?? 502, answer.rawHeaders)
        pipeline(answer, res).catch(() => res.destroy())
      },
    )
    sent.on('error', () => (res.headersSent ? res.destroy() : res.writeHead(502).end()))
    req.pipe(sent)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `https://127.0.0.1:${(server.address() as AddressInfo).port}`,
    certificate,
    fetch: (url, init = {}) =>
      String(url).startsWith('https:') ? ask(String(url), init, ca) : fetch(url, init),
    aim: (to) => {
      port = to
    },
    close: async () => {
      server.close()
      server.closeAllConnections()
    },
  }
}

function ask(url: string, { method = 'GET', headers, body }: RequestInit, ca: Buffer): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers: Object.fromEntries(new Headers(headers)), ca, agent: false })
    sent.once('error', reject)
    sent.once('response', (answer) => {
      const told = new Headers()
      for (const [name, values] of Object.entries(answer.headersDistinct))
        for (const value of values ?? []) told.append(name, value)
      buffer(answer).then((bytes) => {
        const content = bytes.length === 0 ? null : new Uint8Array(bytes)
        resolve(new Response(content, { status: answer.statusCode ?? 0, headers: told }))
      }, reject)
    })
    sent.end(body === undefined || body === null ? undefined : String(body))
  })
}
