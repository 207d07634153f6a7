import { routesBelow, streamsBelow } from '../../route.js'
import type { Permission } from './documents.generated.js'
import { Refusal } from './errors.js'

const base = '/api/v1/org/{org}/ws/{workspace}'

/** Declares a look-up that names no organization. */
export const callerRoute = routesBelow<Permission>()('/api/v1')

/** Declares a look-up below an organization, which no workspace's role stands before. */
export const organizationRoute = routesBelow<Permission>()('/api/v1/org/{org}')

/** Declares a route of the workspace sessions API. */
export const route = routesBelow<Permission>()(base)

/** Declares a route of the workspace sessions API whose answer goes out in pieces. */
export const streamedRoute = streamsBelow<Permission>()(base)

/** The workspace that a path names, as GraphQL takes it. */
export function workspaceOf({ org, workspace }: { org: string; workspace: string }) {
  return { organization: org, workspace }
}

/** Refuses a key without the scope, where no role of a workspace is asked for (contract 1.4). */
export function requireScope({ scopes }: { scopes: readonly string[] }, scope: string): void {
  if (!scopes.includes(scope)) throw new Refusal('FORBIDDEN', `This needs a key with the scope ${scope}`)
}

/** The session that a path names, as GraphQL takes it, but for global ids: what is not hexadecimal names none. */
export function sessionOf(path: { org: string; workspace: string; session_id: string }) {
  return { ...workspaceOf(path), id: /^[0-9a-f-]+$/i.test(path.session_id) ? path.session_id : '' }
}

/** The evaluation's item that a path names, as GraphQL takes it. */
export function itemOf(path: { org: string; workspace: string; evaluation_id: string; item_id: string }) {
  return { ...workspaceOf(path), evaluation: path.evaluation_id, item: path.item_id }
}
