import { exportPieces } from '../../rest/dialects/dreadnode/trajectory-pieces.js'
import type { Execute } from '../../rest/route.js'
import type { ExportedSessionFragment } from '../documents.generated.js'
import type { Place } from '../gateway/connect.js'
import type { GatewayClient } from '../import/client.js'
import type { exportFormats } from './formats.js'

export interface DocumentOptions {
  format: (typeof exportFormats)[number]
  includeCompacted: boolean
}

/**
 * The JSON of a session in pieces, one a page of its transcript, as the REST API gives it; but what the messages of
 * Chat Completions do not tell of their session stands around them.
 */
export async function* documentPieces(
  client: GatewayClient,
  { organization, workspace }: Place,
  session: ExportedSessionFragment,
  { format, includeCompacted }: DocumentOptions,
): AsyncGenerator<string> {
  const execute: Execute = (document, variables) =>
    client.execute(document, variables).then(({ data }) => data)
  const place = { organization, workspace, id: session.uuid }
  const pieces = exportPieces(execute, { session: place, format, includeCompacted })
  if (format !== 'openai') return yield* pieces
  yield `${JSON.stringify(toHead(session)).slice(0, -1)},"messages":`
  yield* pieces
  yield '}'
}

function toHead({ uuid, title, model, agent, labels, origin }: ExportedSessionFragment) {
  return {
    ...{ id: uuid, title, model: model || null, agent },
    labels: Object.fromEntries(labels.map(({ key, values }) => [key, values])),
    origin: origin.toLowerCase(),
  }
}
