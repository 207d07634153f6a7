import type { IncomingMessage, ServerResponse } from 'node:http'
import { EnvelopArmorPlugin } from '@escape.tech/graphql-armor'
import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import { useDeferStream } from '@graphql-yoga/plugin-defer-stream'
import { NoSchemaIntrospectionCustomRule } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Viewer } from '../domain/viewer.js'
import { log } from '../log.js'
import { useCompiledQueries } from './compiled.js'
import { createContext, type Gateway, type GatewayContext, type OperationInput } from './context.js'
import { createDocumentStore } from './document-store.js'
import { maskError } from './errors.js'
import { useEventStreams } from './events/use-event-streams.js'
import { useIncrementalDelivery } from './incremental.js'
import { countItems, useItemLimit } from './item-limit.js'
import { type PersistedOperations, usePersisted } from './persisted-operations.js'
import { useReadBody } from './read-body.js'
import { schema } from './schema.js'
import { useTimeLimit } from './time-limit.js'
import { useVariableLimit } from './variable-limit.js'

export interface GatewayYogaOptions extends Gateway {
  /** How long one operation may take. */
  requestTimeoutMs: number
  /** How often a document is interpreted before it is compiled; twice unless said otherwise. */
  compileAfterExecutions?: number
  introspection: boolean
  /** Origins that browsers may call from; none means no CORS headers. */
  corsOrigins: readonly string[]
  /** The page that browsers get; null turns it off. */
  graphiqlPage: (() => string) | null
  persistedOperations: PersistedOperations
}

/** A request, with what was found out about its sender before its body was read. */
export type AdmittedRequest = IncomingMessage & { viewer?: Viewer; address?: string | null }

type ServerContext = OperationInput & { req?: AdmittedRequest; res?: ServerResponse }

export type GatewayYoga = YogaServerInstance<ServerContext, GatewayContext>

/** The GraphQL server; its plugin list is the path of a request. */
export function createGatewayYoga(options: GatewayYogaOptions): GatewayYoga {
  const { graphiqlPage, corsOrigins } = options
  return createYoga<ServerContext, GatewayContext>({
    schema,
    context: ({ credential, address, request, req }) =>
      createContext(
        options,
        {
          credential: credential ?? readCredential(request?.headers),
          address: address ?? req?.address ?? null,
          lastEventId: request?.headers.get('last-event-id') || null,
          ...(request === undefined ? {} : { items: countItems() }),
        },
        req?.viewer,
      ),
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: graphiqlPage !== null,
    renderGraphiQL: () => graphiqlPage?.() ?? '',
    cors: corsOrigins.length === 0 ? false : { origin: [...corsOrigins], credentials: false },
    batching: false,
    multipart: false,
    // Whoever listens has read the body and limited it; Yoga would send it through a stream to count it again.
    maxRequestBodySize: false,
    parserAndValidationCache: { documentCache: createDocumentStore(), errorCache: createDocumentStore() },
    // Unexpected errors are logged where they are masked; the others are the caller's affair.
    logging: {
      debug() {},
      info() {},
      warn: (...args) => log.warn(args),
      error: (...args) => log.debug(args),
    },
    maskedErrors: { maskError },
    plugins: [
      useCSRFPrevention({
        requestHeaders: ['x-graphql-yoga-csrf', 'graphql-require-preflight', 'authorization', 'x-api-key'],
      }),
      useReadBody(),
      useVariableLimit(),
      usePersisted(options.persistedOperations),
      useDeferStream(),
      EnvelopArmorPlugin({
        // An empty list matters: by default `__typename` may be aliased any number of times.
        maxAliases: { n: 10, allowList: [] },
        maxDirectives: { n: 5 },
        maxDepth: { n: 12, ignoreIntrospection: true },
        maxTokens: { n: 2000 },
        // A page of 100 sessions beside a popover of every dimension, 100 values each, costs half of it.
        costLimit: { maxCost: 100_000, ignoreIntrospection: true },
        blockFieldSuggestion: { enabled: !options.introspection },
      }),
      ...(options.introspection ? [] : [useIntrospectionBan()]),
      useItemLimit(),
      useCompiledQueries(options.compileAfterExecutions ?? 2),
      useIncrementalDelivery(maskError),
      useTimeLimit(options.requestTimeoutMs),
      useEventStreams(),
    ],
  })
}

/** The key of a request: `X-API-Key`, or else the value of `Authorization: Bearer`. */
export function readCredential(headers: Pick<Headers, 'get'> | undefined): string | null {
  const key = headers?.get('x-api-key')
  if (key) return key
  return /^Bearer +(\S+) *$/i.exec(headers?.get('authorization') ?? '')?.[1] ?? null
}

function useIntrospectionBan(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) }
}
