import { type Store, sql } from '../../db/prisma.js'
import { type Rounds, startRounds } from '../rounds.js'
import type { RulePlaceKey } from './place.js'
import { runRulesOf } from './run.js'

const everyMs = 600_000

/**
 * Removes what rules let go, every ten minutes, until it is stopped: a batch of each workspace and organization in its turn, so that a large one
 * keeps no other waiting. Any number of processes may do so on one store.
 */
export function startRetention(store: Store, onFailure: (error: unknown) => void): Rounds {
  return startRounds(everyMs, (isStopped) => runEverywhere(store, isStopped), onFailure)
}

/** One round. */
export async function runEverywhere(store: Store, isStopped: () => boolean): Promise<void> {
  let due = await store.$queryRaw<RulePlaceKey[]>(sql`
    select distinct r.organization_id as "organizationId", r.workspace_id as "workspaceId" from retention_rules r
    order by 1, 2`)
  while (due.length > 0 && !isStopped()) {
    const left: RulePlaceKey[] = []
    for (const place of due) {
      if (isStopped()) return
      if ((await runRulesOf(store, place)) > 0) left.push(place)
    }
    due = left
  }
}
