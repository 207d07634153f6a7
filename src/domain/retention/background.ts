import { type Store, sql } from '../../db/prisma.js'
import { type Rounds, startRounds } from '../rounds.js'
import type { WorkspaceKey } from '../viewer.js'
import { runRulesOf } from './run.js'

const everyMs = 600_000

/**
 * Removes what rules let go, every ten minutes, until it is stopped: a batch of each workspace in its turn, so that a large one
 * keeps no other waiting. Any number of processes may do so on one store.
 */
export function startRetention(store: Store, onFailure: (error: unknown) => void): Rounds {
  return startRounds(everyMs, (isStopped) => runEverywhere(store, isStopped), onFailure)
}

/** One round. */
export async function runEverywhere(store: Store, isStopped: () => boolean): Promise<void> {
  let due = await store.$queryRaw<WorkspaceKey[]>(sql`
    select distinct r.organization_id as "organizationId", r.workspace_id as "workspaceId" from retention_rules r
    order by 1, 2`)
  while (due.length > 0 && !isStopped()) {
    const left: WorkspaceKey[] = []
    for (const workspaceKey of due) {
      if (isStopped()) return
      if ((await runRulesOf(store, workspaceKey)) > 0) left.push(workspaceKey)
    }
    due = left
  }
}
