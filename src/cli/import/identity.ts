import { v5 } from 'uuid'
import type { WorkspaceRef } from '../../domain/tenancy/workspace.js'
import { sessionIdAt } from '../../rules/session-id.js'
import type { SourceIdentity } from './source.js'

export { sessionIdAt } from '../../rules/session-id.js'

/** The uuid of a session that its format names. */
export function sessionIdOf(
  identity: Exclude<SourceIdentity, { by: 'content' }>,
  { organization, workspace }: WorkspaceRef,
): string {
  return identity.by === 'id' ? identity.id : sessionIdAt(organization, workspace, identity.identityPath)
}

/** The id of the row with this index in its session, which also tells the rows up to it. */
export function messageIdAt(sessionId: string, index: number, digest: string): string {
  return idIn(sessionId, `${index} ${digest}`)
}

/** As earlier versions made it, from the index alone. */
export function formerMessageIdAt(sessionId: string, index: number): string {
  return idIn(sessionId, String(index))
}

/** The id of the group of a session and those of the agents that it called. */
export function subagentGroupId(parentSessionId: string): string {
  return idIn(parentSessionId, 'subagents')
}

/** The namespace as bytes: as a text it must be of a version that RFC 9562 has, which ids of traces are not. */
function idIn(sessionId: string, name: string): string {
  return v5(name, Buffer.from(sessionId.replaceAll('-', ''), 'hex'))
}
