import { expect, test } from 'vitest'
import { goesOnFrom } from './snapshot.js'

test.each([
  ['5:5:', '5:5:', true],
  ['5:6:', '5:5:', true],
  ['5:5:', '5:6:', false],
  ['5:8:5,6', '5:8:5,6,7', true],
  ['5:8:5,6,7', '5:8:5,6', false],
  ['5:9:5,8', '5:8:5,6', true],
  ['100:100:', '99:99:', true],
])('what %s sees goes on from what %s sees: %s', (now, before, goesOn) => {
  const log = 'one'
  expect(goesOnFrom({ snapshot: now, log }, { snapshot: before, log })).toBe(goesOn)
  expect(goesOnFrom({ snapshot: now, log }, { snapshot: before, log: 'other' })).toBe(false)
})
