import { v5 } from 'uuid'

export { sessionIdAt } from '../../rules/session-id.js'

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
