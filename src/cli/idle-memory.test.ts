import { afterEach, beforeEach, expect, onTestFinished, test, vi } from 'vitest'
import { collectAtRest } from './idle-memory.js'

const mib = 1024 * 1024
beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** Looks at a heap that uses and holds so much, one after the other; gives at which a collection was begun. */
function collectedAt(sizes: number[], held = sizes): number[] {
  let at = 0
  const found: number[] = []
  const stop = collectAtRest(
    () => ({ usedBytes: (sizes[at] as number) * mib, heldBytes: (held[at] as number) * mib }),
    () => found.push(at),
  )
  onTestFinished(stop)
  for (at = 1; at < sizes.length; at++) vi.advanceTimersByTime(2000)
  return found
}

test('a heap that has grown is collected once it rests', () => {
  expect(collectedAt([50, 120, 250, 251, 60, 60, 60, 60, 60, 61, 62])).toEqual([3])
})

test('one that is at work is left alone, and so is one that has hardly grown', () => {
  expect(collectedAt([50, 90, 60, 130, 70, 150, 80])).toEqual([])
  expect(collectedAt([50, 55, 60, 65, 70, 75, 80])).toEqual([])
})

test('what is still used after three collections is not collected again', () => {
  expect(collectedAt([50, 150, 150, 149, 149, 149, 149, 149, 150, 151, 151, 151])).toEqual([2, 4, 6])
})

test('what is held and not used is collected for as well, and no more often where it stays', () => {
  const used = [50, 150, 60, 60, 60, 60, 60, 60, 60, 60, 60, 60]
  const held = [80, 250, 170, 170, 170, 90, 90, 90, 90, 90, 90, 90]
  expect(collectedAt(used, held)).toEqual([3])
  expect(collectedAt(used, [...held.slice(0, 5), ...held.slice(0, 7).fill(170)])).toEqual([3, 5, 7])
})

test('what grows again later is collected again', () => {
  expect(collectedAt([50, 150, 150, 55, 55, 55, 55, 180, 180, 60])).toEqual([2, 8])
})
