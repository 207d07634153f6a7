import {
  FindImportedDocument,
  ImportCompactionDocument,
  ImportMessagesDocument,
  ImportSessionDocument,
  type TranscriptContextInput,
} from '../documents.generated.js'
import { toBatches } from './batches.js'
import type { GatewayClient } from './client.js'
import { messageIdAt, sessionIdAt } from './identity.js'
import { Refusal } from './refusal.js'
import type { SourceMessage, SourceSession } from './source.js'

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
  const id = session.id ?? sessionIdAt(organization, workspace, session.place)
  const place = { organization, workspace, id }
  if (session.id !== undefined) await requireOwnMessages(client, place, session.messages)
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

interface SessionPlace {
  organization: string
  workspace: string
  id: string
}

/** Writes a stretch of a transcript; gives how many messages were new. */
type Write = (client: GatewayClient, place: SessionPlace) => Promise<number>

/** A transcript as writes in their order: messages under one context, and compactions. */
function* toStretches({ agent, model, messages }: SourceSession, id: string): Generator<Write> {
  const ownContext = { model, agent }
  let stretch: { context: TranscriptContextInput | null; messages: SourceMessage[] } | null = null
  for (const [index, { context = ownContext, replacesUpTo, ...given }] of messages.entries()) {
    const message = { ...given, id: given.id ?? messageIdAt(id, index) }
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

function append({
  context,
  messages,
}: {
  context: TranscriptContextInput | null
  messages: readonly SourceMessage[]
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

function compact(summary: SourceMessage, upToSeq: number): Write {
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
