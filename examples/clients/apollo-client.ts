import { ApolloClient, HttpLink, InMemoryCache, type TypePolicies } from '@apollo/client'
import { Defer20220824Handler } from '@apollo/client/incremental'
import { relayStylePagination } from '@apollo/client/utilities'
import { typesWithoutId } from './types-without-id.generated.js'

const embedded = typesWithoutId.map((type) => [type, { keyFields: false, merge: true }] as const)

export const typePolicies: TypePolicies = {
  ...Object.fromEntries(embedded),
  // One viewer; its `id` is that of the event, not of a thing.
  Viewer: { keyFields: [] },
  SessionEvent: { keyFields: false },
  Workspace: {
    fields: {
      sessions: relayStylePagination(['filter', 'orderBy']),
      projects: relayStylePagination(),
      savedFilters: relayStylePagination(),
    },
  },
  Session: {
    fields: {
      transcript: relayStylePagination(['afterSeq', 'bySeq', 'includeCompacted']),
      outline: relayStylePagination(),
    },
  },
}

/** Queries, mutations, subscriptions and answers in parts, all through one link. */
export function createApolloClient(uri: string, headers: Record<string, string>): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers }),
    cache: new InMemoryCache({ typePolicies }),
    incrementalHandler: new Defer20220824Handler(),
  })
}
