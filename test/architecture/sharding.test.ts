import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { openTestStore } from '../support/store.js'

/** Migrations that were there before the rules for tables that are sharded by organization. */
const LAST_WITHOUT_RULES = '20261123131000_facet_combination_states'

const filesBelow = (folder: string, end: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(end))
    .map((name) => join(folder, name))

const scripts = filesBelow('prisma/migrations', 'migration.sql')
  .filter((path) => path > join('prisma/migrations', LAST_WITHOUT_RULES, 'migration.sql'))
  .map((path) => ({ path, text: readFileSync(path, 'utf8').replace(/--.*$/gm, '') }))

test.each([
  ['a foreign key follows no change of its target', /on\s+update\s+(cascade|set)/i],
  ['a closed set is text with a check, not an enum', /create\s+type[^;]*\bas\s+enum/i],
  ['a lock ends with its transaction', /pg_(try_)?advisory_lock/i],
])('in new migrations %s', (_rule, broken) => {
  expect(scripts.length).toBeGreaterThan(0)
  expect(scripts.filter(({ text }) => broken.test(text)).map(({ path }) => path)).toEqual([])
})

/** Of before the rules; nothing is added. */
const triggersWithoutOrganization = [
  'names_of_changed users',
  'names_of_deleted users',
  'names_of_truncated users',
]

test('a trigger of ours is on a table of an organization', async () => {
  const { store } = await openTestStore()
  const rows = await store.$queryRaw<{ name: string }[]>(sql`
    select distinct t.tgname || ' ' || c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
    join pg_namespace n on n.oid = c.relnamespace
    where not t.tgisinternal and n.nspname = 'public' and not exists (select 1 from pg_attribute a
      where a.attrelid = c.oid and a.attname = 'organization_id' and not a.attisdropped)`)
  expect(rows.map(({ name }) => name).filter((name) => !triggersWithoutOrganization.includes(name))).toEqual(
    [],
  )
})

test('what is unique among rows of organizations names the organization, and keys follow no change', async () => {
  const { store } = await openTestStore()
  const broken = await store.$queryRaw<{ name: string }[]>(sql`
    with sharded as (select k.conrelid as oid, a.attnum from pg_constraint k
      join pg_attribute a on a.attrelid = k.conrelid and a.attname = 'organization_id' and a.attnum = any(k.conkey)
      where k.contype = 'p' and k.connamespace = 'public'::regnamespace)
    select i.indexrelid::regclass::text as name from pg_index i join sharded s on s.oid = i.indrelid
      where i.indisunique and not s.attnum = any(i.indkey::int2[])
    union all
    select k.conname::text from pg_constraint k where k.contype = 'f' and k.confupdtype <> 'a' order by 1`)
  expect(broken).toEqual([])
})

test('what statements call on columns that they set is immutable', async () => {
  // PostgreSQL adds intervals to moments in a time zone, so that operator is not.
  const added = /\b[a-z]+\.\w+\s*[+-]\s*interval\b/i
  const volatile = /\b(random|clock_timestamp|gen_random_uuid|to_char|date_trunc)\s*\([^)]*\b[a-z]+\.\w+/i
  const sets = [...filesBelow('src/domain', '.ts'), ...filesBelow('src/cli', '.ts')].flatMap((path) =>
    [...readFileSync(path, 'utf8').matchAll(/\bupdate\s+\w+\s+\w+\s+set\b[^`]*|sql`\w+ = [^`]*/gi)].map(
      ([text]) => ({ path, text }),
    ),
  )
  expect(sets.length).toBeGreaterThan(20)
  expect(sets.filter(({ text }) => added.test(text) || volatile.test(text))).toEqual([])

  const { store } = await openTestStore()
  const functions = await store.$queryRaw<unknown[]>(sql`
    select p.proname::text as name, p.provolatile::text as volatility from pg_proc p
    where p.proname in ('moment_after', 'merged_names', 'names_of_calls') order by 1`)
  expect(functions).toEqual([
    { name: 'merged_names', volatility: 'i' },
    { name: 'moment_after', volatility: 'i' },
    { name: 'names_of_calls', volatility: 'i' },
  ])
})
