import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { exportPieces } from '../../rest/dialects/dreadnode/trajectory-pieces.js'
import type { Execute } from '../../rest/route.js'
import {
  ExportAnnotationsDocument,
  type ExportAnnotationsQuery,
  type ExportAnnotationsQueryVariables,
  type ExportedSessionFragment,
} from '../documents.generated.js'
import { namedByAliases, withoutAliases } from '../gateway/aliases.js'
import type { GatewayClient } from '../gateway/client.js'
import type { exportFormats } from './formats.js'

export interface DocumentOptions {
  format: (typeof exportFormats)[number]
  includeCompacted: boolean
}

/**
 * The JSON of a session in pieces, one a page of its transcript: as the REST API gives it, and all else that is kept beside it.
 * `onLeftOut` hears the kinds of what the format has no room for.
 */
export async function* documentPieces(
  client: GatewayClient,
  { organization, workspace }: WorkspaceRef,
  session: ExportedSessionFragment,
  { format, includeCompacted }: DocumentOptions,
  onLeftOut: (kinds: readonly string[]) => void,
): AsyncGenerator<string> {
  const execute: Execute = async (document, variables) => {
    const { data } = await client.execute(withoutAliases(document) as typeof document, variables)
    return namedByAliases(document, data) as typeof data
  }
  const workspaceRef = { organization, workspace, id: session.uuid }
  const notes = { annotations: await annotationsOf(execute, workspaceRef), rewinds: rewindsOf(session) }
  const noted = Object.entries(notes).filter(([, list]) => list.length > 0)
  const beside = { ...besideOf(session), ...(format === 'native' ? Object.fromEntries(noted) : {}) }
  const extended = { session: beside, onLeftOut }
  const pieces = exportPieces(execute, { session: workspaceRef, format, includeCompacted, extended })
  if (format !== 'native') onLeftOut([...statesOf(session), ...noted.map(([kind]) => kind)])
  if (format !== 'openai') return yield* pieces
  yield `${JSON.stringify({ ...toHead(session), ...beside }).slice(0, -1)},"messages":`
  yield* pieces
  yield '}'
}

function toHead({ uuid, title, model, agent, labels, origin, createdAt }: ExportedSessionFragment) {
  return {
    id: uuid,
    title,
    model: model || null,
    agent,
    labels: Object.fromEntries(labels.map(({ key, values }) => [key, values])),
    origin: origin.toLowerCase(),
    created_at: createdAt,
  }
}

/** What documents tell of a session beyond the contract; unset members are left out. */
function besideOf({ titleSource, runtimeId, messageCount, usage }: ExportedSessionFragment) {
  return {
    ...(titleSource === null ? {} : { title_source: titleSource.toLowerCase() }),
    ...(runtimeId === null ? {} : { runtime_id: runtimeId }),
    // A counter that a client sent; else it is the number of rows.
    ...(messageCount > usage.totalMessageCount ? { message_count: messageCount } : {}),
  }
}

/** What was said of a session and of its messages, as a native bundle tells it. */
async function annotationsOf(execute: Execute, session: ExportAnnotationsQueryVariables): Promise<object[]> {
  const groups: object[] = []
  for (let after: string | null = null; ; ) {
    const variables: ExportAnnotationsQueryVariables = { ...session, after }
    const { workspace }: ExportAnnotationsQuery = await execute(ExportAnnotationsDocument, variables)
    const { edges, pageInfo } = workspace.session.annotations
    for (const { node } of edges) {
      const { uuid: id, messageUuid, name, source, score, label, note, createdBy, createdAt } = node
      groups.push({
        id,
        message_id: messageUuid,
        name,
        source: source.toLowerCase(),
        score,
        label,
        note,
        created_by: createdBy?.email ?? null,
        created_at: createdAt,
      })
    }
    if (!pageInfo.hasNextPage) return groups
    after = pageInfo.endCursor
  }
}

function rewindsOf({ rewinds }: ExportedSessionFragment): object[] {
  return rewinds.map(({ fromSeq, messageCount, at }) => ({
    from_seq: fromSeq,
    message_count: messageCount,
    at,
  }))
}

/** Kinds of what a session has in its workspace, which only a native bundle tells. */
function statesOf(session: ExportedSessionFragment): string[] {
  const { groupId, projectId, archivedAt, frozenAt, pinnedAt } = session
  const states = {
    groups: groupId,
    projects: projectId,
    archiving: archivedAt,
    freezing: frozenAt,
    pins: pinnedAt,
  }
  return Object.entries(states).flatMap(([kind, value]) => (value === null ? [] : [kind]))
}
