import { type Db, join, prepare, raw, type Sql, sql } from '../../db/prisma.js'

/** A statement of facets in the making. Whatever it reads, it reads in one snapshot. */
export interface FacetStatement {
  /** A subquery of one row: the `version` of what is counted, or null. */
  version: Sql
  relations: Sql[]
  /** Subqueries of one JSON value. */
  answers: Sql[]
}

/** Adds a relation, which is read once however many answers need it; gives its name. */
export function addRelation({ relations }: FacetStatement, rows: Sql): Sql {
  const name = raw(`counted_${relations.length}`)
  // Each is planned by itself: as arms of one union they would share the workers of a parallel plan.
  relations.push(sql`${name} as materialized (${rows})`)
  return name
}

/** Adds an answer; gives its place among the answers. */
export function addAnswer({ answers }: FacetStatement, json: Sql): number {
  return answers.push(json) - 1
}

/**
 * Runs it; gives the version and the answers in their order. With `isPlannedOnce` its plan is kept, which pays where one
 * plan is as good for any value as for another.
 */
export async function runFacetStatement(
  db: Db,
  { version, relations, answers }: FacetStatement,
  { isPlannedOnce }: { isPlannedOnce: boolean },
): Promise<{ version: string | null; answers: unknown[] }> {
  const columns = answers.map((json, place) => sql`(${json}) as ${raw(`"${place}"`)}`)
  const statement = sql`
    with ${join([sql`folded as materialized (${version})`, ...relations])}
    select folded.version, ${join(columns)} from folded`
  const [row] = await db.$queryRaw<Row[]>(isPlannedOnce ? prepare(statement) : statement)
  return { version: row?.version ?? null, answers: answers.map((_, place) => row?.[place] ?? null) }
}

type Row = Record<number, unknown> & { version: string | null }
