import fc from 'fast-check'
import { expect, test } from 'vitest'
import {
  compareCodePoints,
  countCodePoints,
  excerpt,
  findTextFault,
  findTextIssues,
  toSend,
  toStorable,
} from './text.js'

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

test('an excerpt is one line, trimmed', () => {
  expect(excerpt('  a \n\t b  ', 10)).toBe('a b')
})

test('code points are counted, not units, and a lone surrogate is one', () => {
  expect(countCodePoints('a\ud800\udc00b')).toBe(3)
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0xd7fe, max: 0xe001 }), { maxLength: 8 }), (units) => {
      const text = String.fromCharCode(...units)
      expect(countCodePoints(text)).toBe([...text].length)
    }),
    {
      numRuns: 2000,
      examples: [[[0xd800]], [[0xdbff, 0xdfff]], [[0xdc00, 0xdc00]], [[0xd800, 0xe000]], [[0xd800, 0xdbff]]],
    },
  )
})

test('a text is at fault when it cannot be stored or is longer than allowed, in characters', () => {
  expect([findTextFault(null, 1), findTextFault(undefined, 1), findTextFault('', 0)]).toEqual([
    null,
    null,
    null,
  ])
  expect([findTextFault('ab', 2), findTextFault('\u{1f600}\u{1f600}', 2)]).toEqual([null, null])
  expect([findTextFault('abc', 2), findTextFault('\u{1f600}'.repeat(3), 2)]).toEqual([
    'At most 2 characters',
    'At most 2 characters',
  ])
  expect(findTextFault('a'.repeat(100_000))).toBeNull()
  for (const text of ['\0', '\ud800', '\udc00'])
    expect(findTextIssues(text, ['title'], 255)).toEqual([
      { path: ['title'], message: 'A text holds neither U+0000 nor a lone surrogate' },
    ])
})

test('a body is sent as a text while it is short, and as its bytes from 4,096 characters on', () => {
  const [short, long] = ['é'.repeat(4095), 'é'.repeat(4096)]
  expect([toSend(short), toSend(long)]).toEqual([short, Buffer.from(long)])
})
