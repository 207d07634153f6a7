import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isStorableTime, toIsoText } from './time.js'

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

test.each([
  ['0000-12-31T23:59:59.999Z', false],
  ['0001-01-01T00:00:00.000Z', true],
  ['9999-12-31T23:59:59.999Z', true],
  ['+010000-01-01T00:00:00.000Z', false],
])('%s can be stored: %s', (text, isStorable) => expect(isStorableTime(new Date(text))).toBe(isStorable))
