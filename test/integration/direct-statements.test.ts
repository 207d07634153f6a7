import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type OpenStore, openStore } from '../../src/db/connect.js'
import { type Db, type ModelStore, prepare, prepareWithValues, raw, sql } from '../../src/db/sql.js'
import { runOneStatement } from '../../src/domain/facets/one-statement.js'
import { readFailure } from '../../src/domain/failure.js'
import { openTestStore } from '../support/store.js'

const isPooled = inject('postgresql')?.isPooled ?? false

const everyType = sql`select 1::int2 as small, 2::int4 as whole, 9007199254740993::int8 as big, 0.5::float4 as half,
  0.1::float8 as tenth, 12.3400::numeric as exact, true as yes, 'a"b\\c'::text as words, null::text as nothing,
  'workspace'::session_visibility as kind, '3fa85f64-5717-4562-b3fc-2c963f66afa6'::uuid as id,
  '2026-04-01 00:18:15.86+00'::timestamptz as at, '1999-12-31 23:59:59+05:30'::timestamptz as before,
  '{"a": [1, null, "x"]}'::jsonb as json, 'null'::jsonb as "jsonNull", '\\x00ff10'::bytea as bytes,
  array['a,b', '{c}', '"d"', null]::text[] as texts, array[1, 2]::int4[] as numbers,
  array['3fa85f64-5717-4562-b3fc-2c963f66afa6']::uuid[] as ids, '{}'::text[] as none`

/** A row that compares by value: drivers give bytes in different classes. */
const plain = ([row]: Record<string, unknown>[]) => ({
  ...row,
  bytes: [...((row?.bytes ?? []) as Uint8Array)],
})

/** The two kinds of transactions: the store's own, and Prisma's. */
const kinds = {
  transact: (store: ModelStore, work: (db: Db) => Promise<unknown>) => store.transact(work),
  $transaction: (store: ModelStore, work: (db: Db) => Promise<unknown>) => store.$transaction(work),
}

describe.each(Object.entries(kinds))('a raw statement, beside one in %s,', (_, open) => {
  test('gives the same values', async () => {
    const { store } = await openTestStore()
    const outside = await store.$queryRaw<Record<string, unknown>[]>(everyType)
    const inside = await open(store, (tx) => tx.$queryRaw(everyType))
    expect(plain(outside)).toEqual(plain(inside as Record<string, unknown>[]))
    expect(outside[0]).toMatchObject({
      big: 9007199254740993n,
      at: new Date('2026-04-01T00:18:15.860Z'),
      words: 'a"b\\c',
    })
  })

  test('takes the same values', async () => {
    const { store } = await openTestStore()
    const values = sql`select ${'{"a":1}'}::jsonb as json, ${new Date('2026-01-02T03:04:05.678Z')}::timestamptz as at,
      ${12}::int as whole, ${0.25}::float8 as part, ${10n}::int8 as big, ${['x', 'y,z', '"']}::text[] as texts,
      ${new Uint8Array([0, 255])}::bytea as bytes, ${null}::text as nothing, ${true} and true as yes`
    const outside = await store.$queryRaw<Record<string, unknown>[]>(values)
    const inside = await open(store, (tx) => tx.$queryRaw(values))
    expect(plain(outside)).toEqual(plain(inside as Record<string, unknown>[]))
  })

  test('takes the same values when it is prepared with them, however often they come', async () => {
    const { store } = await openTestStore()
    const texts = ["it's", '\\', "\\'; --", '{a,b}', '"', 'NULL', '', ' é\u{1F600} ', '$1', '%_']
    const values =
      () => sql`select ${new Date('2026-01-02T03:04:05.678Z')}::timestamptz as at, ${-12}::int as whole,
      ${-0.25}::float8 as part, ${-10n}::int8 as big, ${texts}::text[] as texts, ${[]}::text[] as none,
      ${null}::text as nothing, ${true} and true as yes, ${texts.join()} = any(${[texts.join()]}::text[]) as found`
    const [expected] = await store.$queryRaw<object[]>(values())
    for (let time = 0; time < 5; time++) {
      expect(await open(store, (tx) => tx.$queryRaw(prepareWithValues(values())))).toEqual([expected])
      expect(await store.$queryRaw(prepareWithValues(values()))).toEqual([expected])
    }
  })

  test('inside a transaction sees what it wrote, and nothing of it stays after a rollback', async () => {
    const { store } = await openTestStore()
    const slug = `rolled-back-${Date.now()}`
    const count = sql`select count(*)::int as count from organizations where slug = ${slug}`
    const insert = sql`insert into organizations (id, slug, name) values (gen_random_uuid(), ${slug}, 'x')`
    const work = open(store, async (tx) => {
      expect(await tx.$executeRaw(insert)).toBe(1)
      expect(await tx.$queryRaw(count)).toEqual([{ count: 1 }])
      throw new Error('undo')
    })
    await expect(work).rejects.toThrow('undo')
    expect(await store.$queryRaw(count)).toEqual([{ count: 0 }])
  })
})

describe('on PostgreSQL', async () => {
  const { url } = await openTestStore()
  let opened: OpenStore
  beforeAll(async () => {
    opened = await openStore({
      url,
      folder: null,
      poolSize: 1,
      statementTimeoutMs: 300,
      connectTimeoutMs: 300,
    })
  })
  afterAll(() => opened.close())

  test.runIf(url !== null)('only what is marked is prepared, once a connection', async () => {
    const { store } = opened
    for (const value of [1, 2, 3]) {
      expect(await store.$queryRaw(prepare(sql`select ${value}::int as marked`))).toEqual([{ marked: value }])
      expect(await store.$queryRaw(sql`select ${value}::int as unmarked`)).toEqual([{ unmarked: value }])
    }
    const kept = await store.$queryRaw<{ statement: string }[]>(
      sql`select statement from pg_prepared_statements`,
    )
    // Behind a pooler the next transaction is another process's.
    expect(kept).toEqual(isPooled ? [] : [{ statement: 'select $1::int as marked' }])
  })

  test.runIf(url !== null)(
    'what a deadlock undoes is done again: transactions from their begin, and statements',
    async () => {
      const times = { statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 }
      const { store, close } = await openStore({ url, folder: null, poolSize: 3, ...times })
      const table = raw(`deadlocked_${randomUUID().replaceAll('-', '')}`)
      const add = (id: number) => sql`update ${table} set n = n + 1 where id = ${id}::int`
      try {
        await store.$executeRaw(sql`create table ${table} (id int primary key, n int not null)`)
        await store.$executeRaw(sql`insert into ${table} values (1, 0), (2, 0)`)
        let begun = 0
        let meet = () => {}
        const met = new Promise<void>((resolve) => {
          meet = resolve
        })
        const addBoth = (first: number, second: number) =>
          store.transact(async (db) => {
            await db.$executeRaw(add(first))
            begun += 1
            if (begun === 2) meet()
            await met
            await db.$executeRaw(add(second))
          })
        await Promise.all([addBoth(1, 2), addBoth(2, 1)])
        expect(begun).toBeGreaterThan(2)

        const slowly = sql`select id, pg_sleep(0.5)::text from ${table} order by id for update`
        const back = sql`select id, pg_sleep(0.5)::text from ${table} order by id desc for update`
        const locked = await Promise.all([store.$queryRaw<object[]>(slowly), store.$queryRaw<object[]>(back)])
        expect(locked.map((rows) => rows.length)).toEqual([2, 2])
        expect(await store.$queryRaw(sql`select id, n from ${table} order by id`)).toEqual([
          { id: 1, n: 2 },
          { id: 2, n: 2 },
        ])
      } finally {
        await store.$executeRaw(sql`drop table ${table}`)
        await close()
      }
    },
  )

  test.runIf(url !== null && !isPooled)(
    'one statement of many parts is prepared where it may be',
    async () => {
      const { store } = opened
      const parts = { relations: [], values: [sql`select ${1}::int`], rows: sql`select 1 as position` }
      for (const _ of [1, 2, 3])
        for (const rows of [parts.rows, null])
          await runOneStatement(store, { ...parts, rows }, { prepared: true })
      const kept = await store.$queryRaw<object[]>(
        sql`select from pg_prepared_statements where statement like '%' || '"0"' || '%'`,
      )
      expect(kept).toHaveLength(2)
    },
  )

  test.runIf(url !== null && !isPooled)(
    'those with values are prepared with them when they come again, till another connection takes their place',
    async () => {
      const { store } = opened
      const kept = () =>
        store.$queryRaw<{ statement: string }[]>(
          sql`select statement from pg_prepared_statements where statement like '%valued%' order by 1`,
        )
      const ask = (value: string) =>
        store.$queryRaw(prepareWithValues(sql`select ${value}::text as valued, 'x' as other`))
      for (const _ of [1, 2]) await ask('twice')
      for (const _ of [1, 2, 3]) expect(await ask('a\0b').catch(() => 'refused')).toBe('refused')
      expect(await kept()).toEqual([])
      for (const _ of [1, 2, 3, 4]) expect(await ask("it's")).toEqual([{ valued: "it's", other: 'x' }])
      expect(await kept()).toEqual([{ statement: "select 'it''s'::text as valued, 'x' as other" }])
      for (let value = 0; value < 210; value++) for (const _ of [1, 2, 3]) await ask(String(value))
      expect((await kept()).length).toBeLessThan(100)
      expect(await ask("it's")).toEqual([{ valued: "it's", other: 'x' }])
    },
  )

  test.runIf(url !== null && !isPooled)(
    'a statement that takes too long, and one without a free connection, are TIMED_OUT',
    async () => {
      const { store } = opened
      const slow = store.$queryRaw(sql`select pg_sleep(20)::text`).catch((error) => readFailure(error)?.code)
      expect(await slow).toBe('TIMED_OUT')
      const held = store.transact(async () => {
        const waiting = await store.$queryRaw(sql`select 1 as one`).catch((error) => readFailure(error)?.code)
        expect(waiting).toBe('TIMED_OUT')
      })
      await held
      expect(await store.$queryRaw(sql`select 1 as one`)).toEqual([{ one: 1 }])
    },
  )

  test.runIf(url !== null)(
    'a transaction whose connection breaks is undone, and the next one runs',
    async () => {
      const { store } = opened
      const slug = `broken-off-${Date.now()}`
      const backend = sql`select pg_backend_pid() as pid`
      const work = store.transact(async (tx) => {
        await tx.$executeRaw(
          sql`insert into organizations (id, slug, name) values (gen_random_uuid(), ${slug}, 'x')`,
        )
        const [{ pid } = { pid: 0 }] = await tx.$queryRaw<{ pid: number }[]>(backend)
        const { store: other } = await openTestStore()
        await other.$queryRaw(sql`select pg_terminate_backend(${pid}::int)`)
        return tx.$queryRaw(backend)
      })
      const failure = await work.catch((error) => readFailure(error)?.code)
      expect(failure).toBe('UNAVAILABLE')
      expect(await store.transact((tx) => tx.$queryRaw(sql`select 1 as one`))).toEqual([{ one: 1 }])
      expect(await store.$queryRaw(sql`select id from organizations where slug = ${slug}`)).toEqual([])
    },
  )
})
