import { expect, test } from 'vitest'
import { placeTicks } from './place-ticks'

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
