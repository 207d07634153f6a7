import { join, raw, type Sql, sql } from '../../db/prisma.js'
import { covers, matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import { type FilterSource, type SourceColumn, sessionsSource } from '../session/source.js'
import type { Dimension } from './dimensions.js'
import { keyOfLabel } from './label.js'
import { combinationsSource, valuesSource } from './roll-up/sources.js'
import {
  bothSides,
  type CombinationSides,
  combinationSides,
  counts,
  labelsOfSides,
} from './roll-up/tables.js'

/**
 * Rows that stand for sessions: the one thing counting knows about where its numbers come from. A relation of
 * ready-made counts serves as well as the table, if it covers the filter: its rows weigh more than one session.
 */
export interface CountedRows {
  from: Sql
  /** Which rows count: those of the scope that pass the filter. */
  where: Sql
  /** How many sessions a set of rows stands for: an aggregate, 0 where additions and removals cancel out. */
  count: Sql
}

/** Rows with the columns that single-valued dimensions come from. */
export interface ColumnRows extends CountedRows {
  columns: Partial<Record<SourceColumn, Sql>>
}

/** Rows of one label each. */
export interface LabelRows extends CountedRows {
  /** `key:value` */
  label: Sql
}

/** The single-valued dimensions that have ready values, as tables.ts writes them. */
export const valueDimensions: readonly Dimension[] = ['users', 'projects', 'agents', 'models']

const weight = sql`sum(c.weight)`

/** Whether the smallest roll-up answers: one row a value, whatever else the sessions are. */
export function hasReadyValues(filter: SessionFilter): boolean {
  return covers(valuesSource, filter)
}

/** Ready counts of whole dimensions: `dimension` and `value`; the filter has to have ready values. */
export function valueRows(scope: SessionScope, filter: SessionFilter): CountedRows {
  return { from: counts.values, where: matching(scope, filter, valuesSource), count: weight }
}

/** Whether rows of `sessions` themselves have to be read. */
export function needsSessions(filter: SessionFilter): boolean {
  return !covers(combinationsSource, filter)
}

/** The matching sessions, one or more a row: from the smallest relation that covers the filter and the columns. */
export function columnRows(
  scope: SessionScope,
  filter: SessionFilter,
  columns: readonly SourceColumn[],
): ColumnRows {
  const offers = (source: FilterSource) => columns.every((column) => source.columns[column] !== undefined)
  if (hasReadyValues(filter) && offers(valuesSource)) {
    // Every session has one owner, so the counts by owner stand for all.
    const where = sql`${matching(scope, filter, valuesSource)} and c.dimension = 'users'`
    return { from: counts.values, where, count: weight, columns: valuesSource.columns }
  }
  if (!needsSessions(filter) && offers(combinationsSource)) {
    const where = matching(scope, filter, combinationsSource)
    return { from: counts.combinations, where, count: weight, columns: combinationsSource.columns }
  }
  return {
    from: sql`sessions s`,
    where: matching(scope, filter),
    count: sql`count(*)`,
    columns: sessionsSource.columns,
  }
}

/** The labels of the matching sessions, of ready values if there are any; only those of the keys, unless null. */
export function labelRows(
  scope: SessionScope,
  filter: SessionFilter,
  keys: readonly string[] | null,
): LabelRows {
  if (hasReadyValues(filter)) {
    const { from, where, count } = valueRows(scope, filter)
    return ofLabel(sql`c.value`, { from, where: sql`${where} and c.dimension = 'labels'`, count }, keys)
  }
  return unnested(sql`sessions s where ${matching(scope, filter)}`, sql`s.labels`, keys)
}

/** The matching sessions with these columns and their labels, as a relation that several tallies read. */
export function sharedSessions(
  scope: SessionScope,
  filter: SessionFilter,
  columns: readonly SourceColumn[],
): Sql {
  const picked = columns.map((column) => sql`${sessionsSource.columns[column]} as ${nameOf(column)}`)
  return sql`select ${join([...picked, sql`s.labels`])} from sessions s where ${matching(scope, filter)}`
}

/** Rows of such a relation. */
export function sharedColumnRows(from: Sql, columns: readonly SourceColumn[]): ColumnRows {
  return { ...eachOnce, from, columns: Object.fromEntries(columns.map((column) => [column, nameOf(column)])) }
}

/** Their labels; only those of the keys, unless null. */
export function sharedLabelRows(from: Sql, keys: readonly string[] | null): LabelRows {
  return unnested(from, sql`labels`, keys)
}

/** The matching combinations, as two relations that several tallies read. */
export function matchingSides(scope: SessionScope, filter: SessionFilter): CombinationSides {
  const where = matching(scope, filter, combinationsSource)
  return {
    // In the order in which their labels stand, so that looking them up does not leap about.
    folded: sql`${combinationSides.folded} where ${where} order by c.id`,
    pending: sql`${combinationSides.pending} where ${where}`,
  }
}

/** Rows of such relations. */
export function columnRowsOfSides(sides: CombinationSides): ColumnRows {
  return { from: bothSides(sides), where: sql`true`, count: weight, columns: combinationsSource.columns }
}

/** Their labels, side by side; only those of the keys, unless null. */
export function labelRowsOfSides(sides: CombinationSides, keys: readonly string[] | null): LabelRows[] {
  const labels = labelsOfSides(sides)
  return [labels.folded, labels.pending].map((from) =>
    ofLabel(sql`c.label`, { from, where: sql`true`, count: weight }, keys),
  )
}

const eachOnce = { where: sql`true`, count: sql`count(*)` }
/** In the select list, which is twice as fast as in a lateral join. */
function unnested(sessions: Sql, labels: Sql, keys: readonly string[] | null): LabelRows {
  return ofLabel(
    sql`label`,
    { ...eachOnce, from: sql`(select unnest(${labels}) as label from ${sessions}) l` },
    keys,
  )
}

const nameOf = (column: SourceColumn) => raw(`"${column}"`)

function ofLabel(label: Sql, rows: CountedRows, keys: readonly string[] | null): LabelRows {
  if (keys === null) return { ...rows, label }
  return { ...rows, label, where: sql`${rows.where} and ${keyOfLabel(label)} = any(${[...keys]}::text[])` }
}

/** A statement's subquery of one row: how many sessions match, as `total`. */
export function totalOf(scope: SessionScope, filter: SessionFilter): Sql {
  const { from, where, count } = columnRows(scope, filter, [])
  return sql`select coalesce(${count}, 0)::int as total from ${from} where ${where}`
}
