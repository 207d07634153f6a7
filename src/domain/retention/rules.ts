import { randomUUID } from 'node:crypto'
import { type Db, type RetentionRule, type Sql, type Store, sql } from '../../db/sql.js'
import type { Issue } from '../../rules/issue.js'
import { findLabelIssues } from '../../rules/label.js'
import { noted } from '../audit/note.js'
import { conflict, invalidInput, notFound } from '../errors.js'
import type { Viewer } from '../viewer.js'
import { type RuleTarget, type RuleTargetKey, requireRoleIn } from './target.js'

export type { RetentionRule }

/** What a client says of a rule. */
export interface RuleInput {
  /** Since the last message, or creation without one; of archived sessions since they were archived. */
  olderThanDays: number
  /** Only sessions with this label; absent and null take all. */
  label?: { key: string; value: string } | null
  /** Only archived sessions; absent and null take all. */
  archivedOnly?: boolean | null
}

const MAX_RULES = 50
const MAX_DAYS = 36_500

const ruleColumns = sql`r.organization_id as "organizationId", r.id, r.workspace_id as "workspaceId",
  r.older_than_days as "olderThanDays", r.label, r.archived_only as "archivedOnly", r.created_by_id as "createdById",
  r.created_at as "createdAt", r.updated_at as "updatedAt"`

/** The rules of a workspace, or of a whole organization, oldest first. `FORBIDDEN` below ADMIN. */
export function listRules(db: Db, viewer: Viewer, target: RuleTarget): Promise<RetentionRule[]> {
  requireRoleIn(viewer, target, 'retention:manage')
  return rulesOf(db, target)
}

/** As `listRules`, for the gateway itself. */
export function rulesOf(db: Db, { organizationId, workspaceId }: RuleTargetKey): Promise<RetentionRule[]> {
  return db.$queryRaw<RetentionRule[]>(sql`
    select ${ruleColumns} from retention_rules r
    where r.organization_id = ${organizationId}::uuid and r.workspace_id is not distinct from ${workspaceId}::uuid
    order by r.created_at, r.id`)
}

/** Makes a rule. `INVALID_INPUT` for what is no label or no number of days, `CONFLICT` beyond 50, `FORBIDDEN` below ADMIN. */
export function createRule(
  store: Store,
  viewer: Viewer,
  target: RuleTarget,
  input: RuleInput,
): Promise<RetentionRule> {
  requireRoleIn(viewer, target, 'retention:manage')
  requireSound(input)
  const { organizationId, workspaceId } = target
  return store.transact(async (db) => {
    await db.$queryRaw(
      workspaceId === null
        ? sql`select 1 from organizations o where o.id = ${organizationId}::uuid for no key update`
        : sql`select 1 from workspaces w where w.organization_id = ${organizationId}::uuid
            and w.id = ${workspaceId}::uuid for no key update`,
    )
    if ((await rulesOf(db, target)).length >= MAX_RULES)
      throw conflict(`There are at most ${MAX_RULES} rules`)
    const [rule] = await db.$queryRaw<RetentionRule[]>(
      noted(
        { viewer, act: 'create_retention_rule' },
        sql`insert into retention_rules as r (organization_id, id, workspace_id, older_than_days, label, archived_only, created_by_id)
        values (${organizationId}::uuid, ${randomUUID()}::uuid, ${workspaceId}::uuid, ${input.olderThanDays}::int,
          ${textOf(input)}, ${input.archivedOnly ?? false}, ${viewer.userId}::uuid)
        returning ${ruleColumns}`,
      ),
    )
    return rule as RetentionRule
  })
}

/** Changes the days of a rule. `NOT_FOUND` for one of another place, `FORBIDDEN` below ADMIN. */
export async function updateRule(
  db: Db,
  viewer: Viewer,
  target: RuleTarget,
  id: string,
  input: Pick<RuleInput, 'olderThanDays'>,
): Promise<RetentionRule> {
  requireRoleIn(viewer, target, 'retention:manage')
  requireSound(input)
  const [rule] = await db.$queryRaw<RetentionRule[]>(
    noted(
      { viewer, act: 'update_retention_rule' },
      sql`update retention_rules r set older_than_days = ${input.olderThanDays}::int,
        updated_at = moment_after(r.updated_at, now())
      where ${ruleIn(target, id)} returning ${ruleColumns}`,
    ),
  )
  if (rule === undefined) throw notFound('Retention rule')
  return rule
}

/** Deletes a rule, and gives it as it last was. `NOT_FOUND` for one of another place, `FORBIDDEN` below ADMIN. */
export async function deleteRule(
  db: Db,
  viewer: Viewer,
  target: RuleTarget,
  id: string,
): Promise<RetentionRule> {
  requireRoleIn(viewer, target, 'retention:manage')
  const [rule] = await db.$queryRaw<RetentionRule[]>(
    noted(
      { viewer, act: 'delete_retention_rule' },
      sql`delete from retention_rules r where ${ruleIn(target, id)} returning ${ruleColumns}`,
    ),
  )
  if (rule === undefined) throw notFound('Retention rule')
  return rule
}

function ruleIn({ organizationId, workspaceId }: RuleTargetKey, id: string): Sql {
  return sql`r.organization_id = ${organizationId}::uuid and r.workspace_id is not distinct from ${workspaceId}::uuid and r.id = ${id}::uuid`
}

/** The label as sessions hold it. */
const textOf = ({ label }: RuleInput) => (label ? `${label.key}:${label.value}` : null)

function requireSound({ olderThanDays, label }: RuleInput): void {
  const [issue, ...issues]: Issue[] = [
    ...(olderThanDays > MAX_DAYS
      ? [{ path: ['olderThanDays'], message: `Takes 1 to ${MAX_DAYS} days` }]
      : []),
    ...(label ? findLabelIssues({ [label.key]: [label.value] }, ['label']) : []),
  ]
  if (issue !== undefined) throw invalidInput(issue, ...issues)
}
