import { z } from 'zod'
import { openApiDocuments } from '../../src/rest/rest.js'

/** A JSON Schema of the documents; the ones here are plain data. */
export type Schema = Record<string, any>

/** An operation as a document declares it. */
export interface Operation {
  dialect: string
  method: string
  /** With names in braces. */
  path: string
  parameters: { name: string; in: string; required: boolean; schema: Schema }[]
  body: Schema | null
  bodyExample: unknown
  /** By status; null declares an empty body. */
  responses: Map<number, { type: string; schema: Schema } | null>
}

/** The documents of the dialects, by name, as plain data. */
export const documents = new Map(
  [...openApiDocuments()].flatMap(([path, document]) => {
    const name = /^\/openapi\/(.+)\.json$/.exec(path)?.[1]
    return name === undefined ? [] : [[name, JSON.parse(JSON.stringify(document)) as Schema] as const]
  }),
)

/** Every operation of every dialect; a literal path comes before one with a name in its place. */
export const operations: readonly Operation[] = [...documents]
  .flatMap(([dialect, { paths }]) =>
    Object.entries<Schema>(paths).flatMap(([path, item]) =>
      Object.entries<Schema>(item).map(([method, operation]) => ({
        dialect,
        method: method.toUpperCase(),
        path,
        parameters: operation.parameters ?? [],
        body: operation.requestBody?.content['application/json'].schema ?? null,
        bodyExample: operation.requestBody?.content['application/json'].example,
        responses: new Map(
          Object.entries<Schema>(operation.responses).map(([status, { content }]) => [
            Number(status),
            readContent(content),
          ]),
        ),
      })),
    ),
  )
  .sort((a, b) => a.path.split('{').length - b.path.split('{').length)

/** The one media type of a response, and its schema; of lines, that of each. */
function readContent(content: Record<string, Schema> | undefined): { type: string; schema: Schema } | null {
  const [declared] = Object.entries(content ?? {})
  return declared === undefined ? null : { type: declared[0], schema: declared[1].schema }
}

/** The operation that a request is for; null when its dialect has none. */
export function findOperation(method: string, path: string): Operation | null {
  const plain = path.replace(/[?#].*$/s, '').replace(/\/$/, '')
  const asked = method === 'HEAD' ? 'GET' : method
  const named = operations.find((one) => pattern(one.path).test(plain))
  return operations.find((one) => one.path === named?.path && one.method === asked) ?? null
}

function pattern(path: string): RegExp {
  return new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}$`)
}

const compiled = new Map<Schema, z.ZodType>()

/** What is wrong with a value by a schema of a dialect's document; null when nothing is. */
export function findFault(dialect: string, schema: Schema, value: unknown): string | null {
  const known = compiled.get(schema) ?? compile(dialect, schema)
  compiled.set(schema, known)
  const result = known.safeParse(value)
  return result.success ? null : z.prettifyError(result.error)
}

function compile(dialect: string, schema: Schema): z.ZodType {
  const shared = documents.get(dialect)?.components.schemas ?? {}
  return z.fromJSONSchema({ ...asJsonSchema(schema), $defs: asJsonSchema(shared) } as never)
}

const eachMember = (members: Schema): Schema =>
  Object.fromEntries(Object.entries(members).map(([name, schema]) => [name, asJsonSchema(schema)]))

/** As JSON Schema that zod reads: closed objects, lengths in code points, uuids of any version. */
function asJsonSchema(node: any): any {
  if (Array.isArray(node)) return node.map(asJsonSchema)
  if (typeof node !== 'object' || node === null) return node
  const { description: _, example: _example, maxLength, format, ...rest } = node
  const copy: Schema = Object.fromEntries(
    // What the names of members are is no keyword: one may be called `description`.
    Object.entries(rest).map(([key, value]) => [
      key,
      key === 'properties' ? eachMember(value as Schema) : asJsonSchema(value),
    ]),
  )
  if (typeof node.$ref === 'string') copy.$ref = node.$ref.replace('#/components/schemas/', '#/$defs/')
  if (typeof node.properties === 'object' && node.additionalProperties === undefined)
    copy.additionalProperties = false
  if (format === 'uuid') copy.pattern = '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
  else if (format === 'date-time') copy.pattern = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d+Z$'
  else if (maxLength !== undefined)
    copy.pattern = `^(?:[\\ud800-\\udbff][\\udc00-\\udfff]|[\\s\\S]){0,${maxLength}}$`
  return copy
}
