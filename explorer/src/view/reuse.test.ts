import fc from 'fast-check'
import { expect, test } from 'vitest'
import { reuse } from './reuse'

test('what is made anew says the same, and shares every part that is equal', () => {
  const before = { a: { in: ['x'], out: [] as string[] }, b: [1, 2], c: null as null | number }
  const after = reuse(before, { a: { in: ['x'], out: [] }, b: [1, 3], c: null })
  expect(after).toEqual({ a: { in: ['x'], out: [] }, b: [1, 3], c: null })
  expect(after.a).toBe(before.a)
  expect(after.b).not.toBe(before.b)
  expect(reuse(before, structuredClone(before))).toBe(before)
})

test('any value stays what it is', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (before, after) => {
      expect(reuse(before, after)).toEqual(after)
      expect(reuse(before, structuredClone(before))).toBe(before)
    }),
  )
})
