import { useCSRFPrevention } from '@graphql-yoga/plugin-csrf-prevention'
import type { GraphQLError } from 'graphql'
import { isAsyncIterable, type Plugin, processRegularResult } from 'graphql-yoga'
import { refusal } from '../limits/refusal.js'
import { readAccept } from './accept.js'

/** Headers that pages of other sites cannot set without being asked first. */
const preflighted = ['x-graphql-yoga-csrf', 'graphql-require-preflight', 'authorization', 'x-api-key']

type RequestParse = NonNullable<Plugin['onRequestParse']>

/**
 * What a request must be like before its operation is read: no cross-site form, in a form that is taken, for an answer that can be
 * written. Without `simpleRequests` no forms, and GET by hash alone. Put it before plugins that look at the operation.
 */
export function useNegotiation({ simpleRequests }: { simpleRequests: boolean }): Plugin {
  const preventCsrf = useCSRFPrevention({ requestHeaders: preflighted }).onRequestParse as RequestParse
  return {
    onRequestParse: (payload) => {
      const { request, requestParser, setRequestParser } = payload
      requireAcceptable(request)
      requirePreflight(preventCsrf, payload)
      if (request.method === 'POST') requireMediaType(request, requestParser !== undefined, simpleRequests)
      if (requestParser !== undefined) setRequestParser((given) => readParameters(requestParser, given))
    },
    onParams: ({ request, params }) => {
      if (!simpleRequests && request.method === 'GET' && params.query !== undefined)
        throw refusal(
          'METHOD_NOT_ALLOWED',
          'GET takes the hash of an operation alone; send its text by POST',
          {
            status: 405,
            headers: { Allow: 'POST' },
          },
        )
    },
    // An answer that nobody reads is not begun.
    onSubscribe: ({ args, setResultAndStopExecution }) => {
      const accept = args.contextValue.request?.headers.get('accept') ?? null
      if (readAccept(accept).events === null) setResultAndStopExecution({ errors: [noEvents()] })
    },
    onResultProcess: ({ result, resultProcessor, setResultProcessor }) => {
      if (resultProcessor === undefined && !isAsyncIterable(result))
        setResultProcessor(processRegularResult, 'application/json')
    },
  }
}

function requireAcceptable({ headers }: Request): void {
  if (readAccept(headers.get('accept')).any) return
  throw refusal(
    'NOT_ACCEPTABLE',
    'Answers are application/graphql-response+json, application/json, multipart/mixed or text/event-stream',
    { status: 406 },
  )
}

function noEvents(): GraphQLError {
  return refusal(
    'NOT_ACCEPTABLE',
    'A subscription is answered as text/event-stream, or as multipart/mixed with subscriptionSpec=1.0',
    { status: 406 },
  )
}

function requirePreflight(preventCsrf: RequestParse, payload: Parameters<RequestParse>[0]): void {
  try {
    preventCsrf(payload)
  } catch {
    throw refusal(
      'CSRF_PREVENTED',
      'A request without a JSON body takes a header that pages cannot set: GraphQL-Require-Preflight, or the key',
      { status: 403 },
    )
  }
}

/** A request without a type has no parser either. */
function requireMediaType({ headers }: Request, isKnown: boolean, simpleRequests: boolean): void {
  const isForm = /^application\/x-www-form-urlencoded/i.test(headers.get('content-type') ?? '')
  if (isKnown && (simpleRequests || !isForm)) return
  throw refusal('UNSUPPORTED_MEDIA_TYPE', 'An operation is posted as application/json', { status: 415 })
}

/** The parameters of an address or of a form, whose members of JSON the library parses unguarded. */
async function readParameters<Given, Read>(
  parse: (given: Given) => Read,
  given: Given,
): Promise<Awaited<Read>> {
  try {
    return await parse(given)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    throw refusal('BAD_REQUEST', 'Variables and extensions take JSON')
  }
}
