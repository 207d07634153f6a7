import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import { chooseRequestId, currentRequestId, withRequestId } from '../log.js'
import { dialects } from './dialects.js'
import { type Backing, mountDialect, rawPath } from './mount.js'
import type { Dialect, Route } from './route.js'

export interface Rest {
  /** Answers any request; what is under no dialect is 404. */
  fetch(request: Request, address?: string | null): Response | Promise<Response>
  /** The OpenAPI documents that `fetch` serves. */
  documents: { title: string; url: string }[]
}

export interface RestOptions extends Pick<Backing, 'yoga' | 'admit'> {
  minSdkVersion: string | null
}

const mounts = dialects.map((dialect) => ({ at: dialect.mount, app: mountDialect(dialect) }))

/** Paths of the OpenAPI documents and what makes each. */
const documents = new Map<string, { title: string; make: () => OpenApiDocument }>([
  ...dialects.map((dialect) => {
    const { name, title, version, description } = dialect
    const make = () => describeDialects([dialect], { title, version, description })
    return [`/openapi/${name}.json`, { title, make }] as const
  }),
  [
    '/openapi.json',
    {
      title: 'All REST APIs',
      make: () =>
        describeDialects(dialects, {
          title: 'Session Gateway',
          version: '1',
          description: 'Every REST API that the gateway speaks, in one document.',
        }),
    },
  ],
])
const texts = new Map<string, string>()

/** The REST faces over GraphQL; the routers are made once a process. */
export function createRest({ yoga, admit, minSdkVersion }: RestOptions): Rest {
  const backing: Backing = { yoga, admit, settings: { minSdkVersion } }
  return {
    documents: [...documents].map(([url, { title }]) => ({ title, url })),
    fetch: (request, address = null) => {
      if (currentRequestId() !== undefined) return answer(request, { ...backing, address })
      const id = chooseRequestId(request.headers.get('x-request-id'))
      return withRequestId(id, () => answer(request, { ...backing, address }))
    },
  }
}

/** The documents by path, as they are served. */
export function openApiDocuments(): Map<string, OpenApiDocument> {
  return new Map([...documents].map(([path, { make }]) => [path, make()]))
}

async function answer(request: Request, backing: Backing & { address: string | null }): Promise<Response> {
  const path = rawPath(request.url)
  const mounted = mounts.find(({ at }) => path === at || path.startsWith(`${at}/`))
  const response = mounted ? await mounted.app.fetch(request, backing) : answerElsewhere(path, request.method)
  response.headers.set('X-Request-Id', currentRequestId() ?? '')
  return response
}

function answerElsewhere(path: string, method: string): Response {
  const document = documents.get(path)
  if (document === undefined || (method !== 'GET' && method !== 'HEAD'))
    return Response.json({ code: 404, detail: 'Not found', type: 'not_found_error' }, { status: 404 })
  const text = texts.get(path) ?? JSON.stringify(document.make())
  texts.set(path, text)
  return new Response(method === 'HEAD' ? null : text, { headers: { 'Content-Type': 'application/json' } })
}

/** An OpenAPI 3.1 document. */
type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/** The document that describes these dialects, made from the declarations that serve them. */
function describeDialects(
  dialects: readonly Dialect[],
  info: { title: string; version: string; description: string },
): OpenApiDocument {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono()
  for (const dialect of dialects) {
    // As OpenAPI has them, whose types belong to no package of ours.
    for (const [name, scheme] of Object.entries(dialect.securitySchemes))
      registry.registerComponent('securitySchemes', name, scheme as never)
    for (const route of dialect.routes) registry.registerPath(describeRoute(dialect, route))
  }
  return getOpenAPI31Document({
    openapi: '3.1.0',
    info,
    servers: [{ url: '/', description: 'This gateway.' }],
    tags: dialects.flatMap(({ tags }) => [...tags]),
  })
}

function describeRoute(dialect: Dialect, route: Route): RouteConfig {
  const { operationId, method, path, summary, description, query, body, answer } = route
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name as string)
  const params = Object.fromEntries(names.map((name) => [name, dialect.parameters[name] ?? z.string()]))
  const failures = Object.entries(dialect.describeFailures(route)).map(([status, failure]) => {
    const { schema, example, ...rest } = failure
    return [status, { ...rest, content: { 'application/json': { schema, example } } }] as const
  })
  return {
    operationId,
    method,
    path,
    summary,
    description,
    tags: [route.tag],
    security: route.forAnybody ? [] : Object.keys(dialect.securitySchemes).map((name) => ({ [name]: [] })),
    request: {
      ...(names.length === 0 ? {} : { params: z.object(params) }),
      ...(query === undefined ? {} : { query }),
      ...(body === undefined ? {} : { body: describeBody(body) }),
    },
    responses: {
      [answer.status ?? 200]: {
        description: answer.description,
        ...(answer.schema && {
          content: {
            [answer.contentType ?? 'application/json']: { schema: answer.schema, example: answer.example },
            ...describeBinary(answer.binaryType),
          },
        }),
      },
      ...Object.fromEntries(failures),
    },
  }
}

function describeBody({ schema, description, example, binaryType }: NonNullable<Route['body']>) {
  const content = { 'application/json': { schema, example }, ...describeBinary(binaryType) }
  return { description, required: true, content }
}

function describeBinary(type: string | undefined) {
  return type === undefined ? {} : { [type]: { schema: { type: 'string', format: 'binary' } as const } }
}
