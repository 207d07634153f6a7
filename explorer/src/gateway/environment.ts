import type { Client } from 'graphql-sse'
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
import { insist, untilRetry } from './retry'

async function openStreams(): Promise<Client> {
  const { createClient } = await insist(() => import('graphql-sse'))
  return createClient({
    url: URL_OF_GATEWAY,
    headers: authorization,
    retryAttempts: Number.POSITIVE_INFINITY,
    retry: untilRetry,
    fetchFn: fetchStream,
  })
}

/** A Relay environment for the key that is held now; another key takes another environment. */
export function createEnvironment(): Environment {
  // Behind the first look, which needs no stream.
  let streams: Promise<Client> | null = null
  const subscribe = (request: RequestParameters, variables: Variables) =>
    Observable.create<GraphQLResponse>((sink) => {
      const fail = (error: unknown) => sink.error(error instanceof Error ? error : new Error(String(error)))
      let stop: (() => void) | null = null
      let isOver = false
      streams ??= openStreams()
      streams
        .then((client) => {
          if (isOver) return
          stop = client.subscribe(
            // Its type wants a text; the gateway refuses one that is not of the hash.
            bodyOf(request, variables) as ReturnType<typeof bodyOf> & { query: string },
            {
              next: (answer) => {
                notePosition((answer.extensions as { position?: unknown } | undefined)?.position)
                sink.next(answer as GraphQLResponse)
              },
              error: fail,
              complete: sink.complete,
            },
          )
        })
        .catch(fail)
      return () => {
        isOver = true
        stop?.()
      }
    })
  return new Environment({
    network: Network.create(takeAnswer, subscribe),
    store: new Store(new RecordSource(), { gcReleaseBufferSize: 20 }),
  })
}
