import { Client, fetchExchange } from '@urql/core'
import { type Cache, cacheExchange, type KeyingConfig, type ResolverConfig } from '@urql/exchange-graphcache'
import { relayPagination } from '@urql/exchange-graphcache/extras'
import { pagedLists, typesWithoutId } from './cache-keys.generated.js'

export const keys: KeyingConfig = {
  ...Object.fromEntries(typesWithoutId.map((type) => [type, () => null])),
  // Its `id` is that of the event, not of a thing.
  SessionEvent: () => null,
}

export const resolvers: ResolverConfig = Object.fromEntries(
  Object.entries(pagedLists).map(([type, lists]) => {
    const fields = Object.keys(lists).map((field) => [field, relayPagination()])
    return [type, Object.fromEntries(fields)]
  }),
)

/** Forgets sessions that are gone, by their global ids. */
function forget(cache: Cache, sessionIds: readonly string[]): void {
  for (const id of sessionIds) cache.invalidate({ __typename: 'Session', id })
}

/** Queries, mutations, subscriptions and answers in parts, all over `fetch`. */
export function createUrqlClient(url: string, headers: Record<string, string>): Client {
  return new Client({
    url,
    fetchOptions: { headers },
    preferGetMethod: false,
    fetchSubscriptions: true,
    exchanges: [
      cacheExchange({
        keys,
        resolvers,
        updates: {
          Mutation: {
            deleteSessions: (parent, _input, cache) => {
              const { deletedIds = [] } = (parent.deleteSessions ?? {}) as { deletedIds?: readonly string[] }
              forget(cache, deletedIds)
            },
          },
          Subscription: {
            sessionEvents: ({ sessionEvents }, _variables, cache) => {
              const { kind, sessionId } = sessionEvents as { kind: string; sessionId: string }
              if (kind === 'DELETED') forget(cache, [sessionId])
            },
          },
        },
      }),
      fetchExchange,
    ],
  })
}
