import type { z } from '@hono/zod-openapi'
import { isPacked, type RawRequest, type Route } from '../../route.js'
import { Refusal } from './errors.js'
import { findIdFault, toUuid } from './ids.js'

/** Reads a request by its route's shapes (contract 2.1): path, query, body; the first violation refuses it. */
export function readRequest(request: RawRequest, route: Route): unknown {
  const path = readPath(request.params)
  const query = parse(route.query, readQuery(request, route))
  return { path, query, body: route.body && parse(route.body.schema, readJson(request, route.body)) }
}

/** The session of a path, as its uuid. */
function readPath({ id, ...rest }: RawRequest['params']): Record<string, string> {
  if (id === undefined) return rest
  const fault = findIdFault('session', id)
  if (fault !== null) throw new Refusal(400, `Invalid session ID: ${fault}`)
  return { ...rest, id: toUuid(id) }
}

/** The known parameters; a query that nothing reads may be anything. */
function readQuery(request: RawRequest, { query: schema }: Route): Record<string, string> {
  if (schema === undefined) return {}
  if (!request.decodable) throw new Refusal(400, 'Malformed percent-encoding')
  const given = new URLSearchParams(request.search)
  const query: Record<string, string> = {}
  for (const name of Object.keys(schema.shape)) {
    const values = given.getAll(name)
    if (values.length > 1) throw new Refusal(400, `Duplicate query parameter: ${name}`)
    if (values[0] !== undefined) query[name] = values[0]
  }
  return query
}

function readJson(
  { body, contentType, contentEncoding }: RawRequest,
  { limitBytes }: NonNullable<Route['body']>,
): object {
  const type = contentType?.split(';', 1)[0]?.trim().toLowerCase()
  if (type !== 'application/json') throw new Refusal(415, 'Content-Type must be application/json')
  if (isPacked(contentEncoding)) throw new Refusal(415, 'Content-Encoding must be identity')
  if (body === 'too large') throw new Refusal(413, `Request body is larger than ${limitBytes} bytes`)
  if (body === 'broken off') throw new Refusal(400, 'Request body broke off')
  const json = body === 'empty' || 'bytes' in body ? null : body.json
  if (json === null) throw new Refusal(400, 'Request body is not valid JSON')
  if ('fault' in json) {
    const { fault } = json
    const reason = fault.kind === 'malformed' ? 'is not valid JSON' : `holds too much: ${fault.message}`
    throw new Refusal(400, `Request body ${reason}`)
  }
  const { value } = json
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new Refusal(400, 'Request body must be a JSON object')
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  const result = schema?.safeParse(value)
  if (result === undefined || result.success) return result?.data
  const { path = [], message = 'Invalid request', code } = result.error.issues[0] ?? {}
  throw new Refusal(400, code === 'custom' ? message : `Invalid ${path.join('.')}: ${message}`)
}
