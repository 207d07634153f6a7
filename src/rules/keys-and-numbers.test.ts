import { expect, test } from 'vitest'
import { findIntegerFault, isCount, MAX_NAME_LENGTH } from './limits.js'
import { derivedMessageId } from './message-id.js'
import { sessionIdAt } from './session-id.js'
import { isSlug, MAX_SLUG_LENGTH } from './slug.js'

test.each(['a', '0', 'a-b', 'a--b', 'x'.repeat(MAX_SLUG_LENGTH)])('%s is a key in paths', (text) =>
  expect(isSlug(text)).toBe(true),
)
test.each(['', '-a', 'a-', 'A', 'a_b', 'a b', 'ä', 'x'.repeat(MAX_SLUG_LENGTH + 1)])(
  '%j is no key in paths',
  (text) => expect(isSlug(text)).toBe(false),
)

test('a count is a whole number of 0 to 2,147,483,647', () => {
  for (const value of [null, undefined, 0, 1, 2_147_483_647]) expect(findIntegerFault(value)).toBeNull()
  for (const value of [-1, 0.5, 2_147_483_648, Number.NaN, Number.POSITIVE_INFINITY])
    expect(findIntegerFault(value)).toBe('Takes 0 to 2147483647')
  expect(MAX_NAME_LENGTH).toBe(255)
  for (const value of [0, 1, 2_147_483_647]) expect(isCount(value)).toBe(true)
  for (const value of [null, undefined, -1, 0.5, 2_147_483_648, '1', true, [1]])
    expect(isCount(value)).toBe(false)
})

// What was imported before is found by these for ever.
test('ids derived from a source never change, and differ with each of its parts', () => {
  expect(derivedMessageId(['session', 'row'])).toBe('cfd41ca5-f9e8-5570-b17d-b72bfc710f30')
  expect(sessionIdAt('acme', 'main', ['a', 'b'])).toBe('f1c77888-3727-5713-8468-91c86b07e864')
  expect(sessionIdAt('acme', 'main', ['a,b'])).not.toBe(sessionIdAt('acme', 'main', ['a', 'b']))
})
