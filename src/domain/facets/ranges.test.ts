import { expect, test } from 'vitest'
import { sql } from '../../db/sql.js'
import { endOf, rangeOf, rangesWithin } from './ranges.js'

const ranges = [0, 5, 10] as const

test('a range ends before the next one begins, and the last one does not', () => {
  expect(ranges.map((min) => endOf(min, ranges))).toEqual([4, 9, null])
})

test('the ranges that a filter touches are those with a number in common', () => {
  const asked = [null, {}, { min: 4 }, { min: 5 }, { max: 4 }, { max: 5 }, { min: 6, max: 8 }, { min: 99 }]
  expect(asked.map((one) => rangesWithin(one, ranges))).toEqual([
    ...[[], ['0', '5', '10'], ['0', '5', '10'], ['5', '10'], ['0'], ['0', '5'], ['5'], ['10']],
  ])
})

test('in SQL a number is in the greatest range that begins at it or below', () => {
  expect(rangeOf(sql`s.x`, ranges).sql).toBe(
    "case when s.x >= 10 then '10' when s.x >= 5 then '5' when s.x >= 0 then '0' end",
  )
})
