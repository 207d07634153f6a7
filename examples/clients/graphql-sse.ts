import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import { print } from 'graphql'
import { createClient } from 'graphql-sse'
import * as operations from './operations.js'
import { gateway, type Row, tell } from './story.js'

/** The story with graphql-sse, which has no cache: `npx tsx examples/clients/graphql-sse.ts`. */
const { url, headers, place } = gateway
const client = createClient({ url, headers })
const rows = new Map<string, Row>()
let after: string | null = null

interface Answer<Data> {
  data: Data
  incremental?: readonly { data?: { usage?: { totalTokens: number } } }[]
}

/** The answers to an operation, one after another. */
async function* answersTo<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): AsyncGenerator<Answer<Data>> {
  const answers = client.iterate({ query: print(document), variables: variables as Record<string, unknown> })
  for await (const answer of answers) {
    if (answer.errors) throw answer.errors[0]
    yield answer as unknown as Answer<Data>
  }
}

async function ask<Data, Variables extends object>(
  document: TypedDocumentNode<Data, Variables>,
  variables: Variables,
): Promise<Data> {
  for await (const { data } of answersTo(document, variables)) return data
  throw new Error('Nothing was answered')
}

await tell({
  save: async (input) => {
    const { saveSession } = await ask(operations.SaveSession, { input: { ...place, ...input } })
    if (!saveSession) throw new Error('Nothing was saved')
    return saveSession.session
  },

  loadPage: async (filter, first) => {
    const { workspace } = await ask(operations.SessionList, { ...place, filter, first, after })
    if (!workspace) throw new Error('Nothing was found')
    const { edges, pageInfo } = workspace.sessions
    for (const { node } of edges) rows.set(node.id, node)
    after = pageInfo.endCursor ?? null
    return { rows: [...rows.values()], hasMore: pageInfo.hasNextPage }
  },

  readInParts: async (id) => {
    const parts = []
    for await (const answer of answersTo(operations.SessionWithUsage, { ...place, id })) {
      if (answer.data) parts.push({ totalTokens: answer.data.workspace?.session?.usage?.totalTokens ?? null })
      for (const { data } of answer.incremental ?? [])
        parts.push({ totalTokens: data?.usage?.totalTokens ?? null })
    }
    return parts
  },

  listen: (hear) => {
    const query = print(operations.SessionEvents)
    return client.subscribe<{ sessionEvents: { kind: string; sessionId: string; session: Row | null } }>(
      { query, variables: place },
      {
        next: ({ data }) => {
          if (!data) return
          const { kind, sessionId, session } = data.sessionEvents
          if (kind === 'DELETED') rows.delete(sessionId)
          else if (session && rows.has(sessionId)) rows.set(sessionId, session)
          hear(data.sessionEvents)
        },
        error: (error) => {
          throw error
        },
        complete: () => {},
      },
    )
  },

  rename: async (id, title) => {
    await ask(operations.RenameSession, { input: { ...place, id, title } })
  },

  remove: async (sessionIds) => {
    const { deleteSessions } = await ask(operations.DeleteSessions, {
      input: { ...place, ids: [], sessionIds },
    })
    return deleteSessions?.deletedIds ?? []
  },

  cached: () => [...rows.values()],
})
