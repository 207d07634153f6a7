import { expect, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { fieldEntries } from '../../src/domain/session/field-kinds.js'
import { openTestStore } from '../support/store.js'

/** Columns that are no field: what sums are made of, and what searches look into. */
const parts = [
  'current_priced_cost_usd',
  'current_unpriced_count',
  'priced_cost_usd',
  'search_text',
  'unpriced_count',
]

test('the table of fields names every column of sessions, each with the type that it has', async () => {
  const { store } = await openTestStore()

  const columns = await store.$queryRaw<{ name: string; type: string; nullable: boolean }[]>(sql`
    select a.attname::text as name, format_type(a.atttypid, null) as type, not a.attnotnull as nullable
    from pg_attribute a where a.attrelid = 'sessions'::regclass and a.attnum > 0 and not a.attisdropped`)

  const inDatabase = columns.map(({ name, type }): [string, string] => [name, shortTypes[type] ?? type])
  const inTable = fieldEntries.map(([, { column, type }]): [string, string] => [column, type])
  expect(Object.fromEntries(inTable.filter(([column]) => !column.startsWith('(')))).toEqual(
    Object.fromEntries(inDatabase.filter(([name]) => !parts.includes(name))),
  )
  expect(inDatabase.map(([name]) => name)).toEqual(expect.arrayContaining(parts))
  // Whether a number or a time may be absent decides how it is typed, filtered and sorted.
  const said = fieldEntries.filter(
    ([, { column, type, filter, sort }]) =>
      !column.startsWith('(') &&
      (type === 'bigint' || type === 'numeric' || (sort ?? (filter && type !== 'text[]'))),
  )
  for (const [name, { column, type, nullable = false }] of said)
    if (type !== 'text' && type !== 'uuid')
      expect([name, columns.find((one) => one.name === column)?.nullable]).toEqual([name, nullable])
})

const shortTypes: Readonly<Record<string, string>> = {
  integer: 'int',
  'timestamp with time zone': 'timestamptz',
}
