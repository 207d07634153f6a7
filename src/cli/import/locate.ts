import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { FindImportedDocument, ReadImportedDocument, type StoredRowFragment } from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import { formerMessageIdAt, messageIdAt } from './identity.js'
import { digestRow, TranscriptDigest } from './transcript-digest.js'

/** What the gateway has of a session. */
export interface StoredSession {
  id: string
  frozen: boolean
  groupId: string | null
  /** The counter that lists show. */
  messageCount: number
  rowCount: number
  /** The last rows, in the order of their seq. */
  tail: readonly StoredRowFragment[]
}

/** What a file tells of a session's rows: how many, their digests, and the ids of those that have one of their own. */
export interface KnownRows {
  digest: TranscriptDigest
  /** Digest of the first row alone; empty without rows. */
  first: string
  ownIds: ReadonlyMap<number, string>
}

/** How many of the last rows are read to tell whether the file continues them. */
const TAIL_ROWS = 20

/** The session of this id as the gateway has it; null when the key sees none. */
export async function findStored(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  id: string,
): Promise<StoredSession | null> {
  try {
    const { data } = await client.execute(FindImportedDocument, { ...workspaceRef, id, last: TAIL_ROWS })
    const { session } = data.workspace
    return {
      id,
      frozen: session.frozenAt !== null,
      groupId: session.groupId,
      messageCount: session.messageCount,
      rowCount: session.usage.totalMessageCount,
      tail: session.transcript.edges.map(({ node }) => node),
    }
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOT_FOUND') return null
    throw error
  }
}

/** The id that the row with this index has, or gets, in a session. */
export function rowIdAt({ digest, ownIds }: KnownRows, sessionId: string, index: number): string {
  return ownIds.get(index) ?? messageIdAt(sessionId, index, digest.at(index))
}

/** A digest of what is stored as a row. */
export function digestStored({ role, content, toolCallId, toolCalls }: StoredRowFragment): string {
  return digestRow({
    ...{ role, content, toolCallId },
    toolCalls:
      toolCalls?.map(({ callId: id, name, arguments: text }) => ({ id, name, arguments: text })) ?? null,
  })
}

/** Digests of all rows that are stored of a session, by their seq. */
export async function readStoredDigest(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  id: string,
): Promise<TranscriptDigest> {
  const digest = new TranscriptDigest()
  for (let after: string | null = null; ; ) {
    const variables: { organization: string; workspace: string; id: string; after: string | null } = {
      ...workspaceRef,
      id,
      after,
    }
    const { data } = await client.execute(ReadImportedDocument, variables)
    const { edges, pageInfo } = data.workspace.session.transcript
    for (const { node } of edges) digest.add(digestStored(node))
    if (!pageInfo.hasNextPage) return digest
    after = pageInfo.endCursor
  }
}

/** Whether a row that is stored has the id that earlier versions gave it. */
export function isFormerRow(sessionId: string, row: StoredRowFragment): boolean {
  return row.uuid === formerMessageIdAt(sessionId, row.seq)
}
