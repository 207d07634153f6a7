import { type Db, join, prepare, raw, type Sql, sql } from '../../db/sql.js'

/** What one statement reads, in one snapshot. */
export interface OneStatement {
  /** Relations that the others may read, by name. */
  relations: readonly { name: string; rows: Sql }[]
  /** Subqueries of one value. */
  values: readonly Sql[]
  /** A relation of rows to read along, with their `position`; null for none. */
  rows: Sql | null
}

export interface StatementAnswer {
  values: unknown[]
  rows: Record<string, unknown>[]
}

/** Runs it; with `prepared` its plan is kept. */
export async function runOneStatement(
  db: Db,
  { relations, values, rows }: OneStatement,
  { prepared = false } = {},
): Promise<StatementAnswer> {
  // Each is planned by itself: as arms of one union they would share the workers of a parallel plan.
  const run = (statement: Sql) =>
    db.$queryRaw<Record<string, unknown>[]>(prepared ? prepare(statement) : statement)
  const parts = relations.map((relation) => sql`${raw(relation.name)} as materialized (${relation.rows})`)
  const named = values.map((value, slot) => sql`(${value}) as ${nameOf(slot)}`)
  if (rows === null) {
    const withs = parts.length === 0 ? raw('') : sql`with ${join(parts)}`
    const [row] = await run(sql`${withs} select ${join(named)}`)
    return { values: valuesOf(row, values.length), rows: [] }
  }
  // Values travel with the first row only: they may be large.
  const once = values.map(
    (_, slot) => sql`case when coalesce(page.place, 1) = 1 then head.${nameOf(slot)} end as ${nameOf(slot)}`,
  )
  const found = await run(sql`
    with ${join([...parts, sql`head as materialized (select ${join(named)})`])}
    select ${join(once)}, page.*
    from head left join (select row_number() over (order by p.position) as place, p.* from (${rows}) p) page on true
    order by page.place`)
  return {
    values: valuesOf(found[0], values.length),
    rows: found.filter(({ position }) => position !== null),
  }
}

const nameOf = (slot: number) => raw(`"${slot}"`)

function valuesOf(row: Record<string, unknown> | undefined, length: number): unknown[] {
  return Array.from({ length }, (_, slot) => row?.[String(slot)] ?? null)
}
