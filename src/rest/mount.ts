import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { DomainError } from '../domain/errors.js'
import type { GatewayYoga } from '../graphql/yoga.js'
import { log } from '../log.js'
import { rounds } from '../rounds.js'
import { toSend } from '../rules/text.js'
import { readBody } from './body.js'
import { type Caller, createExecute } from './execute.js'
import {
  type Call,
  type Dialect,
  OperationFailed,
  type RawRequest,
  type RestSettings,
  type Route,
} from './route.js'
import { streamPieces } from './stream.js'

/** What one gateway answers with; the routes are the same for all of them. */
export interface Backing {
  yoga: GatewayYoga
  settings: RestSettings
  /** Refuses an address that sends too many requests without a known key; throws what GraphQL would. */
  admit(caller: Caller): void | Promise<void>
}

type Env = { Bindings: Backing & { address: string | null } }

/** Makes the router of a dialect. */
export function mountDialect(dialect: Dialect): OpenAPIHono<Env> {
  const app = new OpenAPIHono<Env>({
    getPath: ({ url }) => {
      const path = rawPath(url)
      return dialect.ignoresTrailingSlash && path.endsWith('/') ? path.slice(0, -1) : path
    },
  })
  for (const path of new Set(dialect.routes.map((route) => route.path))) {
    const routes = dialect.routes.filter((route) => route.path === path)
    const methods = routes.map(({ method }) => method.toUpperCase())
    const pattern = path.replace(/\{(\w+)\}/g, ':$1')
    for (const route of routes)
      app.on(route.method.toUpperCase(), pattern, (c) =>
        answer(dialect, c, (call) => serve(dialect, route, call, c), route),
      )
    const refused = methods.includes('GET') ? [...methods, 'HEAD'] : methods
    app.all(pattern, (c) => answer(dialect, c, (call) => refuseRoute(dialect, call, refused)))
  }
  app.notFound((c) => answer(dialect, c as Context<Env>, (call) => refuseRoute(dialect, call, [])))
  return app
}

/** The path of a URL as it was sent. */
export function rawPath(url: string): string {
  const start = url.indexOf('/', url.indexOf('://') + 3)
  return start === -1 ? '/' : url.slice(start).replace(/[?#].*/s, '')
}

/** Answers with the dialect's words whatever comes out of the work. */
async function answer(
  dialect: Dialect,
  { req, env }: Context<Env>,
  work: (call: Call) => Promise<Response>,
  route?: Route,
): Promise<Response> {
  let response: Response
  try {
    const { headers } = req.raw
    const { address } = env
    const credential = await readCredential(dialect, headers, () => admit(env, { address, credential: null }))
    await admit(env, { address, credential })
    const execute = createExecute(env.yoga, {
      credential,
      address,
      face: dialect.face,
      userAgent: headers.get('user-agent'),
    })
    response = await work({ method: req.method, headers, execute, settings: env.settings })
  } catch (error) {
    response = dialect.answerRefusal(error, route) ?? answerBug(dialect, error)
  }
  for (const [name, value] of Object.entries(dialect.headers)) response.headers.set(name, value)
  return response
}

/** A credential that cannot be read counts as none. */
async function readCredential(dialect: Dialect, headers: Headers, admitNobody: () => Promise<void>) {
  try {
    return dialect.readCredential(headers)
  } catch (refusal) {
    await admitNobody()
    throw refusal
  }
}

async function admit({ admit }: Backing, caller: Caller): Promise<void> {
  try {
    await admit(caller)
  } catch (error) {
    throw error instanceof DomainError
      ? new OperationFailed(error.code, error.message, { retryAfterSeconds: error.details.retryAfterSeconds })
      : error
  }
}

function answerBug(dialect: Dialect, error: unknown): Response {
  log.error({ err: error }, 'unexpected error')
  const failure = new OperationFailed('INTERNAL_SERVER_ERROR', 'Internal server error')
  return dialect.answerRefusal(failure) ?? new Response(null, { status: 500 })
}

async function serve(dialect: Dialect, route: Route, call: Call, { req }: Context<Env>): Promise<Response> {
  await dialect.admit(call)
  const raw = await readRequest(dialect, route, call, req)
  const isLong = typeof raw.body === 'object' && 'json' in raw.body && raw.body.isLong
  if (isLong) await rounds.takeWhole()
  const input = await readInput(dialect, route, call, raw)
  if (isLong) await rounds.takeWhole()
  try {
    return await run(route, call, input)
  } catch (refusal) {
    // What is missing is told to those alone who might read it if it were there.
    if (refusal instanceof OperationFailed && refusal.code === 'NOT_FOUND')
      await dialect.checkAccess(call, raw, route)
    throw refusal
  }
}

async function run(route: Route, { execute }: Call, input: unknown): Promise<Response> {
  const answered = route.run(execute, input)
  const status = route.answer.status ?? 200
  if (Symbol.asyncIterator in answered)
    return streamPieces(answered, status, {
      'Content-Type': route.answer.contentType ?? 'application/json',
      ...route.headers?.(input),
    })
  const body = await answered
  if (body instanceof Response) return body
  if (body === undefined) return new Response(null, { status })
  return new Response(toSend(JSON.stringify(body)), {
    status,
    headers: { 'Content-Type': 'application/json' },
  })
}

async function readRequest(
  dialect: Dialect,
  route: Route,
  call: Call,
  req: Context<Env>['req'],
): Promise<RawRequest> {
  const request = req.raw
  const query = request.url.indexOf('?')
  const search = query === -1 ? '' : request.url.slice(query + 1).replace(/#.*/s, '')
  const unread: RawRequest = {
    params: req.param(),
    search,
    decodable: isDecodable(rawPath(request.url)) && isDecodable(search),
    contentType: request.headers.get('content-type'),
    contentEncoding: request.headers.get('content-encoding'),
    body: 'empty',
  }
  if (route.body === undefined) return unread
  const admit = () => dialect.checkAccess(call, unread, route)
  return { ...unread, body: await readBody(request, route.body.limitBytes, admit) }
}

/** Reads purely first; only a request that is refused pays for asking what comes before its content. */
async function readInput(dialect: Dialect, route: Route, call: Call, raw: RawRequest): Promise<unknown> {
  try {
    return dialect.read(raw, route)
  } catch (refusal) {
    await dialect.checkAccess(call, raw, route)
    throw refusal
  }
}

async function refuseRoute(dialect: Dialect, call: Call, methods: readonly string[]): Promise<Response> {
  await dialect.refuseRoute(call, methods)
  throw new Error(`The dialect ${dialect.name} refused no route`)
}

function isDecodable(text: string): boolean {
  if (!text.includes('%')) return true
  try {
    decodeURIComponent(text)
    return true
  } catch {
    return false
  }
}
