import { expect, test } from 'vitest'
import { waitMs } from './retry'

test('however often a stream could not be opened, it is tried again within ten seconds', () => {
  for (const retries of [0, 1, 5, 50, 5000]) {
    expect(waitMs(retries, 0)).toBeGreaterThan(500)
    expect(waitMs(retries, 1)).toBeLessThanOrEqual(10_000)
  }
  expect(waitMs(0, 0.5)).toBeLessThan(waitMs(2, 0.5))
})
