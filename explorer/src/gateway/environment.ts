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
import { takeAnswer } from './ahead'
import { authorization, bodyOf, notePosition, URL_OF_GATEWAY } from './answer'
import { fetchStream } from './connection'

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
          next: (answer) => {
            notePosition((answer.extensions as { position?: unknown } | undefined)?.position)
            sink.next(answer as GraphQLResponse)
          },
          error: (error) => sink.error(error instanceof Error ? error : new Error(String(error))),
          complete: sink.complete,
        },
      ),
    )
  return new Environment({
    network: Network.create(takeAnswer, subscribe),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  })
}
