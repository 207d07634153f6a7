import { MigrationError, type ScriptStatements } from '../migrate.js'
import { listPlacements, misplaced, SHARD_KEY, type TablePlacement } from './placement.js'

/** Of one transaction: tables one after the other, and triggers of ours, which write to the shard of their own row. */
export const sharding = `set local citus.multi_shard_modify_mode = 'sequential';
  set local citus.enable_unsafe_triggers = on; set local client_min_messages = 'warning'`

/**
 * Puts every table where its keys say, with the rows that are there, in the caller's transaction; gives those that it moved. Again,
 * it moves nothing. `onTable` is told of each before.
 * @throws {MigrationError} where a table lies elsewhere for good, or has policies
 */
export async function distributeTables(
  db: ScriptStatements,
  onTable: (table: TablePlacement) => void = () => {},
): Promise<TablePlacement[]> {
  const moving = misplaced(await listPlacements(db))
  const stuck = moving.find(({ is }) => is !== 'local')
  if (stuck !== undefined)
    throw new MigrationError(
      `The table ${stuck.name} is ${stuck.is} and has to be ${stuck.wanted}; undistribute it first.`,
    )
  const policies = await db.rows<{ table: string }>(
    'select distinct polrelid::regclass::text as "table" from pg_policy order by 1',
  )
  if (policies[0] !== undefined && moving.length > 0)
    throw new MigrationError(
      `The table ${policies[0].table} has policies, which no cluster takes; run session-gateway readers refuse for each role of readers list first.`,
    )
  await db.script(sharding)
  const keys = await foreignKeysOf(
    db,
    moving.map(({ name }) => name),
  )
  // A table cannot refer to one that is distributed before it is itself.
  for (const { table, name } of keys) await db.script(`alter table ${table} drop constraint ${name}`)
  for (const table of moving) {
    onTable(table)
    await db.script(placing(table))
    await dropLocalRows(db, table)
  }
  for (const { table, name, definition } of keys)
    await db.script(`alter table ${table} add constraint ${name} ${definition}`)
  await distributeFunctions(db)
  return moving
}

function placing({ name, wanted }: TablePlacement): string {
  return wanted === 'reference'
    ? `select create_reference_table('"${name}"')`
    : `select create_distributed_table('"${name}"', '${SHARD_KEY}')`
}

interface ForeignKey {
  table: string
  name: string
  definition: string
}

function foreignKeysOf(db: ScriptStatements, tables: readonly string[]): Promise<ForeignKey[]> {
  return db.rows<ForeignKey>(
    `select k.conrelid::regclass::text as table, quote_ident(k.conname) as name, pg_get_constraintdef(k.oid) as definition
      from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class o on o.oid = k.confrelid
      where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace
        and (c.relname = any($1) or o.relname = any($1)) order by 1, 2`,
    [tables],
  )
}

/** The rows have been copied to their shards. Triggers that refuse to empty a table stand aside meanwhile. */
async function dropLocalRows(db: ScriptStatements, { name }: TablePlacement): Promise<void> {
  const guards = await db.rows<{ trigger: string; state: string }>(
    `select quote_ident(tgname) as trigger, case tgenabled when 'A' then 'always' else '' end as state
      from pg_trigger where tgrelid = to_regclass(quote_ident($1)) and not tgisinternal and tgtype & 32 > 0 and tgenabled <> 'D'`,
    [name],
  )
  for (const { trigger } of guards) await db.script(`alter table "${name}" disable trigger ${trigger}`)
  await db.script(`select truncate_local_data_after_distributing_table('"${name}"')`)
  for (const { trigger, state } of guards)
    await db.script(`alter table "${name}" enable ${state} trigger ${trigger}`)
}

/** Those that statements call by name; trigger functions have come along with their tables. */
async function distributeFunctions(db: ScriptStatements): Promise<void> {
  await db.script(`select create_distributed_function(p.oid::regprocedure) from pg_proc p
    where p.pronamespace = current_schema()::regnamespace and p.prokind = 'f' and p.prorettype <> 'trigger'::regtype
      and not exists (select from pg_depend d where d.objid = p.oid and d.deptype = 'e')`)
}
