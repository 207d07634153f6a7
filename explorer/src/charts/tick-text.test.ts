import { expect, test } from 'vitest'
import { tickText } from './tick-text'

const written = (moments: readonly Date[]) => moments.map(tickText(moments))

test('days, months and years of an axis are each written alike', () => {
  const days = [1, 5, 8, 15].map((day) => new Date(2026, 10, day))
  expect(written(days)).toEqual(['Nov 1', 'Nov 5', 'Nov 8', 'Nov 15'])
  const months = [0, 3, 6].map((month) => new Date(2026, month, 1))
  expect(written(months)).toEqual(['Jan 2026', 'Apr 2026', 'Jul 2026'])
  expect(written([new Date(2025, 0, 1), new Date(2026, 0, 1)])).toEqual(['2025', '2026'])
})

test('hours are of one clock, and a midnight is its day', () => {
  const hours = [new Date(2026, 10, 14, 18), new Date(2026, 10, 15), new Date(2026, 10, 15, 6, 30)]
  expect(written(hours)).toEqual(['18:00', 'Nov 15', '06:30'])
})
