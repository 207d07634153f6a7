import { empty, join, raw, type Store, sql } from '../../src/db/sql.js'

/** Written in the background, or by whoever is refused as well. */
const left = [
  '_prisma_migrations',
  'audit_entries',
  'message_blocks',
  'message_blocks_due',
  'stream_leases',
  'api_keys',
]

/** A digest of the rows of an organization, and of those that are nobody's, in each table that a request may change, by the table's name. */
export async function digestOfStore(store: Store, organizationId: string): Promise<Record<string, string>> {
  const tables = await store.$queryRaw<{ name: string; isOwned: boolean }[]>(sql`
    select c.relname::text as name, exists (select from pg_attribute a where a.attrelid = c.oid
      and a.attname = 'organization_id' and not a.attisdropped) as "isOwned" from pg_class c where c.relkind in ('r', 'p') and not c.relispartition
      and c.relnamespace = 'public'::regnamespace and c.relname <> all(${left}::text[]) order by 1`)
  // A store that many tests share grows, and is digested hundreds of times.
  const ofOrganization = sql`where t.organization_id = ${organizationId}::uuid`
  const parts = tables.map(
    ({ name, isOwned }) => sql`select ${name}::text as name,
      coalesce((select md5(string_agg(md5(t::text), '' order by md5(t::text))) from ${raw(`"${name}"`)} t
        ${isOwned ? ofOrganization : empty}), '') as digest`,
  )
  parts.push(sql`select 'api_keys' as name, coalesce((select md5(string_agg(md5((to_jsonb(t) - 'last_used_at')::text), ''
    order by t.id)) from api_keys t ${ofOrganization}), '') as digest`)
  const rows = await store.$queryRaw<{ name: string; digest: string }[]>(join(parts, ' union all '))
  return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]))
}
