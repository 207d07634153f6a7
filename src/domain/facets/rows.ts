import { type Sql, sql } from '../../db/prisma.js'
import { matching, type SessionFilter, type SessionScope } from '../session/filter.js'
import { type SourceColumn, sessionsSource } from '../session/source.js'

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
  key: Sql
  value: Sql
  /** What tells labels apart. */
  groupBy: Sql
}

/** The matching sessions themselves, one a row. */
export function sessionRows(scope: SessionScope, filter: SessionFilter): ColumnRows {
  return {
    from: sql`sessions s`,
    where: matching(scope, filter),
    count: sql`count(*)`,
    columns: sessionsSource.columns,
  }
}

/** The labels of the matching sessions; only those of the keys, unless null. */
export function sessionLabelRows(
  scope: SessionScope,
  filter: SessionFilter,
  keys: readonly string[] | null,
): LabelRows {
  const ofKeys = keys === null ? sql`` : sql`and split_part(label, ':', 1) = any(${[...keys]}::text[])`
  return {
    from: sql`sessions s cross join unnest(s.labels) label`,
    where: sql`${matching(scope, filter)} ${ofKeys}`,
    count: sql`count(*)`,
    key: sql`split_part(label, ':', 1)`,
    value: sql`substr(label, strpos(label, ':') + 1)`,
    groupBy: sql`label`,
  }
}
