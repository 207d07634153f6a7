import { expect, test } from 'vitest'
import { endOfRecords, readPosition, writePosition } from './position.js'

test.each(['1-0/16B3748', '2-0/0', 'FFFFFFFF-FFFFFFFF/FFFFFFFF', '1-A/0'])(
  '%s is read and written as it is',
  (text) => {
    expect(writePosition(readPosition(text) as bigint)).toBe(text)
  },
)

test('a later timeline comes after all of an earlier one', () => {
  expect(readPosition('00000002-0/0')).toBeGreaterThan(readPosition('1-FFFFFFFF/FFFFFFFF') as bigint)
})

test.each(['', '0/16B3748', '1-0', '1-0/', 'g-0/0', '1-0/123456789', ' 1-0/1', '1-0/1\n'])(
  '%j is none',
  (text) => {
    expect(readPosition(text)).toBeNull()
  },
)

test('behind the header of an empty page nothing has been written yet', () => {
  expect(endOfRecords(8192n * 5n + 24n)).toBe(8192n * 5n)
  expect(endOfRecords(8192n * 5n + 48n)).toBe(8192n * 5n + 48n)
})
