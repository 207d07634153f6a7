import { expect, test } from 'vitest'
import { snippetOf } from './snippet.js'
import { wordsOf } from './words.js'

const shown = (content: string, query: string) =>
  snippetOf(content, wordsOf(query))
    .map(({ text, isMatch }) => (isMatch ? `[${text}]` : text))
    .join('')

test('a snippet marks words in any case, the last one as a beginning, in one line around the first', () => {
  expect(shown('Why does the Login\n  test fail?', 'login te')).toBe('Why does the [Login] [test] fail?')
  expect(shown(`${'x '.repeat(200)}STRASSE ${'y '.repeat(200)}`, 'straße')).toMatch(
    /^….{58,60}\[STRASSE\] .{150,180}…$/u,
  )
  expect(shown('src/auth/login.ts', 'login')).toBe('src/auth/[login].ts')
  expect(shown('x xylo login', 'login x')).toBe('[x] xylo [login]')
  expect(shown('Loginname', 'why does log')).toBe('[Loginname]')
  expect(snippetOf('login', ['login'])).toEqual([{ text: 'login', isMatch: true }])
  expect(shown(`login ${'y '.repeat(200)}login`, 'login').match(/\[/g)).toHaveLength(1)
})

test('words are parted by everything of ASCII but letters, digits and _, and folded', () => {
  expect(wordsOf('Die Größe: src/foo_bar-baz.ts „x“…')).toEqual([
    'die',
    'grösse',
    'src',
    'foo_bar',
    'baz',
    'ts',
    '„x',
  ])
  expect(wordsOf('x'.repeat(600)).map(({ length }) => length)).toEqual([255, 255, 90])
})
