import { expect, test } from 'vitest'
import { placeLines, placeTicks, tickText } from './ticks'

test('words of an axis stay within it and never stand over one another', () => {
  const texts = ['Oct 25', 'November', 'Nov 08', 'Nov 15', 'Nov 22', 'Nov 29']
  const places = [0, 40, 48, 96, 140, 190]
  const placed = placeTicks(
    texts.map((text, at) => ({ text, middle: places[at] ?? 0 })),
    192,
  )
  expect(placed[0]).toEqual({ text: 'Oct 25', left: 0 })
  expect(placed.length).toBeGreaterThan(2)
  for (const [at, { text, left }] of placed.entries()) {
    const end = left + text.length * 6.7
    expect(end).toBeLessThanOrEqual(192)
    expect(end).toBeLessThan(placed[at + 1]?.left ?? Number.POSITIVE_INFINITY)
  }
})

test('words of lines never stand over one another, and the lowest keeps its place', () => {
  const placed = placeLines([2, 4, 6], (value) => 48 - value * 7.3)
  expect(placed.map(({ value }) => value)).toEqual([2, 4])
  expect(placeLines([2, 4, 6], (value) => 120 - value * 19)).toHaveLength(3)
  expect(placeLines([1], () => 4)).toEqual([{ value: 1, baseline: 10 }])
})

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
