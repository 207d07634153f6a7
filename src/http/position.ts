import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Work } from '../work.js'

/** What answers to writes carry where the database has replicas, and what a client may send back, to any gateway of it. */
const positionHeader = 'Session-Gateway-Position'

/** Takes in how far the client says that it has written, and whether it may be answered by a replica; has it told how far the log is after a write. */
export function tellPositions(
  req: IncomingMessage,
  res: ServerResponse,
  work: Work,
  path: string | null,
): void {
  const sent = req.headers['session-gateway-position']
  work.position = typeof sent === 'string' ? sent : null
  // What GraphQL does, its operation tells.
  work.mayRead = path === '/graphql' || req.method === 'GET' || req.method === 'HEAD'
  work.tellPosition = (position) => {
    if (!res.headersSent) res.setHeader(positionHeader, position)
  }
}
