import type { TypedDocumentNode } from '@graphql-typed-document-node/core'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import {
  ImportCompactionDocument,
  type ImportCompactionMutation,
  ImportMessagesDocument,
  type ImportMessagesMutation,
  type MessageInput,
  TakeBackImportDocument,
  type TranscriptContextInput,
} from '../documents.generated.js'
import type { GatewayClient, RemoteGateway } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import type { Continuation } from './continuation.js'
import { rowIdAt } from './locate.js'
import type { ScannedSession } from './scan.js'
import { BEFORE_FILE } from './source.js'

export interface SessionRef extends WorkspaceRef {
  id: string
}

/** A row with the place in its file, by which a refusal names it. */
interface PlacedRow {
  message: MessageInput
  at: string
}

/** A part of a transcript: rows under one context, or a summary that takes the place of those before it. */
interface Write {
  rows: readonly PlacedRow[]
  context: TranscriptContextInput | null
  replacesUpTo: number | null
}

/**
 * The rows from an index on as writes in their order: batches under one context, and compactions. `seqs` tells those of a file's rows
 * where they are not their indexes, as in a later piece of a session.
 */
export function* writesOf(
  scanned: ScannedSession,
  sessionId: string,
  { from, seqs }: Pick<Continuation, 'from' | 'seqs'>,
): Generator<Write> {
  let batch = createBatch<PlacedRow>()
  let next: Omit<Write, 'rows'> = { context: null, replacesUpTo: null }
  const flush = function* () {
    if (batch.messages.length > 0) yield { ...next, rows: batch.messages }
    batch = createBatch<PlacedRow>()
  }
  let index = -1
  const seqOf = (index: number) => seqs?.[index] ?? index
  for (const { message, context, replacesUpTo: replaced, at } of scanned.rows()) {
    index += 1
    if (index < from) continue
    const upTo = replaced === BEFORE_FILE ? seqOf(index) - 1 : replaced === null ? -1 : seqOf(replaced)
    const replacesUpTo = upTo < 0 ? null : upTo
    const row = { message: { ...message, id: message.id ?? rowIdAt(scanned, sessionId, index) }, at }
    const isMore = replacesUpTo === null && next.replacesUpTo === null && isSame(next.context, context)
    if (!isMore || !batch.fits(row)) yield* flush()
    next = { context, replacesUpTo }
    batch.add(row)
  }
  yield* flush()
}

/** Performs a write, in halves where the gateway takes less at once; gives how many messages were new. */
export async function performWrite(
  client: GatewayClient,
  workspaceRef: SessionRef,
  write: Write,
): Promise<number> {
  const { rows } = write
  try {
    const { document, variables } = requestOf(workspaceRef, write)
    const { data } = await client.execute(document, variables)
    return 'appendTranscript' in data
      ? data.appendTranscript.appendedCount
      : Math.min(1, data.compactTranscript.compactedCount)
  } catch (error) {
    if (!isTooMuch(error)) throw error
    if (rows.length < 2) throw placed(error, rows)
    const half = Math.ceil(rows.length / 2)
    const first = await performWrite(client, workspaceRef, { ...write, rows: rows.slice(0, half) })
    return first + (await performWrite(client, workspaceRef, { ...write, rows: rows.slice(half) }))
  }
}

/**
 * Sees whether the gateway takes each of the rows, which are not sent.
 * @throws {Refusal} for one that it does not, named by its place
 */
export async function foreseeWrite(
  client: RemoteGateway,
  workspaceRef: SessionRef,
  write: Write,
): Promise<void> {
  for (const row of write.rows) {
    const rows = [row]
    const { document, variables } = requestOf(workspaceRef, { ...write, rows })
    try {
      await client.requireRoom(document, variables)
    } catch (error) {
      throw isTooMuch(error) ? placed(error, rows) : error
    }
  }
}

type AppendOrCompact = ImportMessagesMutation | ImportCompactionMutation

function requestOf(workspaceRef: SessionRef, { rows, context, replacesUpTo }: Write) {
  const messages = rows.map(({ message }) => message)
  const [document, input] =
    replacesUpTo === null
      ? [ImportMessagesDocument, { ...workspaceRef, messages, context }]
      : [ImportCompactionDocument, { ...workspaceRef, summary: messages[0], upToSeq: replacesUpTo }]
  // Both take an input, and tell by their answer which of them it was.
  return { document: document as TypedDocumentNode<AppendOrCompact, { input: object }>, variables: { input } }
}

/** Whether the gateway may take it in pieces. */
function isTooMuch(error: unknown): error is Refusal {
  if (!(error instanceof Refusal)) return false
  return error.code === 'PAYLOAD_TOO_LARGE' || error.message.startsWith('Request body holds too much')
}

function placed({ message, code }: Refusal, [row]: readonly PlacedRow[]): Refusal {
  return new Refusal(`${row?.at}: ${message}`, { code })
}

function isSame(a: TranscriptContextInput | null, b: TranscriptContextInput | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/** Deletes a session that this import has just made and that cannot be whole. */
export async function takeBack(client: GatewayClient, workspaceRef: SessionRef): Promise<void> {
  await client.execute(TakeBackImportDocument, { input: workspaceRef }).catch(() => {})
}

/** The gateway takes this many messages at once, and bodies of twice this size. */
const MAX_MESSAGES = 500
const MAX_BYTES = 8 * 1024 * 1024

/** Messages for one append. */
interface Batch<T> {
  readonly messages: T[]
  /** Whether the gateway takes it along with what is there; one that is too large alone goes alone. */
  fits(message: T): boolean
  add(message: T): void
}

/** An empty batch within the gateway's limits. */
export function createBatch<T>(maxMessages = MAX_MESSAGES, maxBytes = MAX_BYTES): Batch<T> {
  const messages: T[] = []
  let bytes = 0
  let measured: { message: T; size: number } | null = null
  const sizeOf = (message: T): number => {
    if (measured?.message !== message)
      measured = { message, size: Buffer.byteLength(JSON.stringify(message)) + 1 }
    return measured.size
  }
  return {
    messages,
    fits: (message) =>
      messages.length === 0 || (messages.length < maxMessages && bytes + sizeOf(message) <= maxBytes),
    add(message) {
      bytes += sizeOf(message)
      messages.push(message)
    },
  }
}
