import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints, lowerCase } from './text.js'

test('texts are ordered by code points, those beyond the basic plane last', () => {
  const texts = ['', 'a', 'ab', 'b', 'é', '\u{d7ff}', '\u{e000}', '\u{ffff}', '\u{10000}', '\u{10ffff}']
  expect([...texts].reverse().sort(compareCodePoints)).toEqual(texts)
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (a, b) => {
      const bytes = Buffer.compare(Buffer.from(a), Buffer.from(b))
      expect(Math.sign(compareCodePoints(a, b))).toBe(bytes)
    }),
  )
})

test('each code point is put in lower case by itself, wherever it stands', () => {
  expect(lowerCase('ΌΣΟΣ Über M-LARGE')).toBe('όσοσ über m-large')
})
