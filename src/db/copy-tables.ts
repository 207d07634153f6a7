import { listed } from '../rules/listed.js'
import type { MigrationStatements } from './migrate.js'

/** Of a server and its positions alone, or made anew by what is inserted. */
const LEFT_OUT = listed(`
  _prisma_migrations least_gateway session_events session_log_floors stream_leases message_blocks
  message_blocks_due
`)

/** What a statement that inserts carries, about. */
const BATCH_BYTES = 500_000
const MOST_ROWS = 500

interface CopiedTable {
  name: string
  /** All but those that the database generates. */
  columns: string
}

/** Tables of ours, each behind those that its foreign keys lead to. */
export async function listCopied(db: MigrationStatements): Promise<CopiedTable[]> {
  return db.rows<CopiedTable>(
    `with recursive depths as (
      select c.oid, 0 as depth from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and c.relname <> all($1)
      union select k.conrelid, d.depth + 1 from depths d join pg_constraint k on k.confrelid = d.oid and k.contype = 'f')
    select c.relname::text as name, (select string_agg(quote_ident(attname), ', ' order by attnum) from pg_attribute
        where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
      from depths d join pg_class c on c.oid = d.oid where c.relname <> all($1)
      group by c.oid, c.relname order by max(d.depth), c.relname`,
    [LEFT_OUT],
  )
}

/** The first of these tables that holds rows; null where none does. */
export async function findFilled(
  db: MigrationStatements,
  tables: readonly CopiedTable[],
): Promise<string | null> {
  for (const { name } of tables) if ((await db.rows(`select from "${name}" limit 1`)).length > 0) return name
  return null
}

/** Copies the rows of a table from one connection to another of the same version, as they are; gives their number. */
export async function copyTable(
  from: MigrationStatements,
  to: MigrationStatements,
  { name, columns }: CopiedTable,
): Promise<number> {
  const insert = `insert into "${name}" (${columns}) select ${columns} from json_populate_recordset(null::"${name}", $1::json)`
  let [copied, size] = [0, 1]
  await from.rows('begin read only')
  try {
    await from.rows(`declare copied no scroll cursor for select row_to_json(t)::text as row from "${name}" t`)
    for (;;) {
      const rows = await from.rows<{ row: string }>(`fetch ${size} from copied`)
      if (rows.length === 0) return copied
      const batch = `[${rows.map(({ row }) => row).join(',')}]`
      await to.rows(insert, [batch])
      copied += rows.length
      size = Math.min(MOST_ROWS, Math.ceil((BATCH_BYTES * rows.length) / batch.length))
    }
  } finally {
    await from.rows('rollback')
  }
}
