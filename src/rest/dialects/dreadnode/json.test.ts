import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseJson } from './json.js'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Where the text breaks, in characters; null when it is JSON. */
function offset(text: string): number | null {
  const parsed = parseJson(bytes(text))
  return 'item' in parsed ? (parsed.item.loc[1] as number) : null
}

test('what JSON.parse takes is taken', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(parseJson(bytes(JSON.stringify(value, null, 1)))).toEqual({
        value: JSON.parse(JSON.stringify(value)),
      })
    }),
  )
})

test.each([
  ['{"id":', 6],
  ['', 0],
  ['  ', 2],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":tru}', 5],
  ['{"a":01}', 6],
  ['{"a":1.}', 6],
  ['{"a":-}', 5],
  ['"\n"', 1],
  ['"\\u12x4"', 5],
  ['"open', 5],
  ['{} {}', 3],
  ['[}', 1],
  ["{'a':1}", 1],
  ['NaN', 0],
])('%j breaks at character %i', (text, expected) => {
  expect(offset(text)).toBe(expected)
})

test('a break lies within the text, whatever is put into it', () => {
  const anywhere = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('}', ']', ',', ':', 'x', '"', '\\', '\n'))
  fc.assert(
    fc.property(anywhere, ([json, place, wrong]) => {
      const cut = place % (json.length + 1)
      const text = json.slice(0, cut) + wrong + json.slice(cut)
      const found = offset(text)
      expect(found === null || (found >= 0 && found <= [...text].length)).toBe(true)
    }),
  )
})

test('bytes that are not UTF-8 break at their character', () => {
  const parsed = parseJson(new Uint8Array([...bytes('{"é":"'), 0xc3, 0x28]))
  expect(parsed).toEqual({ item: { loc: ['body', 6], msg: expect.any(String), type: 'json_invalid' } })
})
