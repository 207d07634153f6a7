import { expect, test } from 'vitest'
import { parseExactly } from './exact-json.js'

test.each([
  ['9007199254740993', '9007199254740993'],
  ['-9007199254740993', '-9007199254740993'],
  ['9007199254740991', 9007199254740991],
  ['12345678901234567.5', '12345678901234567.5'],
  ['1e400', '1e400'],
  ['1.5', 1.5],
])('the number %s is kept exactly', (text, expected) => {
  expect(parseExactly(`{"n":[${text}],"${text}":"${text}"}`)).toEqual({ n: [expected], [text]: text })
})
