import fc from 'fast-check'
import { expect, test } from 'vitest'
import { escapeControls, oneLine, withoutControls, withoutEscapedControls } from './controls.js'

const harmful = /(?![\t\n])[\p{Cc}\u202a-\u202e\u2066-\u2069]/u
/** Texts that are full of what is harmful, and of what escapes it. */
const texts = fc.string({
  unit: fc.oneof(
    fc.nat(0x9f).map((code) => String.fromCharCode(code)),
    fc.constantFrom('\u202e', '\u2069', '\\', '\\u001b', '"', '\r\n', '\u2028', 'é', '😀', '\ud800'),
  ),
})

test('no text moves the cursor', () => {
  fc.assert(fc.property(texts, (text) => !harmful.test(withoutControls(text))))
  expect(withoutControls('a\r\n\u001b[2J\u009b31m\tb\u202e\n')).toBe('a\n�[2J�31m\tb�\n')
})

test('JSON says the same and moves no cursor', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const json = escapeControls(JSON.stringify({ [text]: text }, null, 2))
      expect(json).not.toMatch(harmful)
      expect(JSON.parse(json)).toEqual({ [text]: text })
    }),
  )
})

test('nor does what is unescaped again', () => {
  fc.assert(
    fc.property(texts, (text) => {
      const [shown] = JSON.parse(withoutEscapedControls(escapeControls(JSON.stringify([text]))))
      expect(shown).toBe(text.replace(new RegExp(harmful, 'gu'), '\ufffd'))
    }),
  )
})

test('one line holds what stood in several, apart by single spaces', () => {
  expect(oneLine(' a\t \r\nb\u001b c\n')).toBe('a b\ufffd c')
})
