import {
  FindImportedDocument,
  ImportCompactionDocument,
  ImportMessagesDocument,
  ImportSessionDocument,
  type MessageInput,
  type TranscriptContextInput,
} from '../documents.generated.js'
import { toBatches } from './batches.js'
import type { GatewayClient } from './client.js'
import { messageIdAt, sessionIdAt } from './identity.js'
import { Refusal } from './refusal.js'
import type { SourceIdentity, SourceMessage, SourceSession } from './source.js'

export interface ImportTarget {
  organization: string
  workspace: string
  visibility: 'PRIVATE' | 'WORKSPACE'
}

export type UploadOutcome = 'created' | 'updated' | 'skipped'

/** Brings one session and its messages to the gateway; what is there already stays as it is. */
export async function uploadSession(
  client: GatewayClient,
  { organization, workspace, visibility }: ImportTarget,
  session: SourceSession,
): Promise<{ outcome: UploadOutcome; appended: number }> {
  const { identity } = session
  const id = identity.by === 'id' ? identity.id : sessionIdAt(organization, workspace, placeOf(identity))
  const place = { organization, workspace, id }
  if (identity.by === 'id') await requireOwnMessages(client, place, session.messages)
  const labels = Object.entries(session.labels).map(([key, values]) => ({ key, values }))
  const saved = await client
    .execute(ImportSessionDocument, {
      input: {
        ...{ ...place, visibility, runtimeId: session.runtimeId ?? null },
        ...{ title: session.title, titleSource: session.titleSource },
        ...{ agent: session.agent, model: session.model, origin: session.origin },
        // No labels leave those that somebody gave it since.
        labels: labels.length === 0 ? null : labels,
        messageCount: session.messageCount ?? session.messages.length,
      },
    })
    .catch(explainConflict)
  let appended = 0
  for (const stretch of toStretches(session, id)) appended += await stretch(client, place)
  const { outcome, session: stored } = saved.data.saveSession
  // A repeated save may find what its first try, whose answer was lost, had just created.
  const isNew = saved.repeated && stored.lastMessageAt === null && stored.createdAt === stored.updatedAt
  if (outcome === 'CREATED' || isNew) return { outcome: 'created', appended }
  return { outcome: outcome === 'UPDATED' || appended > 0 ? 'updated' : 'skipped', appended }
}

function placeOf(identity: Exclude<SourceIdentity, { by: 'id' }>): readonly string[] {
  return identity.by === 'name' ? identity.place : (identity.formerly ?? identity.beside)
}

interface SessionPlace {
  organization: string
  workspace: string
  id: string
}

/** Writes a stretch of a transcript; gives how many messages were new. */
type Write = (client: GatewayClient, place: SessionPlace) => Promise<number>

/** A transcript as writes in their order: messages under one context, and compactions. */
function* toStretches(
  { agent, model, systemPrompt, metadata, messages }: SourceSession,
  id: string,
): Generator<Write> {
  const ownContext = { model, agent, ...(systemPrompt ? { systemPrompt } : {}) }
  let stretch: { context: TranscriptContextInput | null; messages: MessageInput[] } | null = null
  for (const [index, source] of messages.entries()) {
    const { context = ownContext, replacesUpTo } = source
    const message = toInput(source, messageIdAt(id, index), index === 0 ? (metadata ?? null) : null)
    const fits = stretch !== null && replacesUpTo === undefined && isSame(stretch.context, context)
    if (stretch !== null && !fits) {
      yield append(stretch)
      stretch = null
    }
    if (replacesUpTo !== undefined) yield compact(message, replacesUpTo)
    else if (stretch === null) stretch = { context, messages: [message] }
    else stretch.messages.push(message)
  }
  if (stretch !== null) yield append(stretch)
}

/** A message as the gateway takes it; the first one also keeps what the session has no place for. */
function toInput(
  { id, role, content, parentId, toolCallId, toolCalls, usage, metadata, reasoning }: SourceMessage,
  derivedId: string,
  session: Record<string, unknown> | null,
): MessageInput {
  const kept = {
    ...metadata,
    ...(reasoning == null ? {} : { reasoning_content: reasoning }),
    ...(session === null ? {} : { session }),
  }
  return {
    ...{ id: id ?? derivedId, role, content, parentId, toolCallId, toolCalls, usage },
    ...(Object.keys(kept).length === 0 ? {} : { metadata: kept }),
  }
}

function append({
  context,
  messages,
}: {
  context: TranscriptContextInput | null
  messages: readonly MessageInput[]
}): Write {
  return async (client, place) => {
    let appended = 0
    for (const batch of toBatches(messages)) {
      const input = { ...place, messages: batch, context }
      const { data } = await client.execute(ImportMessagesDocument, { input })
      appended += data.appendTranscript.appendedCount
    }
    return appended
  }
}

function compact(summary: MessageInput, upToSeq: number): Write {
  return async (client, place) => {
    const { data } = await client.execute(ImportCompactionDocument, { input: { ...place, summary, upToSeq } })
    return data.compactTranscript.compactedCount > 0 ? 1 : 0
  }
}

function isSame(a: TranscriptContextInput | null, b: TranscriptContextInput | null): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}

/**
 * Where a file does not tell the ids of messages, those that stand in the gateway must come from the same file:
 * appending them again would double a transcript that was written otherwise.
 * @throws {Refusal}
 */
async function requireOwnMessages(
  client: GatewayClient,
  place: SessionPlace,
  messages: readonly SourceMessage[],
): Promise<void> {
  const index = messages.findIndex((message) => message.id == null)
  if (index === -1) return
  try {
    const afterSeq = index === 0 ? null : index - 1
    const { data } = await client.execute(FindImportedDocument, { ...place, afterSeq })
    const stored = data.workspace.session.transcript.edges.find(({ node }) => node.seq === index)
    if (stored === undefined || stored.node.uuid === messageIdAt(place.id, index)) return
  } catch (error) {
    if (error instanceof Refusal && error.code === 'NOT_FOUND') return
    throw error
  }
  throw new Refusal('it is there already, and this format cannot tell which of its messages are new')
}

function explainConflict(error: unknown): never {
  if (error instanceof Refusal && error.code === 'CONFLICT' && error.message.includes('already in use'))
    throw new Refusal('its id is taken, by somebody else or in another workspace', { code: error.code })
  throw error
}
