import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import {
  CountSessionsDocument,
  type ExportedSessionFragment,
  ExportSessionDocument,
  ExportSessionsDocument,
  type ExportSessionsQuery,
  type ExportSessionsQueryVariables,
} from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'

export type SessionFilter = ExportSessionsQueryVariables['filter']

/** A session to export, or why it cannot be had. */
export type FoundSession = ExportedSessionFragment | { name: string; reason: string }

export interface FoundSessions {
  total: number
  sessions: AsyncIterable<FoundSession>
}

/** The sessions that match, oldest first, so that those saved meanwhile come last; a page at a time. */
export async function findMatching(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  filter: SessionFilter,
): Promise<FoundSessions> {
  const { data } = await client.execute(CountSessionsDocument, { ...workspaceRef, filter })
  return { total: data.workspace.sessions.totalCount, sessions: listMatching(client, workspaceRef, filter) }
}

async function* listMatching(client: GatewayClient, workspaceRef: WorkspaceRef, filter: SessionFilter) {
  for (let after: string | null = null; ; ) {
    const variables: ExportSessionsQueryVariables = { ...workspaceRef, filter, after }
    const { data }: { data: ExportSessionsQuery } = await client.execute(ExportSessionsDocument, variables)
    const { edges, pageInfo } = data.workspace.sessions
    for (const { node } of edges) yield node
    if (!pageInfo.hasNextPage) return
    after = pageInfo.endCursor
  }
}

/** The sessions of these uuids or prefixes, each once. */
export function findNamed(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  ids: readonly string[],
): FoundSessions {
  const distinct = [...new Set(ids)]
  return { total: distinct.length, sessions: listNamed(client, workspaceRef, distinct) }
}

async function* listNamed(client: GatewayClient, workspaceRef: WorkspaceRef, ids: readonly string[]) {
  const seen = new Set<string>()
  for (const id of ids) {
    try {
      const { data } = await client.execute(ExportSessionDocument, { ...workspaceRef, id })
      const { session } = data.workspace
      if (seen.has(session.uuid)) yield { name: `session ${id}`, reason: 'it is named twice' }
      else yield session
      seen.add(session.uuid)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      yield { name: `session ${id}`, reason: error.message }
    }
  }
}
