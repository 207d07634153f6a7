import { once } from 'node:events'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest'
import { finishRequests } from '../../src/http/drain.js'
import { graphiqlPage } from '../../src/http/graphiql.js'
import { createGatewayServer, type GatewayServerOptions } from '../../src/http/server.js'
import { setLogLevel } from '../../src/log.js'
import { openDoor } from '../support/open-door.js'

const limit = 17 * 1024 * 1024
const json = { 'Content-Type': 'application/json' }
const internalError = { code: 500, detail: 'Internal server error', type: 'internal_error' }
const malformed = { code: 400, detail: 'Malformed HTTP request', type: 'invalid_request_error' }

beforeAll(() => setLogLevel('silent'))
afterAll(() => setLogLevel('warn'))

const servers: Server[] = []
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => finishRequests(server, 100)))
})

/** Answers the size of the body's text, or the page when a browser asks, as yoga would. */
async function stubGraphql(req: IncomingMessage, res: ServerResponse): Promise<void> {
  if (req.method === 'GET') {
    res.setHeader('Content-Type', 'text/html')
    res.end(graphiqlPage({ demoKey: null, examples: [] }))
    return
  }
  const { json } = (req as IncomingMessage & { body: { json: { text: string } } }).body
  res.end(JSON.stringify({ data: { bytes: json.text.length } }))
}

async function start(given: Partial<GatewayServerOptions> = {}) {
  const server = createGatewayServer({
    graphql: stubGraphql,
    rest: () => Response.json({ face: 'rest' }),
    ...openDoor,
    ready: async () => null,
    graphqlBodyLimitBytes: limit,
    requestTimeoutMs: 10_000,
    loopbackHostsOnly: false,
    compression: true,
    explorer: null,
    documents: [{ title: 'One', url: '/openapi/one.json' }],
    ...given,
  })
  servers.push(server)
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  return { server, port, at: (path: string) => `http://127.0.0.1:${port}${path}` }
}

/** Sends bytes as they are and gives everything that comes back until the server closes. */
async function exchange(port: number, bytes: string): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  return text(socket)
}

const bodyOf = (answer: string): unknown => JSON.parse(answer.slice(answer.lastIndexOf('\r\n\r\n')))

describe('request id', () => {
  test('an acceptable one comes back', async () => {
    const { at } = await start()
    const answer = await fetch(at('/x'), { headers: { 'X-Request-Id': 'trace:1.a_B-2' } })
    expect(answer.headers.get('x-request-id')).toBe('trace:1.a_B-2')
  })

  test.each(['two words', 'a'.repeat(129), 'quote"'])('%j is replaced by a uuid', async (given) => {
    const { at } = await start()
    const answer = await fetch(at('/livez'), { headers: { 'X-Request-Id': given } })
    expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  })
})

describe('body limit of /graphql', () => {
  const big = Buffer.alloc(20 * 1024 * 1024, 'x')
  big.write('{"text":"')
  const refusal = (id: string) => ({
    errors: [
      {
        message: `Request body is larger than ${limit} bytes`,
        extensions: { code: 'PAYLOAD_TOO_LARGE', requestId: id },
      },
    ],
  })

  test.each([
    ['declared by its length', () => big],
    [
      'sent in chunks',
      () => Readable.toWeb(Readable.from([big.subarray(0, 5e6), big.subarray(5e6)])) as ReadableStream,
    ],
  ])('20 MB %s gets 413 whole, and the server goes on', async (_how, body) => {
    const { at } = await start()
    const answer = await fetch(at('/graphql'), {
      method: 'POST',
      headers: { ...json, 'X-Request-Id': 'big' },
      body: body(),
      duplex: 'half',
    } as RequestInit)
    expect(answer.status).toBe(413)
    expect(await answer.json()).toEqual(refusal('big'))
    expect((await fetch(at('/livez'))).status).toBe(200)
  })

  test('a client that sends everything before it reads still gets the answer', async () => {
    const { port } = await start()
    const head = `POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nX-Request-Id: big\r\nContent-Length: ${big.length}\r\n\r\n`
    const socket = connect(port, '127.0.0.1')
    const isSent = new Promise((resolve) => socket.write(Buffer.concat([Buffer.from(head), big]), resolve))
    expect(await isSent).toBeFalsy()
    expect(bodyOf(await text(socket))).toEqual(refusal('big'))
  })

  test('16 MiB arrive whole', async () => {
    const { at } = await start()
    const answer = await fetch(at('/graphql'), {
      method: 'POST',
      headers: json,
      body: JSON.stringify({ text: 'x'.repeat(2 ** 24) }),
    })
    expect(await answer.json()).toEqual({ data: { bytes: 2 ** 24 } })
  })

  test('an upload cut short leaves the server well', async () => {
    const { at, port } = await start()
    const socket = connect(port, '127.0.0.1')
    socket.write('POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nhalf')
    await once(socket, 'connect')
    socket.destroy()
    expect((await fetch(at('/livez'))).status).toBe(200)
  })
})

describe('readiness', () => {
  test('follows the store', async () => {
    let isReachable = true
    let reason: string | null = null
    const { at } = await start({
      ready: async () => {
        if (!isReachable) throw new Error('no store')
        return reason
      },
    })
    expect((await fetch(at('/readyz'))).status).toBe(200)
    const ask = async () => {
      const answer = await fetch(at('/readyz'))
      return [answer.status, await answer.json()]
    }
    reason = 'The database takes no writes now'
    expect(await ask()).toEqual([503, { status: 'unavailable', reason }])
    isReachable = false
    expect(await ask()).toEqual([503, { status: 'unavailable', reason: 'The database cannot be used' }])
    expect((await fetch(at('/livez'))).status).toBe(200)
  })

  test('is over while draining, which answers what is in flight and what comes over connections that are open', async () => {
    let arrived = () => {}
    const isInFlight = new Promise<void>((resolve) => {
      arrived = resolve
    })
    let release = () => {}
    const isReleased = new Promise<void>((resolve) => {
      release = resolve
    })
    const { port, server } = await start({
      rest: async () => {
        arrived()
        await isReleased
        return Response.json({ done: true })
      },
    })
    const [busy, kept] = [connect(port, '127.0.0.1'), connect(port, '127.0.0.1')]
    busy.write('GET /slow HTTP/1.1\r\nHost: x\r\n\r\n')
    kept.write('GET /livez HTTP/1.1\r\nHost: x\r\n\r\n')
    await Promise.all([isInFlight, once(kept, 'data')])
    const drained = finishRequests(server)
    kept.write('GET /readyz HTTP/1.1\r\nHost: x\r\n\r\n')
    expect(await text(kept)).toMatch(
      /^HTTP\/1.1 503 .*Connection: close.*{"status":"unavailable","reason":"The gateway is closing"}$/s,
    )
    release()
    expect(await text(busy)).toMatch(/^HTTP\/1.1 200 OK.*Connection: close.*{"done":true}$/s)
    await drained
  })
})

describe('malformed HTTP', () => {
  test.each([
    ['no request line', 'what is this\r\n\r\n'],
    ['no Host', 'GET / HTTP/1.1\r\nConnection: close\r\n\r\n'],
    ['a Host that is none', 'GET / HTTP/1.1\r\nHost: a b\r\nConnection: close\r\n\r\n'],
    ['two Hosts', 'GET / HTTP/1.1\r\nHost: x\r\nhost: y\r\nConnection: close\r\n\r\n'],
    ...[
      'Content-Length: 5\r\nTransfer-Encoding: chunked\r\n',
      'Content-Length: 5\r\nContent-Length: 6\r\n',
      'Content-Length: 5, 5\r\n',
      'Content-Length : 5\r\n',
      'Transfer-Encoding: xchunked\r\n',
      'Transfer-Encoding: chunked, identity\r\n',
      'Transfer-Encoding: identity, chunked\r\n',
      'Transfer-Encoding: gzip, chunked\r\n',
      'Transfer-Encoding: ,chunked\r\n',
      'Transfer-Encoding: \r\nContent-Length: 5\r\n',
      'A: a\r\n b\r\n',
      'A: a\0b\r\n',
      'A: a\n',
    ].map((header): [string, string] => [
      `${JSON.stringify(header)}, which may hide another request,`,
      `POST /graphql HTTP/1.1\r\nHost: x\r\n${header}\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n`,
    ]),
    [
      'a body in chunks of HTTP/1.0, which proxies of then take for another request,',
      'POST /graphql HTTP/1.0\r\nHost: x\r\nConnection: keep-alive\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\nGET /livez HTTP/1.1\r\nHost: x\r\n\r\n',
    ],
    ['a target that is none', 'GET ftp://x/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'],
    ['headers too large', `GET / HTTP/1.1\r\nHost: x\r\nA: ${'a'.repeat(20_000)}\r\n\r\n`],
  ])('%s gets 400', async (_name, bytes) => {
    const { port } = await start()
    const answer = await exchange(port, bytes)
    expect(answer).toMatch(/^HTTP\/1.1 400 Bad Request\r\n.*x-request-id: \S+/is)
    expect(bodyOf(answer)).toEqual(malformed)
  })

  test.each([
    ['/graphql', { errors: [{ extensions: { code: 'BAD_REQUEST', requestId: expect.any(String) } }] }],
    ['/api/v1/x', { code: 417, type: 'invalid_request_error' }],
  ])('an expectation that cannot be met gets 417 in the words of %s', async (path, body) => {
    const { port } = await start()
    const answer = await exchange(
      port,
      `POST ${path} HTTP/1.1\r\nHost: x\r\nExpect: junk\r\nContent-Length: 2\r\n\r\n{}`,
    )
    expect(answer).toMatch(/^HTTP\/1.1 417 Expectation Failed\r\n.*x-request-id: \S+/is)
    expect(bodyOf(answer)).toMatchObject(body)
  })

  test('an absolute target reaches its path', async () => {
    const { port } = await start()
    const bytes = 'GET http://x/livez?a=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n'
    expect(bodyOf(await exchange(port, bytes))).toEqual({ status: 'ok' })
  })
})

describe('a fault', () => {
  test.each([
    [
      'thrown at once',
      () => {
        throw new Error('bug')
      },
    ],
    ['thrown later', () => Promise.reject(new Error('bug'))],
  ])('%s gets 500 without its words, on both lanes', async (_when, fail) => {
    const { at } = await start({ graphql: fail, rest: fail })
    const rest = await fetch(at('/sessions'))
    expect([rest.status, await rest.json()]).toEqual([500, internalError])
    expect(rest.headers.get('x-frame-options')).toBe('DENY')
    const graphql = await fetch(at('/graphql'), {
      method: 'POST',
      headers: { 'X-Request-Id': 'f' },
      body: '{}',
    })
    expect([graphql.status, await graphql.json()]).toEqual([
      500,
      {
        errors: [
          { message: 'Internal server error', extensions: { code: 'INTERNAL_SERVER_ERROR', requestId: 'f' } },
        ],
      },
    ])
    expect((await fetch(at('/livez'))).status).toBe(200)
  })

  test('an answer that never comes gets 504', async () => {
    const never = () => new Promise<never>(() => {})
    const { at } = await start({ graphql: never, rest: never, requestTimeoutMs: 100 })
    const rest = await fetch(at('/sessions'))
    expect([rest.status, await rest.json()]).toEqual([
      504,
      { code: 504, detail: 'The request timed out', type: 'gateway_timeout' },
    ])
    const graphql = await fetch(at('/graphql'), { method: 'POST', body: '{}' })
    expect(graphql.status).toBe(504)
    expect(await graphql.json()).toMatchObject({ errors: [{ extensions: { code: 'TIMED_OUT' } }] })
  })

  test('a request that never ends gets 504', async () => {
    const { port } = await start({ requestTimeoutMs: 200 })
    const answer = await exchange(port, 'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nslow')
    expect(answer).toMatch(/^HTTP\/1.1 504 /)
  })
})

describe('headers', () => {
  test('data may not be run, framed, sniffed or stored', async () => {
    const { at } = await start()
    for (const path of ['/livez', '/sessions']) {
      const { headers } = await fetch(at(path))
      expect(headers.get('content-security-policy')).toContain("default-src 'none'")
      expect(headers.get('x-frame-options')).toBe('DENY')
      expect(headers.get('x-content-type-options')).toBe('nosniff')
      expect(headers.get('referrer-policy')).toBe('no-referrer')
      expect(headers.get('cache-control')).toBe('no-store')
      expect(headers.get('strict-transport-security')).toBeNull()
      expect(headers.get('access-control-allow-origin')).toBeNull()
      expect(headers.get('x-powered-by')).toBeNull()
    }
  })

  test.each(['/', '/docs', '/graphql'])('the page at %s runs no inline script', async (path) => {
    const { at } = await start()
    const answer = await fetch(at(path), { headers: { Accept: 'text/html' } })
    expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).not.toMatch(/script-src[^;]*unsafe|https?:|\*/)
    const html = await answer.text()
    for (const [script] of html.matchAll(/<script\b[^>]*>/g))
      expect(script).toMatch(/ src="\/assets\/|type="application\/json"/)
    expect(html).not.toMatch(/\son\w+=|javascript:|(?:src|href)="(?!\/)/)
  })

  test('a demo answers loopback names only, so a rebound DNS name gets nothing', async () => {
    const { port } = await start({ loopbackHostsOnly: true })
    const ask = (host: string) =>
      exchange(port, `GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
    expect(await ask('rebound.example:4000')).toMatch(/^HTTP\/1.1 400 /)
    for (const host of ['localhost:4000', '127.0.0.1', '[::1]:4000'])
      expect(await ask(host)).toMatch(/^HTTP\/1.1 200 /)
  })
})

describe('assets', () => {
  test('are zipped, kept for good under their hash, and revalidated without it', async () => {
    const { at } = await start()
    const page = await (await fetch(at('/'))).text()
    const url = /\/assets\/landing\.css\?v=\w+/.exec(page)?.[0] ?? ''
    const pinned = await fetch(at(url))
    expect(pinned.headers.get('content-type')).toBe('text/css; charset=utf-8')
    expect(pinned.headers.get('content-encoding')).toBe('gzip')
    expect(pinned.headers.get('cache-control')).toBe('public, max-age=31536000, immutable')
    expect(await pinned.text()).toContain(':root')
    const plain = await fetch(at('/assets/landing.css'), { headers: { 'Accept-Encoding': 'identity' } })
    expect(plain.headers.get('cache-control')).toBe('no-cache')
    const etag = plain.headers.get('etag') ?? ''
    expect((await fetch(at('/assets/landing.css'), { headers: { 'If-None-Match': etag } })).status).toBe(304)
  })

  test('are an explicit list: every other path goes to REST', async () => {
    const { at } = await start()
    for (const path of ['/assets/', '/assets/..%2f..%2fpackage.json', '/assets/graphiql.js/x'])
      expect(await (await fetch(at(path))).json()).toEqual({ face: 'rest' })
    expect(await (await fetch(at('/docs'), { method: 'POST' })).json()).toEqual({ face: 'rest' })
  })
})
