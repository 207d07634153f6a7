import { createClient } from 'graphql-sse'
import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  type RequestParameters,
  Store,
  type Variables,
} from 'relay-runtime'

/** An answer, or a part of one: `incremental` names where each piece belongs. */
interface Part {
  data?: object
  errors?: readonly { message: string }[]
  incremental?: readonly {
    data: object | null
    path: (string | number)[]
    label: string
    errors?: object[]
  }[]
  hasNext?: boolean
}

/** A Relay environment whose queries, mutations, subscriptions and answers in parts all are server-sent events. */
export function createRelayEnvironment(url: string, headers: Record<string, string>): Environment {
  const client = createClient({ url, headers })
  const execute = (request: RequestParameters, variables: Variables) =>
    Observable.create<GraphQLResponse>((sink) => {
      const query = request.text ?? ''
      return client.subscribe(
        { query, variables },
        {
          next: (answer) => toPayloads(answer as Part).forEach(sink.next),
          error: (error) => sink.error(error instanceof Error ? error : new Error(JSON.stringify(error))),
          complete: sink.complete,
        },
      )
    })
  return new Environment({
    network: Network.create(execute as FetchFunction, execute),
    store: new Store(new RecordSource()),
  })
}

/** What Relay takes for an answer, part by part. */
function toPayloads({ data, errors, incremental = [], hasNext = false }: Part): GraphQLResponse[] {
  const last = { is_final: !hasNext }
  const whole = data === undefined && errors === undefined ? [] : [{ data, errors, extensions: last }]
  return [...whole, ...incremental.map((part) => ({ ...part, extensions: last }))] as GraphQLResponse[]
}
