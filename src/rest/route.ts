import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { z } from '@hono/zod-openapi'
import type { RawBody } from './body.js'
import type { Execute } from './execute.js'

export { isPacked, type JsonFault } from '../json/body.js'
export { isJson } from './body.js'
export { type Execute, OperationFailed } from './execute.js'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'
type Names<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Names<Rest>
  : never
type Parsed<Schema> = Schema extends z.ZodType ? z.output<Schema> : undefined

/** A request that holds all that its route asks for. */
export interface RouteInput<Path extends string, Query, Body> {
  path: Record<Names<Path>, string>
  query: Parsed<Query>
  body: Parsed<Body>
}

/** A success: what it means, what it looks like, and an example. Without a schema there is no body. */
interface Answer<Schema> {
  status?: number
  description: string
  /** `application/json` unless given. */
  contentType?: string
  schema?: Schema
  /** A type of binary bodies that are answered to such a request. */
  binaryType?: string
  example?: Schema extends z.ZodType ? z.input<Schema> : never
}

interface BodyOf<Schema> {
  schema: Schema
  description: string
  limitBytes: number
  example: Schema extends z.ZodType ? z.input<Schema> : never
  /** A type of binary bodies that is taken besides JSON; the route reads either itself, from `GivenBody`. */
  binaryType?: string
}

/** A body as it came, of a route that reads it itself. */
export interface GivenBody {
  body: Exclude<RawRequest['body'], 'too large' | 'broken off'>
  contentType: string | null
  contentEncoding: string | null
}

interface Described<Path extends string, Act, Query, Body, Reply> {
  operationId: string
  method: Method
  /** Below the dialect's base path; names in braces. */
  path: Path
  summary: string
  description: string
  tag: string
  /** What the caller must be allowed to do, asked before a request is refused for its content. */
  permission?: Act
  /** Whether whoever is known may ask, whatever their roles and scopes. */
  forAnyKey?: true
  /** Whether anybody may ask, without a credential too. */
  forAnybody?: true
  /** Of a route that names no organization: the statuses by which it refuses what is sound and of somebody known. */
  refusals?: readonly number[]
  query?: Query
  body?: BodyOf<Body>
  answer: Answer<Reply>
}

interface Declaration<Base extends string, Path extends string, Act, Query, Body, Reply, Data, Variables>
  extends Described<Path, Act, Query, Body, Reply> {
  document: TypedDocumentNode<Data, Variables>
  variables: (input: RouteInput<`${Base}${Path}`, Query, Body>) => Variables
  reply: (
    data: Data,
    input: RouteInput<`${Base}${Path}`, Query, Body>,
  ) => Reply extends z.ZodType ? z.input<Reply> : void
}

interface StreamDeclaration<Base extends string, Path extends string, Act, Query, Reply>
  extends Described<Path, Act, Query, undefined, Reply> {
  /** The answer's JSON in pieces, for one too large to hold; what fails before the first piece is a plain refusal. */
  pieces: (execute: Execute, input: RouteInput<`${Base}${Path}`, Query, undefined>) => AsyncIterable<string>
  /** Headers of a success. */
  headers?: (input: RouteInput<`${Base}${Path}`, Query, undefined>) => Record<string, string>
}

/** A declared route, ready to be served and described; its path is whole. */
export interface Route<Act = unknown> extends Described<string, Act, z.ZodObject, z.ZodType, z.ZodType> {
  /** The body of the answer, the whole answer, or its JSON in pieces. */
  run: (execute: Execute, input: unknown) => Promise<unknown> | AsyncIterable<string>
  /** Headers of a success that goes out in pieces. */
  headers?: (input: unknown) => Record<string, string>
}

/** Gives the helper that declares a dialect's routes: each is a path, shapes, a document, variables and a reply. */
export function routesBelow<Act>() {
  return <const Base extends string>(base: Base) =>
    <
      const Path extends string,
      Data,
      Variables,
      Query extends z.ZodObject | undefined = undefined,
      Body extends z.ZodType | undefined = undefined,
      Reply extends z.ZodType | undefined = undefined,
    >(
      declared: Declaration<Base, Path, Act, Query, Body, Reply, Data, Variables>,
    ): Route<Act> => {
      const { document, variables, reply, path, ...rest } = declared
      return {
        ...(rest as Omit<Route<Act>, 'path' | 'run'>),
        path: `${base}${path}`,
        run: async (execute, input) => {
          const given = input as RouteInput<`${Base}${Path}`, Query, Body>
          return reply(await execute(document, variables(given)), given)
        },
      }
    }
}

/** As `routesBelow`, for routes whose answer goes out in pieces. */
export function streamsBelow<Act>() {
  return <const Base extends string>(base: Base) =>
    <
      const Path extends string,
      Query extends z.ZodObject | undefined = undefined,
      Reply extends z.ZodType | undefined = undefined,
    >(
      declared: StreamDeclaration<Base, Path, Act, Query, Reply>,
    ): Route<Act> => {
      const { pieces, headers, path, ...rest } = declared
      type Input = RouteInput<`${Base}${Path}`, Query, undefined>
      return {
        ...(rest as Omit<Route<Act>, 'path' | 'run' | 'headers'>),
        path: `${base}${path}`,
        run: (execute, input) => pieces(execute, input as Input),
        ...(headers && { headers: (input) => headers(input as Input) }),
      }
    }
}

/** What every dialect may know about a request that is being answered. */
export interface Call {
  method: string
  headers: Headers
  execute: Execute
  settings: RestSettings
}

export interface RestSettings {
  /** Clients of an older version are told to upgrade; null lets all in. */
  minSdkVersion: string | null
}

/** A request as it came, its path matched. */
export interface RawRequest {
  params: Readonly<Record<string, string>>
  /** The query as sent, without its question mark. */
  search: string
  /** Whether every percent sign in path and query begins an escape of valid UTF-8. */
  decodable: boolean
  contentType: string | null
  contentEncoding: string | null
  /** Of routes with a body only. */
  body: RawBody
}

/** A REST API over the gateway: its own words for routes, requests and refusals. */
export interface Dialect {
  name: string
  /** What the audit calls this way in. */
  face: 'dreadnode' | 'everruns'
  title: string
  description: string
  version: string
  /** Every path at and below it belongs to the dialect. */
  mount: string
  /** In order: a literal path before one with a name in its place. */
  routes: readonly Route[]
  ignoresTrailingSlash: boolean
  /** Go out with every answer. */
  headers: Readonly<Record<string, string>>
  securitySchemes: Readonly<Record<string, object>>
  tags: readonly { name: string; description: string }[]
  parameters: Readonly<Record<string, z.ZodType>>
  /** OpenAPI responses of a route's failures, by status. */
  describeFailures(
    route: Route,
  ): Record<string, { description: string; schema: z.ZodType; headers?: object; example: object }>
  /** Who calls, as the request says. */
  readCredential(headers: Headers): string | null
  /** Refuses what is refused whatever the request is. */
  admit(call: Call): void | Promise<void>
  /** Reads a request by its route's shapes without looking anything up; throws a refusal. */
  read(request: RawRequest, route: Route): unknown
  /** Whatever is to be refused before a request's content is. */
  checkAccess(call: Call, request: RawRequest, route: Route): Promise<unknown>
  /** Throws the refusal of a path that is none of the routes, or that lacks the method. */
  refuseRoute(call: Call, methods: readonly string[]): void | Promise<void>
  /** The answer to an `OperationFailed` or a refusal of its own; null for anything else. */
  answerRefusal(error: unknown, route?: Route): Response | null
}
