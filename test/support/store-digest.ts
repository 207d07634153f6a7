import { join, raw, type Store, sql } from '../../src/db/sql.js'

/** Written in the background, or by whoever is refused as well. */
const left = [
  '_prisma_migrations',
  'audit_entries',
  'message_blocks',
  'message_blocks_due',
  'stream_leases',
  'api_keys',
]

/** A digest of every row of each table that a request may change, by the table's name. */
export async function digestOfStore(store: Store): Promise<Record<string, string>> {
  const tables = await store.$queryRaw<{ name: string }[]>(sql`
    select c.relname::text as name from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = 'public'::regnamespace and c.relname <> all(${left}::text[]) order by 1`)
  const parts = tables.map(
    ({ name }) => sql`select ${name}::text as name,
      coalesce((select md5(string_agg(md5(t::text), '' order by md5(t::text))) from ${raw(`"${name}"`)} t), '') as digest`,
  )
  parts.push(sql`select 'api_keys' as name, coalesce((select md5(string_agg(md5((to_jsonb(t) - 'last_used_at')::text), ''
    order by t.id)) from api_keys t), '') as digest`)
  const rows = await store.$queryRaw<{ name: string; digest: string }[]>(join(parts, ' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}
