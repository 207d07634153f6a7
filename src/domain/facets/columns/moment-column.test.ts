import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MomentColumn, ROWS_A_PASS } from './moment-column.js'

const begins = [0, 1, 2].map((run) => run * ROWS_A_PASS)

test('a run of rows that may not reach a moment, or precede it, has no row that does, whatever was replaced', () => {
  const puts = fc.array(fc.tuple(fc.nat(3 * ROWS_A_PASS - 1), fc.integer({ min: -50, max: 50 })), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(puts, fc.integer({ min: -60, max: 60 }), (rows, moment) => {
      const column = new MomentColumn(10)
      column.grow(3 * ROWS_A_PASS)
      const held = new Map(rows)
      for (const [row, value] of rows) column.put(row, value)
      for (const begin of begins) {
        const values = [...held].flatMap(([row, value]) =>
          row >= begin && row < begin + ROWS_A_PASS ? [value] : [],
        )
        if (values.some((value) => value >= moment)) expect(column.mayReach(begin, moment)).toBe(true)
        if (values.some((value) => value < moment)) expect(column.mayPrecede(begin, moment)).toBe(true)
      }
    }),
  )
})

test('of sessions in the order of their creation, a range of time takes the runs that it lies in', () => {
  const column = new MomentColumn(3 * ROWS_A_PASS)
  for (let row = 0; row < 3 * ROWS_A_PASS; row++) column.put(row, row)
  expect(begins.map((begin) => column.mayReach(begin, 2 * ROWS_A_PASS))).toEqual([false, false, true])
  expect(begins.map((begin) => column.mayPrecede(begin, ROWS_A_PASS))).toEqual([true, false, false])
})
