import type { AnyVariables, TypedDocumentNode } from '@urql/core'
import * as operations from './operations.js'
import { gateway, tell } from './story.js'
import { createUrqlClient } from './urql-client.js'

/** The story with urql and graphcache: `npx tsx examples/clients/urql.ts`. */
const { url, headers, place } = gateway
const client = createUrqlClient(url, headers)
const listSize = 2
let after: string | null = null

async function mutate<Data, Variables extends AnyVariables>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  const { data, error } = await client.mutation(document, variables)
  if (data === undefined || error !== undefined) throw error ?? new Error('Nothing was answered')
  return data
}

/** The whole list is what the cache has of the query for its first page. */
function rowsOf(filter: object) {
  const answer = client.readQuery(operations.SessionList, { ...place, filter, first: listSize })
  return answer?.data?.workspace?.sessions.edges.map(({ node }) => node) ?? []
}

await tell({
  save: async (input) => {
    const { saveSession } = await mutate(operations.SaveSession, { input: { ...place, ...input } })
    if (!saveSession) throw new Error('Nothing was saved')
    return saveSession.session
  },

  loadPage: async (filter, first) => {
    const variables = { ...place, filter, first, ...(after === null ? {} : { after }) }
    const { data, error } = await client.query(operations.SessionList, variables)
    if (error) throw error
    const { endCursor, hasNextPage } = data?.workspace?.sessions.pageInfo ?? {}
    after = endCursor ?? null
    return { rows: rowsOf(filter), hasMore: hasNextPage ?? false }
  },

  readInParts: (id) =>
    new Promise((resolve, reject) => {
      const parts: { totalTokens: number | null }[] = []
      const context = { requestPolicy: 'network-only' as const }
      client.query(operations.SessionWithUsage, { ...place, id }, context).subscribe((answer) => {
        if (answer.error) reject(answer.error)
        const session = answer.data?.workspace?.session as { usage?: { totalTokens: number } } | undefined
        if (session) parts.push({ totalTokens: session.usage?.totalTokens ?? null })
        if (!answer.hasNext && !answer.stale) resolve(parts)
      })
    }),

  listen: (hear) => {
    const subscription = client.subscription(operations.SessionEvents, place).subscribe(({ data, error }) => {
      if (error) throw error
      if (data) hear(data.sessionEvents)
    })
    return () => subscription.unsubscribe()
  },

  rename: async (id, title) => {
    await mutate(operations.RenameSession, { input: { ...place, id, title } })
  },

  remove: async (sessionIds) => {
    const { deleteSessions } = await mutate(operations.DeleteSessions, {
      input: { ...place, ids: [], sessionIds },
    })
    return deleteSessions?.deletedIds ?? []
  },

  cached: rowsOf,
})
