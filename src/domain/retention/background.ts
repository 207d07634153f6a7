import { type Store, sql } from '../../db/prisma.js'
import { type Rounds, startRounds, takeTurns } from '../rounds.js'
import type { RulePlaceKey } from './place.js'
import { runRulesOf } from './run.js'

const everyMs = 600_000

/**
 * Removes what rules let go, every ten minutes, until it is stopped: a batch of each workspace and organization in its turn.
 * Any number of processes may do so on one store.
 */
export function startRetention(store: Store, onFailure: (error: unknown) => void): Rounds {
  return startRounds(everyMs, (isStopped) => runEverywhere(store, isStopped), onFailure)
}

/** One round. */
export async function runEverywhere(store: Store, isStopped: () => boolean): Promise<void> {
  const due = await store.$queryRaw<RulePlaceKey[]>(sql`
    select distinct r.organization_id as "organizationId", r.workspace_id as "workspaceId" from retention_rules r
    order by 1, 2`)
  await takeTurns(due, async (place) => ({ hasMore: (await runRulesOf(store, place)) > 0 }), isStopped)
}
