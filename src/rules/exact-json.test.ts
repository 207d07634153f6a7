import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactly } from './exact-json.js'

test.each([
  ['9007199254740993', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['9007199254740991', 9007199254740991],
  ['12345678901234567.5', '12345678901234567.5'],
  ['12345678901234567.25', '12345678901234567.25'],
  ['1e400', '1e400'],
  ['-1E+400', '-1E+400'],
  ['0.9876543210987654', 0.9876543210987654],
  ['1.5', 1.5],
])('the number %s is kept exactly', (text, expected) => {
  expect(parseExactly(`{"n":[${text}],"${text}":"${text}"}`)).toEqual({ n: [expected], [text]: text })
})

test('texts stay as they are beside a number that is kept exactly', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('"', '\\', '0', '9007199254740993', 'e', '-') }))
  fc.assert(
    fc.property(texts, (list) => {
      const json = JSON.stringify(list)
      const expected = [list, '9007199254740993', list]
      expect(parseExactly(`[${json},9007199254740993,${json}]`)).toEqual(expected)
    }),
  )
})

test.each(['', '{"n":9007199254740993', '09007199254740993'])('%j is no JSON', (text) => {
  expect(parseExactly(text)).toBeUndefined()
})
