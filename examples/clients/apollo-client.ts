import { ApolloClient, HttpLink, InMemoryCache, type TypePolicies } from '@apollo/client'
import { Defer20220824Handler } from '@apollo/client/incremental'
import { relayStylePagination } from '@apollo/client/utilities'
import { pagedLists, typesWithoutId } from './cache-keys.generated.js'

const embedded = typesWithoutId.map((type) => [type, { keyFields: false, merge: true }] as const)

const paged = Object.entries(pagedLists).map(([type, lists]) => {
  const fields = Object.entries(lists).map(([field, apart]) => [field, relayStylePagination(apart)])
  return [type, { fields: Object.fromEntries(fields) }] as const
})

export const typePolicies: TypePolicies = {
  ...Object.fromEntries([...embedded, ...paged]),
  // There is one.
  Viewer: { keyFields: [] },
  // Its `id` is that of the event, not of a thing.
  SessionEvent: { keyFields: false },
}

/** Queries, mutations, subscriptions and answers in parts, all through one link. */
export function createApolloClient(uri: string, headers: Record<string, string>): ApolloClient {
  return new ApolloClient({
    link: new HttpLink({ uri, headers }),
    cache: new InMemoryCache({ typePolicies }),
    incrementalHandler: new Defer20220824Handler(),
  })
}
