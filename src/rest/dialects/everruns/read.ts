import type { z } from '@hono/zod-openapi'
import type { RawRequest, Route } from '../../route.js'
import { Refusal } from './errors.js'

/** Reads a request by its route's shapes (contract 2.1); the first violation refuses it. */
export function readRequest(request: RawRequest, route: Route): unknown {
  if (!request.decodable) throw new Refusal(400, 'Malformed percent-encoding')
  const { shape = {} } = route.query ?? {}
  const given = new URLSearchParams(request.search)
  const query: Record<string, string> = {}
  for (const name of Object.keys(shape)) {
    const values = given.getAll(name)
    if (values.length > 1) throw new Refusal(400, `Duplicate query parameter: ${name}`)
    if (values[0] !== undefined) query[name] = values[0]
  }
  return { path: request.params, query: parse(route.query, query) }
}

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  const result = schema?.safeParse(value)
  if (result === undefined || result.success) return result?.data
  throw new Refusal(400, result.error.issues[0]?.message ?? 'Invalid request')
}
