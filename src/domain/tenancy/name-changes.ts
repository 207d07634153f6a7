import { type Db, type Sql, sql } from '../../db/prisma.js'

/** So many changes are kept one by one: each reader reads them all. */
const KEPT = 100

/**
 * A scalar subquery that names how users and projects are named: the same text means the same names of all rows that were
 * there, since whoever changes or deletes one adds an id (migration `name_changes`). Says nothing of rows that are added.
 */
export const currentNames: Sql = sql`(select coalesce(string_agg(id::text, ' ' order by id), '') from name_changes)`

/** Puts one id in the place of many. Waits for nobody; a change that commits meanwhile stays. */
export async function pruneNameChanges(db: Db): Promise<void> {
  await db.$executeRaw(sql`
    with many as materialized (
      select id from name_changes where (select count(*) from name_changes) > ${KEPT} for update skip locked
    ), gone as (delete from name_changes c using many where c.id = many.id returning c.id)
    insert into name_changes select gen_random_uuid() from gone limit 1`)
}
