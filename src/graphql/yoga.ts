import type { IncomingMessage, ServerResponse } from 'node:http'
import { useDeferStream } from '@graphql-yoga/plugin-defer-stream'
import { NoSchemaIntrospectionCustomRule, validate } from 'graphql'
import { createYoga, type Plugin, type YogaServerInstance } from 'graphql-yoga'
import type { Viewer } from '../domain/viewer.js'
import { log } from '../log.js'
import { readKey } from '../rules/credential.js'
import { createDocumentStore } from './edge/document-store.js'
import { maskError, useErrorShape } from './edge/errors.js'
import { useIncrementalDelivery } from './edge/incremental.js'
import { useNamedValues } from './edge/named-values.js'
import { useNegotiation } from './edge/negotiation.js'
import { type PersistedOperations, usePersisted } from './edge/persisted-operations.js'
import { useReadBody } from './edge/read-body.js'
import { useReadRouting } from './edge/read-routing.js'
import { useRequestNotes } from './edge/request-notes.js'
import { useMultipartEvents } from './events/multipart.js'
import { useEventStreams } from './events/use-event-streams.js'
import { useHiddenSuggestions } from './limits/hidden-suggestions.js'
import { countItems, useItemLimit } from './limits/item-limit.js'
import { useOperationLimits } from './limits/operation-limits.js'
import { useRepeatLimit } from './limits/repeated-fields.js'
import { useReservedName } from './limits/reserved-name.js'
import { useTimeLimit } from './limits/time-limit.js'
import { useVariableLimit } from './limits/variable-limit.js'
import { createContext, type Gateway, type GatewayContext, type OperationInput } from './schema/context.js'
import { schema } from './schema.js'
import { useCompiledQueries } from './speed/compiled.js'
import { useShortFaults } from './speed/variable-faults.js'

export interface GatewayYogaOptions extends Gateway {
  /** How long one operation may take. */
  requestTimeoutMs: number
  /** How often a document is interpreted before it is compiled; Infinity compiles none. */
  compileAfterExecutions: number
  introspection: boolean
  /** Whether an operation may be posted as a form, and stand in the address of a GET. */
  simpleRequests: boolean
  /** Origins that browsers may call from; none means no CORS headers. */
  corsOrigins: readonly string[]
  /** The page that browsers get; null turns it off. */
  graphiqlPage: (() => string) | null
  /** Where a request without a key may have another credential. */
  readFurther?: ReadFurther | undefined
  persistedOperations: PersistedOperations
}

type Headers = Pick<globalThis.Headers, 'get'>

/** Reads what tells who calls in another way than by a key; null for none. */
export type ReadFurther = (headers: Headers) => string | null

/** A request, with what was found out about its sender before its body was read. */
export type AdmittedRequest = IncomingMessage & { viewer?: Viewer; address?: string | null }

type ServerContext = OperationInput & { req?: AdmittedRequest; res?: ServerResponse }

export type GatewayYoga = YogaServerInstance<ServerContext, GatewayContext>

/** The GraphQL server; its plugin list is the path of a request. */
export function createGatewayYoga(options: GatewayYogaOptions): GatewayYoga {
  const { graphiqlPage, corsOrigins, compileAfterExecutions } = options
  return createYoga<ServerContext, GatewayContext>({
    schema,
    context: ({ credential, address, face, userAgent, request, req }) =>
      createContext(
        options,
        {
          credential: credential ?? readCredential(request?.headers, options.readFurther),
          address: address ?? req?.address ?? null,
          face: face ?? 'graphql',
          userAgent: userAgent ?? request?.headers.get('user-agent') ?? null,
          lastEventId: request?.headers.get('last-event-id') || null,
          ...(request === undefined ? {} : { items: countItems() }),
        },
        req?.viewer,
      ),
    graphqlEndpoint: '/graphql',
    landingPage: false,
    graphiql: graphiqlPage !== null,
    renderGraphiQL: () => graphiqlPage?.() ?? '',
    cors:
      corsOrigins.length === 0
        ? false
        : {
            origin: [...corsOrigins],
            credentials: false,
            ...(options.reads ? { exposedHeaders: ['Session-Gateway-Position'] } : {}),
          },
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
      useReadBody(),
      useRequestNotes(),
      useNegotiation({ simpleRequests: options.simpleRequests }),
      useVariableLimit(),
      usePersisted(options.persistedOperations),
      useDeferStream(),
      useOperationLimits(),
      useRepeatLimit(),
      useReservedName(),
      useFirstErrors(!options.introspection),
      ...(options.introspection ? [] : [useIntrospectionBan()]),
      useItemLimit(),
      useShortFaults(),
      ...(compileAfterExecutions === Number.POSITIVE_INFINITY
        ? []
        : [useCompiledQueries(compileAfterExecutions)]),
      ...(options.reads ? [useReadRouting(options.reads)] : []),
      useIncrementalDelivery(maskError),
      useTimeLimit(options.requestTimeoutMs),
      useEventStreams(options.reads?.saw),
      useMultipartEvents(),
      useErrorShape(),
      ...(options.introspection ? [] : [useHiddenSuggestions()]),
      useNamedValues(),
    ],
  })
}

/** The credential of a request: its key; further ways are for requests that give none. */
export function readCredential(headers: Headers | undefined, further?: ReadFurther): string | null {
  return headers === undefined ? null : readKey(headers, further)
}

function useIntrospectionBan(): Plugin {
  return { onValidate: ({ addValidationRule }) => addValidationRule(NoSchemaIntrospectionCustomRule) }
}

/** Errors of a document that are told; looking for more costs reading, and says nothing new. */
const MAX_ERRORS = 10

/** Stops at the first few errors of a document, and looks for what was meant only where that may be told. */
function useFirstErrors(hideSuggestions: boolean): Plugin {
  const options = { maxErrors: MAX_ERRORS, hideSuggestions }
  return {
    onValidate: ({ setValidationFn }) =>
      setValidationFn((schema, document, rules) => validate(schema, document, rules, options)),
  }
}
