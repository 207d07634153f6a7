import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { FindImportedDocument, ReadImportedDocument, type StoredRowFragment } from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import { formerMessageIdAt, messageIdAt } from './identity.js'
import { digestRow, TranscriptDigest } from './transcript-digest.js'

/** The rows that are stored of a session, or that will be once a run has written them. */
export interface StoredRows {
  id: string
  rowCount: number
  /** The last rows, in the order of their seq. */
  tail(): Promise<readonly StoredRowFragment[]>
  /** All rows, in the order of their seq. */
  all(): AsyncIterable<StoredRowFragment>
}

/** What the gateway has of a session. */
export interface StoredSession extends StoredRows {
  frozen: boolean
  groupId: string | null
  /** The counter that lists show. */
  messageCount: number
}

/** What a file tells of a session's rows: how many, their digests, and the ids of those that have one of their own. */
export interface KnownRows {
  digest: TranscriptDigest
  /** Digest of the first row alone; empty without rows. */
  first: string
  ownIds: ReadonlyMap<number, string>
}

/** How many of the last rows are read to tell whether the file continues them. */
export const TAIL_ROWS = 20

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
      tail: async () => session.transcript.edges.map(({ node }) => node),
      all: () => readStored(client, workspaceRef, id),
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

/** All rows that are stored of a session, by their seq. */
export async function* readStored(
  client: GatewayClient,
  workspaceRef: WorkspaceRef,
  id: string,
): AsyncGenerator<StoredRowFragment> {
  for (let after: string | null = null; ; ) {
    const variables: { organization: string; workspace: string; id: string; after: string | null } = {
      ...workspaceRef,
      id,
      after,
    }
    const { data } = await client.execute(ReadImportedDocument, variables)
    const { edges, pageInfo } = data.workspace.session.transcript
    for (const { node } of edges) yield node
    if (!pageInfo.hasNextPage) return
    after = pageInfo.endCursor
  }
}

/** Digests of rows in their order. */
export async function digestAll(rows: AsyncIterable<StoredRowFragment>): Promise<TranscriptDigest> {
  const digest = new TranscriptDigest()
  for await (const row of rows) digest.add(digestStored(row))
  return digest
}

/** Whether a row that is stored has the id that earlier versions gave it. */
export function isFormerRow(sessionId: string, row: StoredRowFragment): boolean {
  return row.uuid === formerMessageIdAt(sessionId, row.seq)
}
