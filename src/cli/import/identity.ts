import { v5 } from 'uuid'

/** Fixed for ever: importing again finds what was imported by these ids. */
const NAMESPACE = '1f6c2d94-7a0e-4b35-8d21-c9e4f7a3b650'

/** The id of a session that stands at this place among the imports of a workspace. */
export function sessionIdAt(organization: string, workspace: string, place: readonly string[]): string {
  return v5(JSON.stringify([organization, workspace, ...place]), NAMESPACE)
}

/** The id of the row with this index in its session, which also tells the rows up to it. */
export function messageIdAt(sessionId: string, index: number, digest: string): string {
  return v5(`${index} ${digest}`, sessionId)
}

/** As earlier versions made it, from the index alone. */
export function formerMessageIdAt(sessionId: string, index: number): string {
  return v5(String(index), sessionId)
}

/** The id of the group of a session and those of the agents that it called. */
export function subagentGroupId(parentSessionId: string): string {
  return v5('subagents', parentSessionId)
}
