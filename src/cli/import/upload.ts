import { CheckImportDocument, ImportMessagesDocument, ImportSessionDocument } from '../documents.generated.js'
import { toBatches } from './batches.js'
import type { GatewayClient } from './client.js'
import { messageIdAt, sessionIdAt } from './identity.js'
import type { SourceSession } from './source.js'

export interface ImportTarget {
  organization: string
  workspace: string
  visibility: 'PRIVATE' | 'WORKSPACE'
}

export type UploadOutcome = 'created' | 'updated' | 'skipped'

/** Asks the gateway whether it is there and the key may write to the workspace; gives the role. */
export async function checkTarget(
  client: GatewayClient,
  { organization, workspace }: ImportTarget,
): Promise<string> {
  const { data } = await client.execute(CheckImportDocument, { organization, workspace }, 2)
  return data.workspace.viewerRole
}

/** Brings one session and its messages to the gateway; what is there already stays as it is. */
export async function uploadSession(
  client: GatewayClient,
  { organization, workspace, visibility }: ImportTarget,
  session: SourceSession,
): Promise<{ outcome: UploadOutcome; appended: number }> {
  const id = sessionIdAt(organization, workspace, session.place)
  const labels = Object.entries(session.labels).map(([key, values]) => ({ key, values }))
  const saved = await client.execute(ImportSessionDocument, {
    input: {
      ...{ organization, workspace, id, visibility },
      ...{ title: session.title, agent: session.agent, model: session.model, origin: session.origin },
      // No labels leave those that somebody gave it since.
      labels: labels.length === 0 ? null : labels,
      messageCount: session.messages.length,
    },
  })
  const messages = session.messages.map((message, index) => ({ ...message, id: messageIdAt(id, index) }))
  const context = { model: session.model, agent: session.agent }
  let appended = 0
  for (const batch of toBatches(messages)) {
    const input = { organization, workspace, id, messages: batch, context }
    const { data } = await client.execute(ImportMessagesDocument, { input })
    appended += data.appendTranscript.appendedCount
  }
  const { outcome, session: stored } = saved.data.saveSession
  // A repeated save may find what its first try, whose answer was lost, had just created.
  const isNew = saved.repeated && stored.lastMessageAt === null && stored.createdAt === stored.updatedAt
  if (outcome === 'CREATED' || isNew) return { outcome: 'created', appended }
  return { outcome: outcome === 'UPDATED' || appended > 0 ? 'updated' : 'skipped', appended }
}
