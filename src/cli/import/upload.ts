import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import {
  ImportCompactionDocument,
  ImportMessagesDocument,
  ImportSessionDocument,
  type MessageInput,
  TakeBackImportDocument,
  TakeBackMessagesDocument,
  type TranscriptContextInput,
} from '../documents.generated.js'
import type { GatewayClient } from '../gateway/client.js'
import { Refusal } from '../gateway/refusal.js'
import { createBatch } from './batches.js'
import type { ContentIndex } from './content-index.js'
import { continueForeseen, findContinuation } from './continuation.js'
import { sessionIdAt } from './identity.js'
import { findStored, rowIdAt, type StoredSession } from './locate.js'
import { readTime } from './prepare.js'
import type { ScannedSession } from './scan.js'

export interface ImportTarget extends WorkspaceRef {
  visibility: 'PRIVATE' | 'WORKSPACE'
  /** Whether the key may say when something happened, and take back what was stored too early. */
  times: boolean
}

export type UploadOutcome = 'created' | 'updated' | 'skipped'

export interface Uploading {
  /** Of a run that only says what it would do: the sessions that it would have stored by now, by id. */
  foreseen?: Map<string, ScannedSession>
  client: GatewayClient
  target: ImportTarget
  contents: ContentIndex
  /** Hears of every message that was new, as soon as it is written. */
  onAppended(count: number): void
}

/** Brings one session and its messages to the gateway; what is there already stays as it is. */
export async function uploadSession(
  { client, target, contents, onAppended, foreseen }: Uploading,
  scanned: ScannedSession,
  groupId: string | null,
): Promise<{ id: string; outcome: UploadOutcome; isContained?: boolean }> {
  const { organization, workspace } = target
  const { id, stored, isContained } = await findTarget(client, target, contents, scanned)
  if (isContained) return { id, outcome: 'skipped', isContained }
  const before = foreseen?.get(id)
  if (before !== undefined) return foresee(before, scanned, id, onAppended)
  const workspaceRef = { organization, workspace, id }
  const { from, takeBackFrom } =
    stored === null
      ? { from: 0, takeBackFrom: null }
      : await findContinuation(client, target, stored, scanned)
  const { length } = scanned.digest
  const isThere = stored !== null && takeBackFrom === null && from === length
  // A frozen session that is whole is there; one that is not is refused by the gateway. An older copy tells nothing new.
  if (isThere && (stored.frozen || length < stored.rowCount)) return { id, outcome: 'skipped' }

  const saved = await client
    .execute(ImportSessionDocument, {
      input: { ...toSessionInput(scanned, target, stored, id, groupId), dryRun: foreseen !== undefined },
    })
    .catch(explainConflict)
  const { outcome, session: answered } = saved.data.saveSession
  // A repeated save may find what its first try, whose answer was lost, had just created.
  const isRepeated = saved.repeated && stored === null && answered.lastMessageAt === null
  const isNew = outcome === 'CREATED' || isRepeated
  let appended = 0
  try {
    if (takeBackFrom !== null && !target.times)
      throw new Refusal(
        'its last answer was stored before its end; a key with the scope sessions:import brings the rest',
      )
    if (foreseen !== undefined) {
      foreseen.set(id, scanned)
      appended = length - from
      onAppended(appended)
    } else if (takeBackFrom !== null) {
      await client.execute(TakeBackMessagesDocument, { input: { ...workspaceRef, fromSeq: takeBackFrom } })
    }
    for (const write of foreseen !== undefined ? [] : writesOf(scanned, id, from)) {
      const count = await write(client, workspaceRef)
      appended += count
      onAppended(count)
    }
  } catch (error) {
    if (isNew && foreseen === undefined && error instanceof Refusal && !error.passing)
      await takeBack(client, workspaceRef)
    throw error
  }
  if (isNew) return { id, outcome: 'created' }
  return { id, outcome: outcome === 'UPDATED' || appended > 0 ? 'updated' : 'skipped' }
}

/** What becomes of a session that another file of the same dry run begins. */
function foresee(
  before: ScannedSession,
  scanned: ScannedSession,
  id: string,
  onAppended: (count: number) => void,
): { id: string; outcome: UploadOutcome } {
  const { from } = continueForeseen(before, scanned, id)
  const { length } = scanned.digest
  if (from === length && length < before.digest.length) return { id, outcome: 'skipped' }
  onAppended(length - from)
  const toldOf = ({ session: { title, agent, model, labels } }: ScannedSession) =>
    JSON.stringify([title, agent, model, labels])
  const isSame = from === length && toldOf(before) === toldOf(scanned)
  return { id, outcome: isSame ? 'skipped' : 'updated' }
}

/** Where a session goes: its id, and what is stored under it. */
async function findTarget(
  client: GatewayClient,
  { organization, workspace }: WorkspaceRef,
  contents: ContentIndex,
  scanned: ScannedSession,
): Promise<{ id: string; stored: StoredSession | null; isContained: boolean }> {
  const { identity, file, name } = scanned.session
  const found =
    identity.by === 'content'
      ? await contents.find(scanned, identity, { file: file.path, name })
      : {
          id:
            identity.by === 'id' ? identity.id : sessionIdAt(organization, workspace, identity.identityPath),
          ...{ isThere: true, isContained: false },
        }
  const { id, isThere, isContained } = found
  if (isContained || !isThere) return { id, stored: null, isContained }
  return { id, stored: await findStored(client, { organization, workspace }, id), isContained }
}

function toSessionInput(
  { session, firstAt }: ScannedSession,
  { organization, workspace, visibility, times }: ImportTarget,
  stored: StoredSession | null,
  id: string,
  groupId: string | null,
) {
  const labels = Object.entries(session.labels).map(([key, values]) => ({ key, values }))
  const messageCount = session.messageCount ?? null
  const createdAt = readTime(session.createdAt, { times, now: Date.now() }, []) ?? firstAt
  return {
    ...{ organization, workspace, id, visibility, runtimeId: session.runtimeId ?? null },
    ...{ title: session.title, titleSource: session.titleSource },
    ...{ agent: session.agent, model: session.model, origin: session.origin },
    // No labels leave those that somebody gave it since.
    labels: labels.length === 0 ? null : labels,
    // A counter that was never sent follows the rows; sent again as it is, it would change the session.
    messageCount: messageCount === stored?.messageCount ? null : messageCount,
    ...(stored === null && createdAt !== null ? { createdAt } : {}),
    ...(groupId === null || stored?.groupId ? {} : { groupId }),
  }
}

interface SessionRef extends WorkspaceRef {
  id: string
}

/** Writes a part of a transcript; gives how many messages were new. */
type Write = (client: GatewayClient, workspaceRef: SessionRef) => Promise<number>

/** The rows from an index on as writes in their order: batches under one context, and compactions. */
function* writesOf(scanned: ScannedSession, sessionId: string, from: number): Generator<Write> {
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
async function takeBack(client: GatewayClient, workspaceRef: SessionRef): Promise<void> {
  await client.execute(TakeBackImportDocument, { input: workspaceRef }).catch(() => {})
}

function explainConflict(error: unknown): never {
  if (error instanceof Refusal && error.code === 'CONFLICT' && error.message.includes('already in use'))
    throw new Refusal('its id is taken, by somebody else or in another workspace', { code: error.code })
  throw error
}
