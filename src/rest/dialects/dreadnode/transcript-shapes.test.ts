import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MessageCreate } from './transcript-shapes.js'

test('a call is its id, name and arguments, and refused for an id that is no short storable text, whichever way it is read', () => {
  const id = fc.oneof(
    fc.string({ unit: 'grapheme', maxLength: 300 }),
    fc.string({ minLength: 250, maxLength: 260 }),
    fc.constantFrom('', '\0', '\ud800', '\u007f', '日'.repeat(256), '😀'.repeat(256), '😀'.repeat(257)),
    fc.constantFrom(null, undefined, 1, {}),
  )
  const text = fc.oneof(fc.string(), fc.constantFrom('\0', '\ud800', null, 1))
  const call = fc.record({ id, name: text, arguments: text, more: fc.integer() }, { requiredKeys: [] })
  const isText = (value: unknown) => typeof value === 'string'
  fc.assert(
    fc.property(fc.array(call, { maxLength: 5 }), (calls) => {
      const isGood = calls.every(
        (one) =>
          isText(one.id) &&
          [...String(one.id)].length <= 256 &&
          !/\p{Surrogate}|\0/u.test(String(one.id)) &&
          isText(one.name) &&
          isText(one.arguments),
      )
      const read = MessageCreate.safeParse({ role: 'assistant', tool_calls: calls })
      expect(read.success).toBe(isGood)
      if (read.success)
        expect(read.data.tool_calls).toEqual(
          calls.map(({ id, name, arguments: given }) => ({ id, name, arguments: given })),
        )
    }),
    { numRuns: 500 },
  )
})
