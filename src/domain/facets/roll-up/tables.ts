import { join, raw, type Sql, sql } from '../../../db/prisma.js'

/** A table of counts: what it holds of each session, and which columns tell its rows apart. */
export interface RollUp {
  table: Sql
  /** The unique key, in the order in which rows are written. */
  key: readonly string[]
  /** Every column but `count`. */
  columns: readonly string[]
  /** The rows that a relation of `weigh`ed sessions adds: these columns and `weight`. */
  rowsOf: (weighed: Sql) => Sql
}

/** The audience of a session that its whole workspace sees; a private one has its owner's id. */
export const SHARED = '00000000-0000-0000-0000-000000000000'

const place = ['organization_id', 'workspace_id'] as const
const state = ['audience', 'archived', 'frozen', 'origin'] as const
const singles = ['owner_id', 'project_id', 'agent', 'model'] as const

/** The values that a session counts under, by the name of the facet dimension. */
const values = sql`
  values ('users', owner_id::text), ('projects', project_id::text), ('agents', agent), ('models', nullif(model, ''))
  union all select 'labels', label from unnest(labels) label`

const facetValues: RollUp = {
  table: sql`facet_values`,
  key: [...place, 'audience', 'dimension', 'archived', 'origin', 'frozen', 'value'],
  columns: [...place, ...state, 'dimension', 'value'],
  rowsOf: (weighed) => sql`
    select ${listed([...place, ...state])}, dimension, value, weight from ${weighed} w
    cross join lateral (${values}) v (dimension, value) where value is not null`,
}

const combined = [...place, ...state, 'visibility', ...singles]

const facetCombinations: RollUp = {
  table: sql`facet_combinations`,
  key: [...place, 'id'],
  columns: [...combined, 'id'],
  rowsOf: (weighed) => sql`select ${listed(combined)}, combination_id as id, weight from ${weighed} w`,
}

const facetLabels: RollUp = {
  table: sql`facet_labels`,
  key: [...place, 'combination_id', 'label'],
  columns: [...place, 'combination_id', 'label'],
  rowsOf: (weighed) => sql`
    select ${listed([...place, 'combination_id'])}, label, weight from ${weighed} w cross join unnest(labels) label
    where label is not null`,
}

/** Every roll-up, as folding, checking and rebuilding walk them. */
export const rollUps: readonly RollUp[] = [facetValues, facetCombinations, facetLabels]

/** Tells readers that the roll-ups of these workspaces change. */
export function newVersions(workspaces: Sql): Sql {
  return sql`
    insert into facet_versions (organization_id, workspace_id, version)
    select organization_id, workspace_id, gen_random_uuid() from (${workspaces}) changed
    on conflict (organization_id, workspace_id) do update set version = excluded.version`
}

/** The sessions as the trigger writes them down, each once. */
export const sessionsAsDeltas: Sql = sql`
  select organization_id, workspace_id, 1 as weight, owner_id, visibility, archived_at is not null as archived,
    frozen_at is not null as frozen, origin, project_id, agent, model, labels
  from sessions`

/** Deltas with the audience and the combination that they count under. */
export function weigh(deltas: Sql): Sql {
  return sql`
    select d.organization_id, d.workspace_id, d.weight::int as weight, d.owner_id, d.visibility, d.archived, d.frozen,
      d.origin, d.project_id, d.agent, d.model, d.labels,
      case d.visibility when 'workspace' then ${raw(`'${SHARED}'`)}::uuid else d.owner_id end as audience,
      encode(substr(sha256(convert_to(
        row(d.owner_id, d.visibility, d.archived, d.frozen, d.origin, d.project_id, d.agent, d.model)::text, 'UTF8'
      )), 1, 16), 'hex')::uuid as combination_id
    from (${deltas}) d`
}

/** What weighed sessions come to in a roll-up: its columns and a `count` that is not zero. */
export function netOf({ columns, rowsOf }: RollUp, weighed: Sql): Sql {
  return sql`
    select ${listed(columns)}, sum(weight)::int as count from (${rowsOf(weighed)}) counted
    group by ${listed(columns)} having sum(weight) <> 0`
}

/** Column names as a list, each with a prefix such as `c.`. */
export function listed(names: readonly string[], prefix = ''): Sql {
  return raw(names.map((name) => prefix + name).join(', '))
}

/** That two rows have the same key. */
export function sameKey({ key }: RollUp, left: string, right: string): Sql {
  return join(
    key.map((name) => raw(`${left}.${name} = ${right}.${name}`)),
    ' and ',
  )
}

const pending = sql`(${weigh(sql`select * from facet_deltas`)})`

/** Roll-up and pending deltas as one relation `c`, so that one statement sees each change on one side. */
export const counts = {
  /** Of a value each: `dimension`, `value`, `weight`. */
  values: sql`(
    select ${listed(facetValues.columns)}, count as weight from facet_values union all ${facetValues.rowsOf(pending)}) c`,
  /** Of a combination each. */
  combinations: bothSides({
    folded: sql`(select *, count as weight from facet_combinations) f`,
    pending: sql`${pending} w`,
  }),
}

/** The two sides of combinations, to be narrowed each by itself: rows `c` with their `weight`. */
export const combinationSides = {
  /** With the key that their labels are found by. */
  folded: sql`select c.*, c.count as weight from facet_combinations c`,
  /** With their `labels`. */
  pending: sql`select c.* from ${pending} c`,
}

/** Names of relations that narrow the two sides. */
export interface CombinationSides {
  folded: Sql
  pending: Sql
}

/** Both sides as one relation `c`. */
export function bothSides({ folded, pending }: CombinationSides): Sql {
  return sql`(
    select ${listed(combined)}, weight from ${folded} union all select ${listed(combined)}, weight from ${pending}) c`
}

/** The labels of each side as a relation `c`: `label`, `weight`. OFFSET keeps the join to look-ups by key. */
export function labelsOfSides({ folded, pending }: CombinationSides): Record<keyof CombinationSides, Sql> {
  return {
    folded: sql`(
      select l.label, l.count as weight from ${folded} m cross join lateral (
        select label, count from facet_labels l
        where l.organization_id = m.organization_id and l.workspace_id = m.workspace_id and l.combination_id = m.id offset 0
      ) l) c`,
    pending: sql`(
      select label, weight from ${pending} m cross join unnest(labels) label where label is not null) c`,
  }
}
