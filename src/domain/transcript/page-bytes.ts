import { type Sql, sql } from '../../db/sql.js'

/** What the rows of a page amount to at most, in bytes of text: a page ends before the row that goes beyond. */
export const MAX_PAGE_BYTES = 8 * 1024 * 1024

/**
 * The rows of a statement's `page`, numbered, with the bytes up to each. Sizes as stored, compressed, come without reading a value, and
 * say which rows are worth reading for their true size: a page costs what it gives, however large the rest is.
 */
export function withinBytes(order: Sql): Sql {
  const upTo = sql`over (order by ${order} rows between unbounded preceding and current row)`
  const stored = sql`octet_length(m.content) + coalesce(pg_column_size(m.metadata), 0) + coalesce(pg_column_size(m.tool_calls), 0)`
  const bytes = sql`octet_length(m.content) + coalesce(octet_length(m.metadata::text), 0) + coalesce(octet_length(m.tool_calls::text), 0)`
  return sql`
    select m.*, sum(case when m.stored_bytes <= ${MAX_PAGE_BYTES}::int then ${bytes}
      else ${MAX_PAGE_BYTES}::int + 1 end) ${upTo} as bytes
    from (
      select m.*, row_number() ${upTo} as number, count(*) over ()::int as found_count, sum(${stored}) ${upTo} as stored_bytes
      from page m) m`
}

/** Which of those rows a page holds: the first, whatever its size, and those after it that fit. */
export const fitsIntoPage = sql`(m.bytes <= ${MAX_PAGE_BYTES}::int or m.number = 1)`

/** How many rows were found before the large ones were left out. */
export const foundCount = sql`m.found_count as "foundCount"`

export interface Found {
  foundCount: number
}

/** Whether rows were left out for their size. */
export function isCut(rows: readonly Found[]): boolean {
  return rows.length < (rows[0]?.foundCount ?? 0)
}
