import { expect, test } from 'vitest'
import { showControls, visibleName } from './show-controls'

test('control characters and those that turn a text around are shown; line feeds and tabs stay', () => {
  expect(showControls('a\u001b[0m\tb\r\nc\u202egpj.exe')).toBe('a␛[0m\tb\nc⟨U+202E⟩gpj.exe')
})

test('a name that nobody could see stands by its codes; others stand as they are', () => {
  expect(visibleName('coder')).toBe('coder')
  expect(visibleName('👩‍💻')).toBe('👩‍💻')
  expect(visibleName('\u200b\u200d')).toBe('⟨U+200B U+200D⟩')
  expect(visibleName('\u3164')).toBe('⟨U+3164⟩')
  expect(visibleName('')).toBe('⟨empty⟩')
})
