import { type Store, sql } from '../../db/sql.js'
import { type Background, repeat, takeTurns } from '../repeated.js'
import { runRulesOf } from './run.js'
import type { RuleTargetKey } from './target.js'

const everyMs = 600_000

/**
 * Removes what rules let go, every ten minutes, until it is stopped: a batch of each workspace and organization in its turn.
 * Any number of processes may do so on one store.
 */
export function startRetention(store: Store, onFailure: (error: unknown) => void): Background {
  return repeat(everyMs, (isStopped) => runEverywhere(store, isStopped), onFailure)
}

/** One round. */
export async function runEverywhere(store: Store, isStopped: () => boolean): Promise<void> {
  const due = await store.$queryRaw<RuleTargetKey[]>(sql`
    select distinct r.organization_id as "organizationId", r.workspace_id as "workspaceId" from retention_rules r
    order by 1, 2`)
  await takeTurns(due, async (target) => ({ hasMore: (await runRulesOf(store, target)) > 0 }), isStopped)
}
