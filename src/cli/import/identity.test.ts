import { v5 } from 'uuid'
import { expect, test } from 'vitest'
import { formerMessageIdAt, messageIdAt, subagentGroupId } from './identity.js'

test('ids are made in sessions of any id, also one of no version of uuids, as a trace has', () => {
  const traced = 'dddddddd-dddd-dddd-dddd-dddddddddddd'
  const ids = [messageIdAt(traced, 0, 'a'), formerMessageIdAt(traced, 0), subagentGroupId(traced)]
  expect(new Set(ids).size).toBe(3)
  const session = '9e010000-0000-4000-8000-000000000001'
  expect(messageIdAt(session, 3, 'a')).toBe(v5('3 a', session))
  expect(subagentGroupId(session)).toBe(v5('subagents', session))
})
