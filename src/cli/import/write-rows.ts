import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import {
  ImportCompactionDocument,
  ImportMessagesDocument,
  type MessageInput,
  TakeBackImportDocument,
  type TranscriptContextInput,
} from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { rowIdAt } from './locate.js'
import type { ScannedSession } from './scan.js'

export interface SessionRef extends WorkspaceRef {
  id: string
}

/** Writes a part of a transcript; gives how many messages were new. */
type Write = (client: GatewayClient, workspaceRef: SessionRef) => Promise<number>

/** The rows from an index on as writes in their order: batches under one context, and compactions. */
export function* writesOf(scanned: ScannedSession, sessionId: string, from: number): Generator<Write> {
  let batch = createBatch<MessageInput>()
  let batchContext: TranscriptContextInput | null = null
  const flush = function* () {
    if (batch.messages.length > 0) yield append(batch.messages, batchContext)
    batch = createBatch<MessageInput>()
  }
  let index = -1
  for (const { message: given, context, replacesUpTo } of scanned.rows()) {
    index += 1
    if (index < from) continue
    const message = { ...given, id: given.id ?? rowIdAt(scanned, sessionId, index) }
    if (replacesUpTo !== null) {
      yield* flush()
      yield compact(message, replacesUpTo)
      continue
    }
    if (!isSame(batchContext, context) || !batch.fits(message)) yield* flush()
    batchContext = context
    batch.add(message)
  }
  yield* flush()
}

function append(messages: readonly MessageInput[], context: TranscriptContextInput | null): Write {
  return async (client, workspaceRef) => {
    const { data } = await client.execute(ImportMessagesDocument, {
      input: { ...workspaceRef, messages, context },
    })
    return data.appendTranscript.appendedCount
  }
}

function compact(summary: MessageInput, upToSeq: number): Write {
  return async (client, workspaceRef) => {
    const { data } = await client.execute(ImportCompactionDocument, {
      input: { ...workspaceRef, summary, upToSeq },
    })
    return data.compactTranscript.compactedCount > 0 ? 1 : 0
  }
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
