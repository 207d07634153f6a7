import { z } from '@hono/zod-openapi'
import { type GivenBody, isJson, isPacked, type JsonFault, type RawRequest, type Route } from '../../route.js'
import { type ItemType, invalid, itemTypes, MAX_ITEMS, Refusal, type ValidationItem } from './errors.js'
import { pathShape } from './path.js'

/** Reads a request by its route's shapes (contract 1.2, 1.3, 1.9); throws every violation at once. */
export function readRequest(request: RawRequest, route: Route): unknown {
  const { body, params } = request
  if (!request.decodable) throw new Refusal('PAYLOAD_TOO_LARGE', 'Malformed percent-encoding')
  if (body === 'too large')
    throw new Refusal('PAYLOAD_TOO_LARGE', `Request body is larger than ${route.body?.limitBytes} bytes`)
  if (body === 'broken off') throw new Refusal('PAYLOAD_TOO_LARGE', 'Request body broke off')
  const path = check('path', pathShape(params), () => ({ value: params }))
  const query = check('query', route.query, () => ({ value: readQuery(request.search, route.query) }))
  const { contentType, contentEncoding } = request
  const given: GivenBody = { body, contentType, contentEncoding }
  const read = route.body?.binaryType
    ? { value: given, items: [] }
    : check('body', route.body?.schema, () => readJson(given))
  const asked = [...new URLSearchParams(request.search).keys()]
  query.items.sort((a, b) => asked.indexOf(String(a.loc[1])) - asked.indexOf(String(b.loc[1])))
  const items = [...path.items, ...query.items, ...read.items]
  if (items.length > 0) throw invalid(items, items.length + (read.unlisted ?? 0))
  return { path: path.value, query: query.value, body: read.value }
}

function check(
  part: 'path' | 'query' | 'body',
  schema: z.ZodType | undefined,
  read: () => { value: unknown } | { item: ValidationItem },
): { value?: unknown; items: ValidationItem[]; unlisted?: number } {
  if (schema === undefined) return { items: [] }
  const given = read()
  if ('item' in given) return { items: [given.item] }
  const result = schema.safeParse(given.value)
  if (result.success) return { value: result.data, items: [] }
  const { issues } = result.error
  const listed = issues.slice(0, MAX_ITEMS)
  return {
    items: listed.map((issue) => toItem(part, issue, given.value)),
    unlisted: issues.length - listed.length,
  }
}

/** The known parameters: the last of a plain one, all of a repeatable one. */
function readQuery(search: string, shape: Route['query']): Record<string, unknown> {
  const given = new URLSearchParams(search)
  const values: Record<string, unknown> = {}
  for (const [name, schema] of Object.entries(shape?.shape ?? {})) {
    const all = given.getAll(name)
    if (all.length > 0) values[name] = isRepeatable(schema as z.ZodType) ? all : all.at(-1)
  }
  return values
}

function isRepeatable(schema: z.ZodType): boolean {
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodDefault)
    return isRepeatable(schema.unwrap() as z.ZodType)
  return schema instanceof z.ZodPipe ? isRepeatable(schema.out as z.ZodType) : schema instanceof z.ZodArray
}

/** A JSON object from a body, or what is wrong with it. */
export function readJson({
  body,
  contentType,
  contentEncoding,
}: GivenBody): { value: unknown } | { item: ValidationItem } {
  if (!isJson(contentType)) return { item: notAnObject }
  if (isPacked(contentEncoding)) return { item: packed }
  if (body === 'empty') return { item: { loc: ['body'], msg: 'Field required', type: 'missing' } }
  if ('bytes' in body) return { item: notAnObject }
  if ('fault' in body.json) return { item: toFaultItem(body.json.fault) }
  const { value } = body.json
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value)
  return isObject ? { value } : { item: notAnObject }
}

function toFaultItem(fault: JsonFault): ValidationItem {
  return fault.kind === 'malformed'
    ? { loc: ['body', fault.at], msg: 'JSON decode error', type: 'json_invalid' }
    : { loc: ['body'], msg: fault.message, type: 'value_error' }
}

const packed: ValidationItem = {
  loc: ['body'],
  msg: 'Value error, JSON is sent as it is, without Content-Encoding',
  type: 'value_error',
}

const notAnObject: ValidationItem = {
  loc: ['body'],
  msg: 'Input should be a valid dictionary or object to extract fields from',
  type: 'model_attributes_type',
}

/** What zod found, in the contract's vocabulary; scalars bring their own. */
function toItem(part: string, issue: z.core.$ZodIssue, input: unknown): ValidationItem {
  const loc = [part, ...(issue.path as (string | number)[])]
  if (issue.code === 'custom' && itemTypes.includes(issue.params?.type))
    return { loc, msg: issue.message, type: issue.params?.type as ItemType }
  if (issue.code !== 'invalid_type') throw new Error(`No item for the issue ${issue.code}`)
  if (valueAt(input, issue.path) === undefined) return { loc, msg: 'Field required', type: 'missing' }
  return issue.expected === 'array'
    ? { loc, msg: 'Input should be a valid list', type: 'list_type' }
    : { loc, msg: 'Input should be a valid dictionary', type: 'dict_type' }
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key],
    input,
  )
}
