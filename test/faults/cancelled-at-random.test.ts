import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, test } from 'vitest'
import { sql } from '../../src/db/sql.js'
import { inWork, Work } from '../../src/work.js'
import { openTestStore } from '../support/store.js'

/** The embedded store runs one at a time, and waits for its files. */
const rounds = Number(process.env.CANCELS ?? (inject('postgresql') === null ? 500 : 3000))
const atOnce = 40

/** Runs `act` so many times, some at once. */
async function repeat(act: (round: number) => Promise<void>): Promise<void> {
  let round = 0
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (round < rounds) await act(round++)
    }),
  )
}

test('after thousands of requests that end at any moment, transactions are whole or not there, and no other is harmed', {
  timeout: 300_000,
}, async () => {
  const { store } = await openTestStore()
  const table = `cancelled_${randomUUID().replaceAll('-', '')}`
  await store.$executeRawUnsafe(`create table ${table} (round int, half int)`)
  const insert = (round: number, half: number) =>
    sql`insert into public.cancelled_rows select ${round}::int, ${half}::int`
  await store.$executeRawUnsafe(`create view cancelled_rows as select * from ${table}`)
  const pause = inject('postgresql') === null ? sql`select 1` : sql`select pg_sleep(0.002)::text`
  const committed = new Set<number>()
  const tally = { cut: 0, harmed: [] as unknown[] }
  try {
    await repeat(async (round) => {
      const work = new Work()
      work.owner = `key ${round % 7}`
      const write = inWork(work, () =>
        store.transact(async (db) => {
          await db.$executeRaw(insert(round, 1))
          await db.$queryRaw(pause)
          await db.$executeRaw(insert(round, 2))
        }),
      )
      // The same connections, for somebody whose request goes on.
      const beside = store.$queryRaw<{ echo: number }[]>(sql`select ${round}::int as echo`)
      const written = write.then(
        () => committed.add(round),
        () => tally.cut++,
      )
      // Some with time to be done on a crowded machine as well.
      await Promise.race([written, sleep(Math.random() * (round % 4 === 0 ? 500 : 20))])
      work.end()
      await written
      const [row] = await beside.catch((error: unknown) => [{ echo: error }])
      if (row?.echo !== round) tally.harmed.push(row?.echo)
    })
    const written = await store.$queryRawUnsafe<{ round: number; halves: number }[]>(
      `select round, count(*)::int as halves from ${table} group by round`,
    )
    expect(tally.harmed).toEqual([])
    expect(written.filter(({ halves }) => halves !== 2)).toEqual([])
    expect(written.filter(({ round }) => !committed.has(round))).toEqual([])
    expect(written).toHaveLength(committed.size)
    // Behind a pooler what runs is not cancelled.
    if (!inject('postgresql')?.isPooled) expect(tally.cut).toBeGreaterThan(rounds / 20)
    expect(committed.size).toBeGreaterThan(rounds / 20)
  } finally {
    await store.$executeRawUnsafe(`drop table ${table} cascade`)
  }
})
