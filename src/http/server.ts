import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { getRequestListener, RequestError } from '@hono/node-server'
import { chooseRequestId, log, withRequestId } from '../log.js'
import { inWork, Work } from '../work.js'
import type { About } from './about.js'
import { type Handler, refusals, sendGraphqlError, sendJson } from './answer.js'
import { compressAnswer } from './compression.js'
import type { ApiDocument } from './docs.js'
import type { Door } from './door.js'
import { noteRequest } from './drain.js'
import type { Explorer } from './explorer.js'
import { setGraphiqlPolicy } from './graphiql.js'
import { readGraphqlBody, refuse } from './graphql-body.js'
import { livez, type Readiness, readyz } from './health.js'
import { inTurn } from './in-turn.js'
import { answerMalformed } from './malformed.js'
import { pageHandlers } from './pages.js'
import { tellPositions } from './position.js'
import { logWhenOver, type RequestLine, type TraceRequest, traceWork } from './request-log.js'
import { isExpectable, isPlainlyFramed, namesLoopback, readPath } from './request-target.js'
import { setSecurityHeaders } from './security-headers.js'
import { type TracesOptions, tracesHandler } from './traces.js'
import { webLink } from './web-links.js'

/** Added to the time that GraphQL and REST keep themselves, so that their own words come first. */
const backstopMs = 500
/** At least; whoever reads nothing would hold the answer for good. */
const silenceMs = 90_000

export interface GatewayServerOptions extends Readiness {
  /** Yoga's node listener; finds what has been read of the body in `req.body`. */
  graphql: (req: IncomingMessage, res: ServerResponse) => unknown
  /** Answers every path that is neither GraphQL nor a page, for a caller at this address. */
  rest: (request: Request, address: string | null) => Response | Promise<Response>
  /** Asked before more than a little of a request to GraphQL is read. */
  door: Door
  /** Where a request comes from, as limits count it. */
  readAddress: (req: IncomingMessage) => string | null
  graphqlBodyLimitBytes: number
  /** How long a request may take to arrive, and again to be answered. */
  requestTimeoutMs: number
  /** How long nothing may come or go over a connection that is being answered, unless it is what is usual. */
  silenceMs?: number
  /** Refuses other Host headers, so that no web page reaches a demo through a rebound DNS name. */
  loopbackHostsOnly: boolean
  /** Whether answers are compressed for clients that take it. */
  compression: boolean
  /** Told of every request that is over; absent where nobody counts. */
  countRequest?: (line: RequestLine) => void
  /** Absent where nobody traces. */
  traceRequest?: TraceRequest | undefined
  /** What the pages tell of this gateway. */
  about: About
  /** The page for looking at sessions; null leaves a page of links at `/`. */
  explorer: Explorer | null
  /** Handlers of further paths, by method and path; they come before all others. */
  findFurther?: (method: string, path: string) => Handler | null
  /** OpenAPI documents that the docs page shows, in order. */
  documents: readonly ApiDocument[]
  /** What takes in OpenTelemetry's traces; absent means that nobody does. */
  traces?: Pick<TracesOptions, 'door' | 'receive' | 'refusal'>
}

/** Makes the gateway's HTTP server: ids, security headers, limits and routing around GraphQL and REST. */
export function createGatewayServer(options: GatewayServerOptions): Server {
  const rest = restHandler(options)
  const graphql = graphqlHandler(options)
  const traces =
    options.traces === undefined
      ? rest
      : tracesHandler({
          ...options.traces,
          limitBytes: options.graphqlBodyLimitBytes,
          requestTimeoutMs: options.requestTimeoutMs,
        })
  const reads = new Map<string, Handler>([
    ...pageHandlers(options.documents, options.about),
    ['/livez', livez],
    ['/readyz', readyz(options, () => server.listening)],
  ])
  const find = (path: string, { method = '', url = '' }: IncomingMessage): Handler => {
    const further = options.findFurther?.(method, path)
    if (further) return further
    if (path === '/graphql') return graphql
    // Before the dialects, one of which is mounted at /v1.
    if (path === '/v1/traces') return traces
    if (method !== 'GET' && method !== 'HEAD') return rest
    const page = options.explorer?.find(path) ?? reads.get(path)
    return page ?? webLink(path, url, options.explorer !== null) ?? rest
  }

  async function answer(req: IncomingMessage, res: ServerResponse, path: string | null): Promise<void> {
    try {
      if (!isPlainlyFramed(req))
        return sendJson(res.setHeader('Connection', 'close'), 400, refusals.malformed)
      if (path === null) return sendJson(res, 400, refusals.malformed)
      if (!isExpectable(req)) return refusePath(res.setHeader('Connection', 'close'), path, 'expectation')
      if (options.loopbackHostsOnly && !namesLoopback(req)) return refusePath(res, path, 'foreignHost')
      await find(path, req)(req, res)
    } catch (error) {
      log.error({ err: error, path }, 'a handler failed')
      refusePath(res, path, 'failed')
    }
  }

  const server = createServer(
    {
      // A missing Host is refused in `readPath`, as JSON.
      requireHostHeader: false,
      maxHeaderSize: 16 * 1024,
      requestTimeout: options.requestTimeoutMs,
      headersTimeout: Math.min(10_000, options.requestTimeoutMs),
      connectionsCheckingInterval: Math.min(2000, options.requestTimeoutMs),
      keepAliveTimeout: 65_000,
    },
    inTurn((req, res) => {
      noteRequest(server, res)
      const requestId = chooseRequestId(req.headers['x-request-id'])
      const path = readPath(req)
      res.on('error', (error) => log.debug({ err: error, requestId }, 'a response broke off'))
      req.on('error', (error) => log.debug({ err: error, requestId }, 'a request broke off'))
      const work = new Work()
      if (options.replicas !== undefined) tellPositions(req, res, work, path)
      const { traceRequest, countRequest: count } = options
      const trace = traceRequest ? traceWork(traceRequest, { req, res, path, work }) : null
      logWhenOver(req, res, { requestId, path, notes: work.notes, trace, count })
      setSecurityHeaders(res)
      res.setHeader('X-Request-Id', requestId)
      if (!server.listening) res.setHeader('Connection', 'close')
      if (options.compression) compressAnswer(req, res)
      // Answered or not: nobody is there for what goes on.
      res.once('close', () => work.end())
      withRequestId(requestId, () => void inWork(work, () => answer(req, res, path)))
    }),
  )
  server.timeout = options.silenceMs ?? Math.max(silenceMs, 2 * options.requestTimeoutMs)
  // Without a listener Node answers what it cannot meet, with no word and no line of the log.
  server.on('checkExpectation', (req, res) => server.emit('request', req, res))
  return server.on('clientError', answerMalformed)
}

/** Refuses in the words of the face that the path belongs to. */
function refusePath(
  res: ServerResponse,
  path: string | null,
  reason: 'expectation' | 'failed' | 'foreignHost',
): void {
  const refusal = refusals[reason]
  const code = reason === 'failed' ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST'
  if (path === '/graphql') sendGraphqlError(res, refusal.code, code, refusal.detail)
  else sendJson(res, refusal.code, refusal)
}

function graphqlHandler(options: GatewayServerOptions): Handler {
  return async (req, res) => {
    setGraphiqlPolicy(req, res)
    const { door, graphqlBodyLimitBytes: limitBytes } = options
    const admitted = door.admit(req)
    const refused = admitted instanceof Promise ? await admitted : admitted
    if (refused !== null) return refuse(req, res, refused)
    if (!(await readGraphqlBody(req, res, { limitBytes, identify: door.identify }))) return
    const deadline = setTimeout(() => {
      if (!res.headersSent) sendGraphqlError(res, 504, 'TIMED_OUT', refusals.timedOut.detail)
    }, options.requestTimeoutMs + backstopMs)
    res.once('close', () => clearTimeout(deadline))
    try {
      await options.graphql(req, res)
    } catch (error) {
      log.error({ err: error }, 'GraphQL failed')
      sendGraphqlError(res, 500, 'INTERNAL_SERVER_ERROR', refusals.failed.detail)
    }
  }
}

function restHandler({ rest, readAddress, requestTimeoutMs }: GatewayServerOptions): Handler {
  const fail = (error: unknown) => {
    log.error({ err: error }, 'REST failed')
    return Response.json(refusals.failed, { status: 500 })
  }
  const answerInTime = async (request: Request, { incoming }: { incoming: unknown }) => {
    let deadline: NodeJS.Timeout | undefined
    const late = new Promise<Response>((resolve) => {
      deadline = setTimeout(
        () => resolve(Response.json(refusals.timedOut, { status: 504 })),
        requestTimeoutMs + backstopMs,
      )
    })
    const address = readAddress(incoming as IncomingMessage)
    const answered = Promise.resolve(request)
      .then((given) => rest(given, address))
      .catch(fail)
    return Promise.race([answered, late]).finally(() => clearTimeout(deadline))
  }
  // Puts its own Request and Response in the place of Node's, whose bodies are streams even where they are a text.
  return getRequestListener(answerInTime, {
    hostname: 'localhost',
    errorHandler: (error) =>
      error instanceof RequestError ? Response.json(refusals.malformed, { status: 400 }) : fail(error),
  })
}
