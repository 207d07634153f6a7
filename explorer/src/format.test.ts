import { expect, test } from 'vitest'
import { span } from './format'

test('a span of whole days names the days in it, another one its minutes', () => {
  const at = (day: number, hour = 0) => new Date(2026, 10, day, hour).toISOString()
  const words = (from: string | null, to: string | null) => span(from, to).replaceAll(/\s/g, ' ')
  expect(words(at(1), at(31))).toBe('Nov 1 – 30, 2026')
  expect(words(at(3), at(4))).toBe('Nov 3, 2026')
  expect(words(at(3, 4), at(3, 5))).toBe('Nov 3, 2026, 4:00 – 5:00 AM')
  expect(words(at(3), null)).toBe('since Nov 3, 2026')
  expect(words(null, at(3, 13))).toBe('before Nov 3, 2026, 1:00 PM')
})
