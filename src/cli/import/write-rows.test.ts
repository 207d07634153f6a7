import { expect, test } from 'vitest'
import { createBatch } from './write-rows.js'

/** How many messages each batch takes. */
function sizes(messages: readonly string[], ...limits: number[]): number[] {
  const counts: number[] = []
  let batch = createBatch<string>(...limits)
  for (const message of messages) {
    if (!batch.fits(message)) {
      counts.push(batch.messages.length)
      batch = createBatch<string>(...limits)
    }
    batch.add(message)
  }
  return [...counts, batch.messages.length]
}

test('batches hold as many messages as they may', () => {
  expect(sizes(Array.from({ length: 1200 }, () => 'm'))).toEqual([500, 500, 200])
  expect(sizes([])).toEqual([0])
})

test('batches hold as many bytes as they may, and what is larger goes alone', () => {
  expect(sizes(['a'.repeat(40), 'b'.repeat(40), 'c'.repeat(200), 'd'], 500, 100)).toEqual([2, 1, 1])
})
