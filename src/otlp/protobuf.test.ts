import { expect, test } from 'vitest'
import { spansOfRequest } from './answers.js'
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

test('a number beyond 2^53 is a text in JSON, and refused where it has lost its last digits already', () => {
  const body = (intValue: unknown) => {
    const attributes = [{ key: 'size', value: { intValue } }]
    return { resourceSpans: [{ scopeSpans: [{ spans: [{ traceId: 'a1', spanId: 'b2', attributes }] }] }] }
  }
  const [span] = spansOfRequest(body('9007199254740993'), 'json')
  expect(span?.attributes.size).toBe('9007199254740993')
  expect(() => spansOfRequest(body(2 ** 53), 'json')).toThrow('An intValue beyond 2^53 has to be a text')
})
