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

test.each([
  ['coder\u200b', 'coder⟨U+200B⟩'],
  ['co\u00adder', 'co⟨U+00AD⟩der'],
  ['\ufeffcoder', '⟨U+FEFF⟩coder'],
  ['co\u200dder', 'co⟨U+200D⟩der'],
  ['coder\u{e0041}', 'coder⟨U+E0041⟩'],
  ['coder\u202e', 'coder⟨U+202E⟩'],
])('a name cannot pass for another one by what leaves no trace: %j', (name, shown) => {
  expect(visibleName(name)).toBe(shown)
})

test.each(['می‌خواهم', 'क्‍ष', 'café', '👩‍👩‍👧 ❤️', '🏳️‍🌈', 'naïve – “x”'])(
  'what a script or a picture is made of stays: %s',
  (name) => {
    expect(visibleName(name)).toBe(name)
  },
)
