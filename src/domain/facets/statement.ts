import { type Db, join, prepare, raw, type Sql, sql } from '../../db/prisma.js'
import type { PageRow } from './paging.js'

/** A statement of facet pages in the making. Whatever it reads, it reads in one snapshot. */
export interface FacetStatement {
  /** A subquery of one row: the `version` of the roll-ups, or null. */
  version: Sql
  relations: Sql[]
  /** Subqueries of `PageRow`s. */
  pages: Sql[]
}

/** What a statement gives: the version, and the rows of each request by its number. */
export interface FacetRows {
  version: string | null
  of: (number: number) => PageRow[]
}

/** Adds a relation, which is read once however many pages need it; gives its name. */
export function addRelation({ relations }: FacetStatement, rows: Sql): Sql {
  const name = raw(`counted_${relations.length}`)
  // Each is planned by itself: as arms of one union they would share the workers of a parallel plan.
  relations.push(sql`${name} as materialized (${rows})`)
  return name
}

/** Runs it. With `isPlannedOnce` its plan is kept, which pays where one plan is as good for any value as for another. */
export async function runFacetStatement(
  db: Db,
  { version, relations, pages }: FacetStatement,
  { isPlannedOnce }: { isPlannedOnce: boolean },
): Promise<FacetRows> {
  const statement =
    pages.length === 0
      ? version
      : sql`
        with ${join([sql`folded as materialized (${version})`, ...relations])}
        select folded.version, page.* from folded left join ((${join(pages, ') union all (')})) page on true`
  const rows = await db.$queryRaw<Row[]>(isPlannedOnce ? prepare(statement) : statement)
  return {
    version: rows[0]?.version ?? null,
    of: (number) => rows.filter((row): row is PageRow & Row => row.request === number),
  }
}

/** Where no page has a value, the version stands alone. */
type Row = (PageRow | { request?: null }) & { version: string | null }
