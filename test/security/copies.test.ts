import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, inject, onTestFinished, test } from 'vitest'
import { type OpenStore, openStore } from '../../src/db/connect.js'
import { sql } from '../../src/db/sql.js'
import { inWork, Work } from '../../src/work.js'
import { openTestStore } from '../support/store.js'

const slow = 'select pg_sleep(30)'

describe.skipIf(inject('postgresql') === null)('copies, such as those that columns are read by,', () => {
  let opened: OpenStore
  beforeAll(async () => {
    const { url } = await openTestStore()
    opened = await openStore({
      ...{ url, folder: null, poolSize: 10, statementTimeoutMs: 1000, connectTimeoutMs: 1000 },
      onConnectionError: () => {},
    })
  })
  afterAll(() => opened.close())

  async function openBeside() {
    const { url } = await openTestStore()
    const client = new pg.Client({ connectionString: url ?? '' })
    await client.connect()
    onTestFinished(() => client.end())
    return async () => {
      const { rows } = await client.query(
        "select pid from pg_stat_activity where datname = current_database() and state = 'active' and query like 'copy (select pg_sleep%'",
      )
      return rows.map(({ pid }) => pid as number)
    }
  }

  async function read(query: string): Promise<number> {
    let bytes = 0
    for await (const chunk of opened.store.copyOut(query)) bytes += chunk.length
    return bytes
  }

  // Behind a pooler what runs is not cancelled.
  test.skipIf(inject('postgresql')?.isPooled)(
    'take a fifth of the connections, however many there are to make',
    async () => {
      const running = await openBeside()
      const works = Array.from({ length: 8 }, () => new Work())
      const copies = works.map((work) => inWork(work, () => read(slow)).catch((error) => error.code))
      await sleep(500)
      expect(await running()).toHaveLength(2)
      expect(await opened.store.$queryRaw(sql`select 1 as one`)).toEqual([{ one: 1 }])
      for (const work of works) work.end()
      expect(await Promise.all(copies)).toEqual(works.map(() => 'WORK_OVER'))
      await sleep(500)
      expect(await running()).toEqual([])
      expect(await read('select 1')).toBeGreaterThan(0)
    },
  )

  test('end with whoever reads them, and leave connections that serve', async () => {
    for (let turn = 0; turn < 12; turn++)
      for await (const _ of opened.store.copyOut(
        'select repeat(n::text, 1000) from generate_series(1, 100000) n',
      ))
        break
    expect(opened.connections?.().busy).toBe(0)
    expect(await read('select 1')).toBeGreaterThan(0)
  })
})
