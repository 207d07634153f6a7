import { expect, test } from 'vitest'
import { changedSince, goesOnFrom, reachesBackTo, seenOf } from './snapshot.js'

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

test('what a snapshot did not see is looked for from the oldest transaction that was open, of the workspace alone', () => {
  const key = { organizationId: 'o', workspaceId: 'w' }
  const [changed, reaches, seen] = [changedSince(key, '5:8:5,6'), reachesBackTo(key, '5:8:5,6'), seenOf(key)]
  expect(changed.values).toEqual(['o', 'w', '5', '5:8:5,6'])
  expect(reaches.values).toEqual(['o', 'w', '5'])
  expect(seen.values).toEqual(['o', 'w'])
  expect([changed, reaches, seen].map(({ sql }) => /from (session_\w+|workspaces)/.exec(sql)?.[1])).toEqual([
    ...['session_events', 'session_log_floors', 'workspaces'],
  ])
})
