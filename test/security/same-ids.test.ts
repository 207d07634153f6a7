import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { join, raw, type Sql, sql } from '../../src/db/sql.js'
import { listOperation } from '../support/list-operation.js'
import { mutationOf } from '../support/mutation.js'
import { becomeAdmin, inputs } from '../support/mutation-inputs.js'
import { fullSelection, keyedMutations, listFields, smallSelection, typeOf } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'

interface Table {
  name: string
  columns: string[]
}

let world: StatementWorld
let tables: Table[]
const other = randomUUID()

/** Tables whose rows are told apart by their organization. */
async function readTables(): Promise<Table[]> {
  return world.store.$queryRaw<Table[]>(sql`
    select c.relname::text as name, array_agg(a.attname::text) as columns
    from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relkind = 'r' and c.relnamespace = 'public'::regnamespace and exists (
      select from pg_index i join pg_attribute k on k.attrelid = i.indrelid and k.attnum = any(i.indkey)
      where i.indrelid = c.oid and i.indisprimary and k.attname = 'organization_id')
    group by 1 order by 1`)
}

/** What people read in rows, by which those of the other organization are told apart. */
const told = new Set(['content', 'description', 'label', 'name', 'note', 'preview_text', 'title'])

/** Gives another organization the rows of this one, ids and all; no trigger and no reference stands in the way. */
async function copyRows(): Promise<void> {
  await world.store.transact(async (db) => {
    await db.$executeRaw(sql`set local session_replication_role = replica`)
    for (const { name, columns } of tables) {
      const values = columns.map((column): Sql => {
        if (column === 'organization_id') return sql`${other}::uuid`
        return told.has(column) ? sql`'other ' || ${quoted(column)}` : quoted(column)
      })
      await db.$executeRaw(sql`insert into ${quoted(name)} (${join(columns.map(quoted))})
        select ${join(values)} from ${quoted(name)} where organization_id = ${world.organizationId}::uuid on conflict do nothing`)
    }
  })
}

const quoted = (name: string) => raw(`"${name}"`)

/** Every row of the other organization. */
async function rowsOfOther(): Promise<unknown> {
  const parts = tables.map(
    ({ name }) => sql`select ${name}::text as name,
      (select jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text) from ${quoted(name)} t where t.organization_id = ${other}::uuid) as rows`,
  )
  return world.store.$queryRaw(join(parts, ' union all '))
}

beforeAll(async () => {
  world = await seedStatementWorld(2)
  await world.store.organization.create({ data: { id: other, slug: `org-${other}`, name: 'Other' } })
  tables = await readTables()
})

test('the tables of an organization were found', () => {
  expect(tables.map(({ name }) => name)).toEqual(
    expect.arrayContaining([
      'annotations',
      'messages',
      'pins',
      'projects',
      'saved_filters',
      'segments',
      'sessions',
    ]),
  )
})

test('every list answers as if another organization had no rows of the same ids', async () => {
  const { store, organizationId, place } = world
  await becomeAdmin(world)
  await store.workspace.updateMany({
    where: { organizationId, slug: place.workspace },
    data: { isDefault: true },
  })
  // Operators are told of every organization.
  const lists = listFields().filter((coordinate) => coordinate !== 'Query.organizations')
  const operations = await Promise.all(
    lists.map((coordinate) => listOperation(world, coordinate, fullSelection(typeOf(coordinate)))),
  )
  const answers = async () => {
    const found: unknown[] = []
    for (const operation of operations) found.push(await world.bob.graphql(operation))
    return found
  }
  const before = await answers()
  expect(before.filter((answer) => (answer as { errors?: unknown }).errors)).toEqual([])
  await copyRows()
  expect(await answers()).toEqual(before)
})

test.each(keyedMutations().map((coordinate) => coordinate.slice('Mutation.'.length)))(
  '%s leaves rows of the same ids in another organization as they are',
  async (name) => {
    const input = (await inputs[name]?.(world)) as { id?: string; ids?: string[] }
    const where = {
      organizationId: world.organizationId,
      id: { in: input.ids ?? [input.id ?? randomUUID()] },
    }
    // So that it has something to do.
    const data = {
      ...(/^unarchive/.test(name) ? { archivedAt: new Date() } : {}),
      ...(/^share/.test(name) ? { visibility: 'private' as const } : {}),
      ...(/^(end|cancel)Turn/.test(name) ? { turnStartedAt: new Date() } : {}),
    }
    if (Object.keys(data).length > 0) await world.store.session.updateMany({ where, data })
    await copyRows()
    const before = await rowsOfOther()
    const selection = smallSelection(typeOf(`Mutation.${name}`))
    const { errors } = await world.bob.graphql(mutationOf(name, selection), { input })
    expect(errors).toBeUndefined()
    expect(await rowsOfOther()).toEqual(before)
  },
)
