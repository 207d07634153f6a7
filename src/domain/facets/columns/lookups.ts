import { type Db, type Sql, sql } from '../../../db/sql.js'
import { columnOf } from '../../session/fields.js'
import { matching, needsOf, type SessionFilter, type SessionScope } from '../../session/filter.js'
import { namedAsJson } from '../../tenancy/select-list.js'
import { nobody, type WorkspaceKey } from '../../viewer.js'
import { dimensionOf, isNamed, type NamedDimension, namedDimensions } from '../dimensions.js'
import type { PlannedQuestion } from '../question.js'
import { type Lookups, toBuffer } from './change-log.js'
import { changedSince, type Seen, seenOf } from './snapshot.js'
import type { WorkspaceColumns } from './workspace-columns.js'

/** What questions need of the database beside the columns. */
export interface Needs {
  pins: boolean
  agentIds: readonly string[]
  /** Of each dimension of ids that is asked for: the chosen ones, which may have no session. */
  named: ReadonlyMap<NamedDimension, readonly string[]>
}

/** What has to be looked up to answer all of these questions. */
export function needsOfAll(questions: readonly PlannedQuestion[], { userId }: SessionScope): Needs {
  const each = questions.map(({ filter }) => needsOf(filter))
  const named = new Map<NamedDimension, string[]>()
  for (const { filter, requests } of questions)
    for (const { dimension, withChosen } of requests) {
      if (!isNamed(dimension)) continue
      const chosen = withChosen ? (dimensionOf(dimension).chosen?.(filter, userId) ?? []) : []
      named.set(dimension, [...(named.get(dimension) ?? []), ...chosen])
    }
  return {
    pins: each.some(({ pins }) => pins),
    agentIds: [...new Set(each.flatMap(({ agentIds }) => agentIds))],
    named,
  }
}

/** What a search found, in the snapshot that it saw. */
export interface Found {
  seen: Seen
  ids: Buffer
  /** What it looked for, as a condition on `sessions s`. */
  where: Sql
}

/** Looks for what only the database finds, by itself: others need not wait for it. */
export async function search(
  db: Db,
  workspaceKey: WorkspaceKey,
  scope: SessionScope,
  { filter, batches }: PlannedQuestion,
): Promise<Found> {
  const where = matching(
    scope,
    commonPart(
      filter,
      batches.map((batch) => batch.filter),
    ),
  )
  const [row] = await db.$queryRaw<(Seen & { ids: Uint8Array | null })[]>(sql`
    select seen.*, (select string_agg(uuid_send(s.id), '') from sessions s where ${where}) as ids
    from (${seenOf(workspaceKey)}) seen`)
  if (row === undefined)
    throw new Error(`No search in ${workspaceKey.organizationId}/${workspaceKey.workspaceId}`)
  const { ids, ...seen } = row
  return { seen, ids: ids === null ? Buffer.alloc(0) : toBuffer(ids), where }
}

/** The members that a filter has in common with others made of it: what passes any of them passes this one. */
function commonPart(filter: SessionFilter, others: readonly SessionFilter[]): SessionFilter {
  const common: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(filter) as [keyof SessionFilter, unknown][])
    if (others.every((other) => other[name] === value)) common[name] = value
  if (others.some((other) => (other.archived ?? null) !== (filter.archived ?? null))) common.archived = 'ANY'
  return common as SessionFilter
}

/** The look-ups of questions; those of a search mend it to the snapshot that they see. */
export function lookupsOf(
  columns: WorkspaceColumns,
  workspaceKey: WorkspaceKey,
  scope: SessionScope,
  { pins, agentIds, named }: Needs,
  searches: readonly (Found | null)[],
): Lookups {
  const { organizationId } = scope
  const lookups: Record<string, Sql> = {}
  if (pins)
    lookups.pins = sql`select string_agg(uuid_send(p.session_id), '') from pins p
      where p.organization_id = ${organizationId}::uuid and p.user_id = ${scope.userId ?? nobody}::uuid`
  if (agentIds.length > 0)
    lookups.agentNames = sql`select coalesce(json_agg(json_build_array(n.public_id, n.name)), '[]') from public_names n
      where n.organization_id = ${organizationId}::uuid and n.kind = 'agent' and n.public_id = any(${agentIds}::text[])`
  for (const [dimension, chosen] of named)
    lookups[dimension] = namedRows(dimension, columns, workspaceKey, chosen)
  for (const [number, found] of searches.entries()) {
    if (found === null) continue
    const touched = changedSince(workspaceKey, found.seen.snapshot)
    lookups[`touched${number}`] = sql`select string_agg(uuid_send(t.session_id), '') from (${touched}) t`
    lookups[`found${number}`] = sql`select string_agg(uuid_send(s.id), '') from sessions s
      where s.id in (${touched}) and ${found.where}`
  }
  return lookups
}

/** The users or projects whose ids the columns have, those of sessions that have just changed among them, and chosen ones. */
function namedRows(
  dimension: NamedDimension,
  columns: WorkspaceColumns,
  { organizationId }: WorkspaceKey,
  chosen: readonly string[],
): Sql {
  const { field, named } = namedDimensions[dimension]
  const { table } = columns.codes[field]
  const listed = Array.from({ length: table.size - 1 }, (_, at) => table.hexOf(at + 1))
  return sql`
    select coalesce(json_agg(${namedAsJson(named.columns)}), '[]') from ${named.table} n where ${named.within(organizationId)} n.id in (
      select unnest(${[...listed, ...chosen]}::uuid[]) union select ${columnOf(field)} from changed c
      join sessions s on s.organization_id = ${organizationId}::uuid and s.id = c.session_id)`
}
