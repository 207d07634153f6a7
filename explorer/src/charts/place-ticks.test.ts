import { expect, test } from 'vitest'
import { placeLines, placeTicks } from './place-ticks'

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
