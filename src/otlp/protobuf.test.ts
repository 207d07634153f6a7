import { expect, test } from 'vitest'
import { decodeTraces } from './protobuf.js'

test.each([
  ['empty messages', [0x0a, 0x00]],
  ['fields that nobody knows', [0x78, 0x00]],
  ['empty groups', [0x7b, 0x7c]],
])('millions of %s are refused once there are more values than JSON may hold', (_what, bytes) => {
  expect(() => decodeTraces(Buffer.alloc(2_000_000, Buffer.from(bytes)))).toThrow('At most 200000 values')
})

test('as many values as JSON may hold are read', () => {
  const { resourceSpans } = decodeTraces(Buffer.alloc(400_000, Buffer.from([0x0a, 0x00])))
  expect(resourceSpans).toHaveLength(200_000)
})
