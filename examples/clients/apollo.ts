import { createApolloClient } from './apollo-client.js'
import * as operations from './operations.js'
import { gateway, type Row, tell } from './story.js'

/** The story with Apollo Client: `npx tsx examples/clients/apollo.ts`. */
const { url, headers, place } = gateway
const client = createApolloClient(url, headers)
let list: ReturnType<typeof watch> | undefined

/** The list from the cache, as a screen holds it. */
function watch(filter: object, first: number) {
  const query = client.watchQuery({ query: operations.SessionList, variables: { ...place, filter, first } })
  query.subscribe({})
  return query
}

let after: string | null = null

function rowsOf(filter: object): Row[] {
  const answer = client.readQuery({ query: operations.SessionList, variables: { ...place, filter } })
  return answer?.workspace?.sessions.edges.map(({ node }) => node) ?? []
}

await tell({
  save: async (input) => {
    const { data } = await client.mutate({
      mutation: operations.SaveSession,
      variables: { input: { ...place, ...input } },
    })
    if (!data?.saveSession) throw new Error('Nothing was saved')
    return data.saveSession.session
  },

  loadPage: async (filter, first) => {
    const variables = { ...place, filter, first }
    const { data } =
      list === undefined
        ? await client.query({ query: operations.SessionList, variables })
        : await list.fetchMore({ variables: { after } })
    list ??= watch(filter, first)
    const { endCursor, hasNextPage } = data?.workspace?.sessions.pageInfo ?? {}
    after = endCursor ?? null
    return { rows: rowsOf(filter), hasMore: hasNextPage ?? false }
  },

  readInParts: (id) =>
    new Promise((resolve, reject) => {
      const parts: { totalTokens: number | null }[] = []
      const query = client.watchQuery({
        query: operations.SessionWithUsage,
        variables: { ...place, id },
        fetchPolicy: 'network-only',
        notifyOnNetworkStatusChange: true,
      })
      query.subscribe({
        error: reject,
        next: ({ data, dataState, error }) => {
          if (error) reject(error)
          const session = (data as { workspace?: { session?: { usage?: { totalTokens: number } } } })
            ?.workspace?.session
          if (session === undefined || (dataState !== 'streaming' && dataState !== 'complete')) return
          parts.push({ totalTokens: session.usage?.totalTokens ?? null })
          if (dataState === 'complete') resolve(parts)
        },
      })
    }),

  listen: (hear) => {
    const events = client.subscribe({ query: operations.SessionEvents, variables: place })
    const subscription = events.subscribe(({ data, error }) => {
      if (error) throw error
      const event = data?.sessionEvents
      if (event?.kind === 'DELETED') {
        client.cache.evict({ id: client.cache.identify({ __typename: 'Session', id: event.sessionId }) })
        client.cache.gc()
      }
      if (event) hear(event)
    })
    return () => {
      subscription.unsubscribe()
      client.stop()
    }
  },

  rename: async (id, title) => {
    await client.mutate({
      mutation: operations.RenameSession,
      variables: { input: { ...place, id, title } },
    })
  },

  remove: async (sessionIds) => {
    const { data } = await client.mutate({
      mutation: operations.DeleteSessions,
      variables: { input: { ...place, ids: [], sessionIds } },
    })
    return data?.deleteSessions?.deletedIds ?? []
  },

  cached: rowsOf,
})
