import { expect, test } from 'vitest'
import { findDepthFault, findMetadataIssues, toStorableJson } from './metadata.js'

const nested = (levels: number): unknown => (levels === 0 ? 1 : [nested(levels - 1)])
const at = ['metadata']

test('nothing is wrong with nothing, or with what is small, flat and storable', () => {
  for (const value of [null, undefined, {}, [], 'text', 1, { a: [{ b: null }] }])
    expect(findMetadataIssues(value, at)).toEqual([])
})

test('200 levels are kept, and no more', () => {
  for (const value of [nested(200), { a: nested(199) }]) {
    expect(findDepthFault(value)).toBeNull()
    expect(findMetadataIssues(value, at)).toEqual([])
  }
  for (const value of [nested(201), { a: nested(200) }]) {
    expect(findDepthFault(value)).toBe('At most 200 levels')
    expect(findMetadataIssues(value, at)).toEqual([{ path: at, message: 'At most 200 levels' }])
  }
})

test('65,536 bytes of JSON are kept, and no more; bytes, not characters', () => {
  expect(findMetadataIssues({ a: 'x'.repeat(65_536 - 8) }, at)).toEqual([])
  expect(findMetadataIssues({ a: 'x'.repeat(65_536 - 7) }, at)).toEqual([
    { path: at, message: 'At most 65536 bytes of JSON' },
  ])
  expect(findMetadataIssues({ a: 'ä'.repeat(40_000) }, at)).toHaveLength(1)
})

test('what PostgreSQL cannot store is one issue, wherever it stands', () => {
  const message = 'A text holds neither U+0000 nor a lone surrogate'
  for (const value of ['\0', { a: ['\ud800'] }, { '\0': 1 }, { a: '\0', b: '\0' }])
    expect(findMetadataIssues(value, at)).toEqual([{ path: at, message }])
})

test('texts and keys become storable; what is already is the same object', () => {
  expect(toStorableJson({ 'a\0': ['\0', { b: '\ud800' }], c: 1 })).toEqual({
    'a\ufffd': ['\ufffd', { b: '\ufffd' }],
    c: 1,
  })
  for (const value of [{ a: ['x', { b: null }], c: 1.5 }, ['x'], 'x', null, true])
    expect(toStorableJson(value)).toBe(value)
})
