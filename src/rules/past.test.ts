import { expect, test } from 'vitest'
import { CLOCK_DIFFERENCE_MS, findPastIssues } from './past.js'

const now = Date.UTC(2026, 0, 1)
const at = (ms: number) => findPastIssues(new Date(ms), ['createdAt'], now)

test('a moment may be ahead by as much as clocks differ, five minutes', () => {
  expect(CLOCK_DIFFERENCE_MS).toBe(300_000)
  expect(at(now + 300_000)).toEqual([])
  expect(at(now + 300_001)).toEqual([{ path: ['createdAt'], message: 'Takes a moment that is past' }])
})

test('a moment is of the years 1 to 9999', () => {
  const message = 'Takes a moment of the years 1 to 9999'
  expect(findPastIssues(new Date('0001-01-01T00:00:00Z'), ['createdAt'], now)).toEqual([])
  expect(findPastIssues(new Date('0000-12-31T23:59:59Z'), ['createdAt'], now)).toEqual([
    { path: ['createdAt'], message },
  ])
  expect(at(Number.NaN)).toEqual([{ path: ['createdAt'], message }])
})

test('an absent moment is none', () => {
  expect([findPastIssues(null, []), findPastIssues(undefined, [])]).toEqual([[], []])
  expect(findPastIssues(new Date(Date.now() - 1000), [])).toEqual([])
})
