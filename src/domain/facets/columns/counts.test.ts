import { expect, test } from 'vitest'
import { type Counts, withCount } from './counts.js'

test.each<[string, number[]]>([
  ['Uint8Array', [0, 255]],
  ['Uint16Array', [255, 256, 65_535]],
  ['Uint32Array', [3, 65_536, 2 ** 32 - 1]],
  ['Float64Array', [1, 2 ** 32, 2 ** 53]],
  ['Float64Array', [7, -1, 300]],
])('a %s holds %j exactly, in whatever order they come', (kind, numbers) => {
  for (const order of [numbers, [...numbers].reverse()]) {
    let counts: Counts = new Uint8Array(order.length)
    for (const [row, number] of order.entries()) counts = withCount(counts, row, number)
    expect([...counts]).toEqual(order)
    expect(counts.constructor.name).toBe(kind)
  }
})
