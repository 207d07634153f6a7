import type { MigrationStatements } from '../migrate.js'

/** Where rows of a table lie: on the shard of their organization, on every node, or on the coordinator alone. */
export type Placement = 'distributed' | 'reference' | 'local'

/** A table of ours, where its rows have to lie on a cluster, and where they do. */
export interface TablePlacement {
  name: string
  wanted: Placement
  /** One that somebody else distributed tells by which column. */
  is: Placement | `distributed by ${string}`
}

/** The column that tells the shard of a row. */
export const SHARD_KEY = 'organization_id'

/** Whether the database has Citus, which all below takes. */
export async function hasCitus(db: MigrationStatements): Promise<boolean> {
  return (await db.rows(`select from pg_extension where extname = 'citus'`)).length > 0
}

/** Whether tables of ours are distributed. */
export async function isDistributed(db: MigrationStatements): Promise<boolean> {
  if (!(await hasCitus(db))) return false
  const found = await db.rows(`select from pg_dist_partition p join pg_class c on c.oid = p.logicalrelid
    where p.partmethod = 'h' and c.relnamespace = current_schema()::regnamespace limit 1`)
  return found.length > 0
}

/** Whether the server is a node of a cluster beside its coordinator, which alone takes migrations. */
export async function isBesideCoordinator(db: MigrationStatements): Promise<boolean> {
  if (!(await hasCitus(db))) return false
  return (await db.rows('select from pg_dist_local_group where groupid <> 0')).length > 0
}

/**
 * Every table, with what its keys say about its placement: one whose primary key names the organization is distributed by it, those
 * that foreign keys lead to or from are on every node, as is what each gateway reads when it starts, and any other stays where it is.
 */
export async function listPlacements(db: MigrationStatements): Promise<TablePlacement[]> {
  return db.rows<TablePlacement>(`
    with recursive tables as (select c.oid, c.relname::text as name,
        exists (select from pg_constraint k join pg_attribute a on a.attrelid = k.conrelid and a.attnum = any(k.conkey)
          where k.conrelid = c.oid and k.contype = 'p' and a.attname = '${SHARD_KEY}') as keyed
      from pg_class c where c.relkind = 'r' and c.relnamespace = current_schema()::regnamespace
        and not exists (select from pg_depend d where d.objid = c.oid and d.deptype = 'e')),
    links as (select conrelid as one, confrelid as other from pg_constraint where contype = 'f'
      union select confrelid, conrelid from pg_constraint where contype = 'f'),
    reached as (select oid from tables where keyed
      union select l.other from reached r join links l on l.one = r.oid)
    select t.name, case when t.keyed then 'distributed'
        when t.name = 'least_gateway' or t.oid in (select oid from reached) then 'reference' else 'local' end as wanted,
      case p.partmethod when 'n' then 'reference' when 'h' then 'distributed' || case
          when column_to_column_name(p.logicalrelid, p.partkey) = '${SHARD_KEY}' then ''
          else ' by ' || column_to_column_name(p.logicalrelid, p.partkey) end
        else 'local' end as is
    from tables t left join pg_dist_partition p on p.logicalrelid = t.oid
    order by t.keyed, t.name`)
}

/** Those that are not where they have to be. */
export function misplaced(tables: readonly TablePlacement[]): TablePlacement[] {
  return tables.filter(({ wanted, is }) => wanted !== is)
}
