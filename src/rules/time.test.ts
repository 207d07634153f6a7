import fc from 'fast-check'
import { expect, test } from 'vitest'
import { toIsoText } from './time.js'

test('the text of every moment is that of toISOString', () => {
  fc.assert(
    fc.property(fc.date({ noInvalidDate: true }), (moment) => {
      expect(toIsoText(moment)).toBe(moment.toISOString())
    }),
    { numRuns: 5000 },
  )
})

test('a moment that is none has no text', () => {
  expect(() => toIsoText(new Date(Number.NaN))).toThrow(RangeError)
})
