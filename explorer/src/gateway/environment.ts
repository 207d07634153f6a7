import { createClient } from 'graphql-sse'
import {
  Environment,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  type RequestParameters,
  Store,
  type Variables,
} from 'relay-runtime'
import { fetchStream } from './connection.js'
import { GatewayFailure, readFailure } from './failure.js'
import { holdKey, readKey } from './key.js'

const URL_OF_GATEWAY = '/graphql'

/** How an operation travels: by the hash that the gateway knows it by, never as a text. */
const bodyOf = (request: RequestParameters, variables: Variables) => ({
  operationName: request.name,
  variables,
  extensions: { persistedQuery: { version: 1, sha256Hash: request.id } },
})

const authorization = (): Record<string, string> => {
  const key = readKey()
  return key === null ? {} : { Authorization: `Bearer ${key}` }
}

async function fetchAnswer(request: RequestParameters, variables: Variables): Promise<GraphQLResponse> {
  const response = await post(JSON.stringify(bodyOf(request, variables)))
  const requestId = response.headers.get('X-Request-Id')
  const answer = await response.json().catch(() => null)
  if (answer === null || typeof answer !== 'object')
    throw new GatewayFailure('UNREADABLE', `The gateway answered ${response.status} without a reason.`, {
      requestId,
    })
  if (answer.data != null) return answer
  const failure = readFailure(answer.errors ?? [], requestId)
  if (failure.code === 'UNAUTHENTICATED') holdKey(null, false)
  throw failure
}

function post(body: string): Promise<Response> {
  const headers = {
    'Content-Type': 'application/json',
    Accept: 'application/graphql-response+json, application/json',
    ...authorization(),
  }
  return fetch(URL_OF_GATEWAY, { method: 'POST', headers, body }).catch(() => {
    throw new GatewayFailure('UNREACHABLE', 'The gateway cannot be reached.')
  })
}

/** A Relay environment for the key that is held now; another key takes another environment. */
export function createEnvironment(): Environment {
  const streams = createClient({
    url: URL_OF_GATEWAY,
    headers: authorization,
    retryAttempts: Number.POSITIVE_INFINITY,
    fetchFn: fetchStream,
  })
  const subscribe = (request: RequestParameters, variables: Variables) =>
    Observable.create<GraphQLResponse>((sink) =>
      streams.subscribe(
        // Its type wants a text; the gateway refuses one that is not of the hash.
        bodyOf(request, variables) as ReturnType<typeof bodyOf> & { query: string },
        {
          next: (answer) => sink.next(answer as GraphQLResponse),
          error: (error) => sink.error(error instanceof Error ? error : new Error(String(error))),
          complete: sink.complete,
        },
      ),
    )
  return new Environment({
    network: Network.create(fetchAnswer, subscribe),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  })
}
