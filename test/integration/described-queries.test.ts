import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { DescribedQuery } from '../../src/db/described-query.js'

const postgresql = inject('postgresql')

describe.skipIf(postgresql === null || postgresql.isPooled)('a prepared statement', () => {
  let client: pg.Client
  let descriptions = 0

  const run = (name: string, text: string, values: unknown[] = []) =>
    new Promise<pg.QueryResult>((resolve, reject) => {
      const query = new DescribedQuery({ name, text, values }, (error, result) =>
        error ? reject(error) : resolve(result),
      )
      client.query(query as never)
    })

  beforeAll(async () => {
    client = new pg.Client({ connectionString: postgresql?.serverUrl })
    await client.connect()
    const { connection } = client as unknown as { connection: NodeJS.EventEmitter }
    connection.on('rowDescription', () => descriptions++)
  })
  afterAll(() => client.end())

  test('has its rows described once, whether it gives some or none', async () => {
    const text = `select n, n::text as text, n::int8 as big, null::int as nothing, true as yes from generate_series(1, $1::int) n`
    const expected: pg.QueryResult[] = []
    for (const many of [0, 2, 0, 3]) expected.push(await client.query(text, [many]))
    descriptions = 0
    for (const { fields, rows } of expected) {
      const found = await run('series', text, [rows.length])
      expect(found.fields).toEqual(fields)
      expect(found.rows).toEqual(rows.map((row) => Object.values(row)))
      expect(found.rowCount).toBe(rows.length)
    }
    expect(descriptions).toBe(1)
  })

  test('that fails is answered again as before', async () => {
    const text = 'select 10 / $1::int as part'
    for (const by of [5, 2, 0, 1]) {
      const found = run('part', text, [by])
      if (by === 0) await expect(found).rejects.toThrow('division by zero')
      else expect((await found).rows).toEqual([[10 / by]])
    }
  })

  test('that fails when it is first run is described when it is run again', async () => {
    const text = 'select 10 / $1::int as first'
    await expect(run('first', text, [0])).rejects.toThrow('division by zero')
    expect((await run('first', text, [5])).rows).toEqual([[2]])
    expect((await run('first', text, [2])).rows).toEqual([[5]])
  })

  test('whose rows became others is refused by the server, never read as they were', async () => {
    await client.query('create temporary table changing as select 7 as value')
    const text = 'select value from changing'
    for (const _ of [1, 2]) expect((await run('changing', text)).rows).toEqual([[7]])
    await client.query(`alter table changing alter value type text using 'seven'`)
    await expect(run('changing', text)).rejects.toThrow('cached plan must not change result type')
    expect((await run('changed', text)).rows).toEqual([['seven']])
  })

  test('that gives no rows tells how many it wrote', async () => {
    await client.query('create temporary table written (value int)')
    for (const _ of [1, 2, 3])
      expect((await run('writes', 'insert into written values ($1), ($1)', [1])).rowCount).toBe(2)
  })
})
