import { expect, test } from 'vitest'
import { hyphenate, isUuid, parseUuid, parseUuidPrefix, uuidRange } from './uuid.js'

const canonical = '0198c0de-0000-7abc-8def-0123456789ab'

test('the canonical form alone is a uuid', () => {
  expect(isUuid(canonical)).toBe(true)
  for (const other of [
    canonical.toUpperCase(),
    canonical.replaceAll('-', ''),
    `${canonical}0`,
    `0${canonical}`,
    '',
  ])
    expect(isUuid(other)).toBe(false)
})

test.each([canonical, canonical.toUpperCase(), canonical.replaceAll('-', ''), `-${canonical}`])(
  'a uuid is read in any case, with or without hyphens: %s',
  (text) => expect(parseUuid(text)).toBe(canonical),
)

test.each(['', 'x', canonical.slice(1), `${canonical}0`, canonical.replace('a', 'g'), ` ${canonical}`])(
  'what is no uuid is null: %j',
  (text) => expect(parseUuid(text)).toBeNull(),
)

test('a prefix stands for all uuids that begin with it', () => {
  expect(hyphenate('0'.repeat(32))).toBe('00000000-0000-0000-0000-000000000000')
  expect(uuidRange('0198c')).toEqual([
    '0198c000-0000-0000-0000-000000000000',
    '0198cfff-ffff-ffff-ffff-ffffffffffff',
  ])
})

test.each([
  ['0198', '0198'],
  ['0198C0DE-0', '0198c0de0'],
  ['0198c0de-0000-7abc-8def-0123456789ab', '0198c0de00007abc8def0123456789ab'],
  ['019', null],
  ['0198g', null],
  ['0198 ', null],
  [' 0198', null],
  ['', null],
  ['0'.repeat(33), null],
])('%j begins a uuid with %j', (text, digits) => {
  expect(parseUuidPrefix(text)).toBe(digits)
})
