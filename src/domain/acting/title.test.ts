import { expect, test } from 'vitest'
import { titleChange } from './title.js'

test.each([
  [
    'a first title of a machine',
    null,
    null,
    { title: 'a', titleSource: 'machine' },
    { title: 'a', titleSource: 'machine' },
  ],
  [
    'a machine over a machine',
    'b',
    'machine',
    { title: 'a', titleSource: 'machine' },
    { title: 'a', titleSource: 'machine' },
  ],
  ['a machine over a person', 'b', 'person', { title: 'a', titleSource: 'machine' }, {}],
  ['a machine over an unknown source', 'b', null, { title: 'a', titleSource: 'machine' }, {}],
  ['a person over a person', 'b', 'person', { title: 'a' }, { title: 'a', titleSource: 'person' }],
  ['a person who clears it', 'b', 'machine', { title: null }, { title: null, titleSource: null }],
  ['nobody', 'b', 'machine', { titleSource: 'person' }, {}],
] as const)('%s changes a title as it should', (_case, title, titleSource, input, change) => {
  expect(titleChange({ title, titleSource }, input)).toEqual(change)
})
