import { routesBelow, streamsBelow } from '../../route.js'
import type { SessionAct } from './documents.generated.js'

const base = '/api/v1/org/{org}/ws/{workspace}'

/** Declares a route of the workspace sessions API. */
export const route = routesBelow<SessionAct>()(base)

/** Declares a route of the workspace sessions API whose answer goes out in pieces. */
export const streamedRoute = streamsBelow<SessionAct>()(base)

/** The workspace that a path names, as GraphQL takes it. */
export function workspaceOf({ org, workspace }: { org: string; workspace: string }) {
  return { organization: org, workspace }
}

/** The session that a path names, as GraphQL takes it, but for global ids: what is not hexadecimal names none. */
export function sessionOf(path: { org: string; workspace: string; session_id: string }) {
  return { ...workspaceOf(path), id: /^[0-9a-f-]+$/i.test(path.session_id) ? path.session_id : '' }
}

/** The evaluation's item that a path names, as GraphQL takes it. */
export function itemOf(path: { org: string; workspace: string; evaluation_id: string; item_id: string }) {
  return { ...workspaceOf(path), evaluationId: path.evaluation_id, itemId: path.item_id }
}
