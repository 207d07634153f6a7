import { expect, test } from 'vitest'
import { toBatches } from './batches.js'

const sizes = (batches: unknown[][]) => batches.map((batch) => batch.length)

test('batches hold as many messages as they may', () => {
  expect(sizes(toBatches(Array.from({ length: 1200 }, () => 'm')))).toEqual([500, 500, 200])
  expect(toBatches([])).toEqual([])
})

test('batches hold as many bytes as they may, and what is larger goes alone', () => {
  const messages = ['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(200), 'd']
  expect(sizes(toBatches(messages, 500, 100))).toEqual([2, 1, 1])
  expect(toBatches(messages, 500, 100).flat()).toEqual(messages)
})
