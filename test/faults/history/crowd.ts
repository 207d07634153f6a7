import type { Draws } from '../../../src/cli/seed/draws.js'
import type { Answer } from './ask.js'
import type { Solitary } from './held.js'
import type { Operation, Record } from './record.js'
import type { World } from './world.js'

/** A session that clients write to, and whose key may. */
export interface Known {
  id: string
  key: string
  /** Whether any client has asked for its end, after which it is left alone. */
  ending: boolean
}

/** What clients of one run share. */
export interface Crowd {
  world: World
  record: Record
  sessions: Known[]
  /** Those to which one client alone writes. */
  solitary: Solitary[]
  /** Ids of projects. */
  projects: string[]
}

export const place = 'organization: "acme", workspace: "main"'

export const portOf = ({ world }: Crowd, draws: Draws) => draws.pick(world.gateways).port

/** Sends what an operation is, and notes what came back. */
export async function note(
  { record }: Crowd,
  made: Omit<Operation, 'begunAt' | 'endedAt' | 'outcome'>,
  send: () => Promise<Answer>,
): Promise<Answer> {
  const begunAt = performance.now()
  const answer = await send()
  record.operations.push({ ...made, begunAt, endedAt: performance.now(), outcome: answer.outcome })
  const code = answer.body?.errors?.[0]?.extensions?.code
  if (answer.status === 500 || code === 'INTERNAL_SERVER_ERROR')
    record.violate(
      `${made.face}: ${made.kind} was an internal error: ${JSON.stringify(answer.body).slice(0, 300)}`,
    )
  return answer
}
