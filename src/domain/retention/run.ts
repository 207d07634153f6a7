import { anyOf, empty, type RetentionRule, type Sql, type Store, sql } from '../../db/sql.js'
import type { Viewer } from '../viewer.js'
import { type Foreseen, foresee, type Going, removeBatch } from './remove.js'
import { rulesOf } from './rules.js'
import { type RuleTarget, type RuleTargetKey, requireRoleIn } from './target.js'

/** What one call removed, and what is left to remove. */
export interface Removal extends Foreseen {
  removed: number
}

/**
 * Removes up to 100 sessions that the rules of the workspace, or those of the whole organization, let go, or only says which would go.
 * `FORBIDDEN` below ADMIN.
 */
export async function runRules(
  store: Store,
  viewer: Viewer,
  target: RuleTarget,
  isDryRun: boolean,
): Promise<Removal> {
  requireRoleIn(viewer, target, 'session:expire')
  const going = dueIn(target, await rulesOf(store, target))
  const removed = isDryRun ? 0 : await removeBatch(store, { viewer, act: 'expire_session' }, going)
  return { removed, ...(await foresee(store, going)) }
}

/** As `runRules`, for the gateway itself; gives how many went. */
export async function runRulesOf(store: Store, target: RuleTargetKey): Promise<number> {
  const going = dueIn(target, await rulesOf(store, target))
  return removeBatch(store, { viewer: gatewayOf(target), act: 'expire_session' }, going)
}

/** The gateway as it acts by itself. */
function gatewayOf({ organizationId, workspaceId }: RuleTargetKey): Viewer {
  return {
    keyId: organizationId,
    keyPrefix: null,
    organizationId,
    userId: null,
    workspaceId,
    defaultWorkspaceId: null,
    scopes: new Set(),
    from: { face: 'gateway', address: null, userAgent: null },
  }
}

/** The sessions that a rule lets go: never frozen ones, nor those that an evaluation refers to. */
function dueIn({ organizationId, workspaceId }: RuleTargetKey, rules: readonly RetentionRule[]): Going {
  const within = workspaceId === null ? empty : sql`and s.workspace_id = ${workspaceId}::uuid`
  return sql`s.organization_id = ${organizationId}::uuid ${within} and s.frozen_at is null and s.evaluation_id is null and ${anyOf(rules.map(dueBy))}`
}

function dueBy({ olderThanDays, label, archivedOnly }: RetentionRule): Sql {
  const limit = sql`now() - make_interval(days => ${olderThanDays}::int)`
  // Two conditions rather than one on their greatest, so that the index of each serves.
  const isOld = archivedOnly
    ? sql`s.archived_at < ${limit}`
    : sql`(s.last_message_at < ${limit} or (s.last_message_at is null and s.created_at < ${limit}))`
  return label === null ? isOld : sql`(${isOld} and s.labels @> array[${label}]::text[])`
}
