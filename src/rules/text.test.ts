import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compareCodePoints, excerpt, toStorable } from './text.js'

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

test('what cannot be stored becomes U+FFFD, and nothing else changes', () => {
  expect(toStorable('a\0b\ud800c\udfff \u{1f600}\ufffd')).toBe('a\ufffdb\ufffdc\ufffd \u{1f600}\ufffd')
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => text.includes('\0') || toStorable(text) === text),
  )
})

test('an excerpt can be stored, wherever it is cut', () => {
  expect(excerpt(`a${' '.repeat(18)}\u{1f600}b`, 1)).toBe('a')
  expect(excerpt(`a${' '.repeat(38)}\u{1f600}b`, 2)).toBe('a ')
  expect(excerpt(`a${' '.repeat(58)}\u{1f600}b`, 3)).toBe('a \ufffd')
})
