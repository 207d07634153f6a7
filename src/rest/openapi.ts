import { OpenAPIHono, type RouteConfig, z } from '@hono/zod-openapi'
import type { Dialect, Route } from './route.js'

/** An OpenAPI 3.1 document. */
export type OpenApiDocument = ReturnType<OpenAPIHono['getOpenAPI31Document']>

/** The document that describes these dialects, made from the declarations that serve them. */
export function describeDialects(
  dialects: readonly Dialect[],
  info: { title: string; version: string; description: string },
): OpenApiDocument {
  const { openAPIRegistry: registry, getOpenAPI31Document } = new OpenAPIHono()
  for (const dialect of dialects) {
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
