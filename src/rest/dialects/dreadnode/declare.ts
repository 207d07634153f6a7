import { routesBelow } from '../../route.js'
import type { SessionAct } from './documents.generated.js'

/** Declares a route of the workspace sessions API. */
export const route = routesBelow<SessionAct>()('/api/v1/org/{org}/ws/{workspace}')

/** The workspace that a path names, as GraphQL takes it. */
export function workspaceOf({ org, workspace }: { org: string; workspace: string }) {
  return { organization: org, workspace }
}

/** The session that a path names, as GraphQL takes it. */
export function sessionOf(path: { org: string; workspace: string; session_id: string }) {
  return { ...workspaceOf(path), id: path.session_id }
}
