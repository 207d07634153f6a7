import { describe, expect, test } from 'vitest'
import {
  findKeyCountIssues,
  findLabelIssues,
  findReservedChanges,
  fromLabelTexts,
  type Labels,
  replaceLabels,
  reservedLabelKeys,
  toLabelList,
  toLabelTexts,
} from './label.js'

const messagesOf = (labels: Labels) => findLabelIssues(labels, ['labels']).map(({ message }) => message)
const numbered = (count: number) => Array.from({ length: count }, (_, index) => `v${index}`)

describe('the grammar of labels (contract 3)', () => {
  test.each(['a', '0', 'team', 'a.b_c-d', 'x'.repeat(64)])('takes the key %s', (key) =>
    expect(messagesOf({ [key]: ['x'] })).toEqual([]),
  )
  test.each(['', 'A', '.a', '_a', '-a', 'a b', 'ä', 'a:b', 'x'.repeat(65)])('refuses the key %j', (key) =>
    expect(findLabelIssues({ [key]: ['x'] }, ['labels'])).toEqual([
      { path: ['labels', key], message: 'A label key matches ^[a-z0-9][a-z0-9_.-]{0,63}$' },
    ]),
  )
  test.each(['x', ' ', 'a:b', '😀'.repeat(256), 'x'.repeat(256)])('takes the value %j', (value) =>
    expect(messagesOf({ team: [value] })).toEqual([]),
  )
  test.each([
    ['', 'A label value has at least 1 character'],
    ['x'.repeat(257), 'A label value has at most 256 characters'],
    ['a\tb', 'A label value has no control characters'],
    ['\u0000', 'A label value has no control characters'],
    ['\u001f', 'A label value has no control characters'],
    ['\u007f', 'A label value has no control characters'],
    ['\u009f', 'A label value has no control characters'],
    ['a\ud800', 'A label value has no lone surrogate'],
  ])('refuses the value %j', (value, message) =>
    expect(findLabelIssues({ team: ['good', value] }, ['labels'])).toEqual([
      { path: ['labels', 'team', 1], message },
    ]),
  )
  test('a capability has an organization and a name', () => {
    expect(messagesOf({ capability: ['org/name'] })).toEqual([])
    for (const value of ['name', '/name', 'org/', 'a/b/c', 'a /b', 'a/ b'])
      expect(messagesOf({ capability: [value] })).toEqual(['A capability has the form org/name'])
    expect(messagesOf({ worker: ['name'] })).toEqual([])
  })
  test('a key has at most 32 different values, a session at most 64 keys that have any', () => {
    expect(messagesOf({ team: [...numbered(32), 'v0'] })).toEqual([])
    const long = Object.fromEntries(
      Array.from({ length: 63 }, (_, key) => [`k${key}`, [`${'x'.repeat(255)}`, 'y'.repeat(4)]]),
    )
    expect(findLabelIssues(long, ['labels'])).toEqual([
      { path: ['labels'], message: 'The labels of a session have at most 16384 characters together' },
    ])
    expect(findLabelIssues({ team: numbered(33) }, ['labels'])).toEqual([
      { path: ['labels', 'team'], message: 'A label has at most 32 values' },
    ])
    const keys = (count: number) => Object.fromEntries(numbered(count).map((key) => [key, ['x']]))
    expect(messagesOf({ ...keys(64), empty: [] })).toEqual([])
    expect(messagesOf(keys(65))).toEqual(['A session has at most 64 label keys'])
    expect(findKeyCountIssues(keys(65), ['labels'])).toEqual([
      { path: ['labels'], message: 'A session has at most 64 label keys' },
    ])
  })
})

describe('reserved labels (SES-LBL-022, SES-LBL-024)', () => {
  test('are those that the writer of a session sets', () =>
    expect([...reservedLabelKeys].sort()).toEqual(['capability', 'capability_version', 'worker']))
  test('stay where the others are replaced, unless given', () => {
    const stored = { worker: ['w'], capability: ['a/b'], team: ['x'], area: ['y'] }
    expect(replaceLabels(stored, { team: ['z'] })).toEqual({
      capability: ['a/b'],
      team: ['z'],
      worker: ['w'],
    })
    expect(replaceLabels(stored, { worker: ['other'] })).toEqual({ capability: ['a/b'], worker: ['other'] })
    expect(replaceLabels(stored, { worker: [] })).toEqual({ capability: ['a/b'] })
  })
  test('are told when an edit would change them, in whatever order their values stand', () => {
    const stored = { worker: ['a', 'b'], team: ['x'] }
    expect(findReservedChanges(stored, { team: ['y'], worker: ['b', 'a', 'a'] })).toEqual([])
    expect(findReservedChanges(stored, { worker: ['a'] })).toEqual(['worker'])
    expect(findReservedChanges(stored, { worker: ['a', 'c'] })).toEqual(['worker'])
    expect(findReservedChanges(stored, { worker: [] })).toEqual(['worker'])
    expect(findReservedChanges(stored, { capability: ['a/b'] })).toEqual(['capability'])
    expect(findReservedChanges(stored, { capability: [] })).toEqual([])
  })
})

describe('labels as they are stored', () => {
  test('are sorted by code points, once each', () => {
    expect(toLabelTexts({ b: ['z', 'a', 'z'], a: ['\uffff', '😀'], none: [] })).toEqual([
      'a:\uffff',
      'a:😀',
      'b:a',
      'b:z',
    ])
  })
  test('are read back, colons in values included', () => {
    expect(fromLabelTexts(['a:x:y', 'a:z', 'b:1'])).toEqual({ a: ['x:y', 'z'], b: ['1'] })
    expect(fromLabelTexts([])).toEqual({})
  })
  test.each([
    ['sorted', ['a:1', 'a:2', 'b:1']],
    ['with values out of order', ['a:2', 'a:1', 'b:1']],
    ['with keys out of order', ['b:1', 'a:2', 'a:1']],
    ['as rows written by others may have them', ['a:1', 'b:1', 'a:2']],
    ['with one twice', ['a:1', 'a:1', 'a:2', 'b:1']],
  ])('are shown by key, by value, once each: %s', (_name, texts) =>
    expect(toLabelList(texts)).toEqual([
      { key: 'a', values: ['1', '2'] },
      { key: 'b', values: ['1'] },
    ]),
  )
})
