import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { expect, test } from 'vitest'
import { decodeTraces, NotOtlp } from './protobuf.js'
import { FrameTooLong, framesOf } from './protobuf-frames.js'
import { spansOf } from './spans.js'

const field = (number: number, ...parts: Uint8Array[]) =>
  new BinaryWriter()
    .uint32((number << 3) | 2)
    .bytes(Buffer.concat(parts))
    .finish()
const text = (value: string) => Buffer.from(value)
const span = (id: number, name = `span ${id}`) =>
  field(2, field(1, Buffer.alloc(16, 1)), field(2, Buffer.alloc(8, id)), field(5, text(name)))
/** A resource whose service has this name. */
const resource = (name: string) =>
  field(1, field(1, field(1, text('service.name')), field(2, field(1, text(name)))))
const scope = (...spans: Uint8Array[]) =>
  field(2, field(1, field(1, text('a scope'))), ...spans, field(3, text('url')))
const request = Buffer.concat([
  field(1, resource('one'), scope(span(1), span(2)), scope(span(3)), field(3, text('url'))),
  field(1, resource('two'), scope(span(4))),
])
const withLength = (bytes: Buffer) => {
  const length = Buffer.alloc(4)
  length.writeUInt32BE(bytes.length)
  return Buffer.concat([length, bytes])
}

function* cut(bytes: Uint8Array, size: number) {
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size)
}

test.each([request, Buffer.concat([withLength(request), withLength(request)])])(
  'the parts of traces are the traces, whether groups are long or not and however the bytes are cut',
  (bytes) => {
    const repeats = bytes === request ? 1 : 2
    for (const size of [1, 7, 1000])
      for (const long of [1, 30, 60, 1e6]) {
        const found = [...framesOf(cut(bytes, size), 1000, long)].flatMap((part) =>
          spansOf(decodeTraces(part)),
        )
        const expected = ['one span 1', 'one span 2', 'one span 3', 'two span 4']
        expect(found.map(({ service, name }) => `${service} ${name}`)).toEqual(
          Array.from({ length: repeats }, () => expected).flat(),
        )
      }
  },
)

test('of a long group no more is held than a span; a longer one is refused', () => {
  const long = field(1, scope(...Array.from({ length: 100 }, (_, id) => span(id + 1))))
  expect([...framesOf(cut(long, 50), 200, 100)].flatMap((part) => spansOf(decodeTraces(part)))).toHaveLength(
    100,
  )
  const tooLong = field(1, scope(span(1), span(2, 'x'.repeat(300))))
  expect(() => [...framesOf(cut(tooLong, 50), 200, 100)]).toThrow(FrameTooLong)
})

test('what ends within a message, or is none, is told', () => {
  for (const bytes of [
    request.subarray(0, -1),
    Buffer.from([0x0a, 0xff, 0xff, 0xff, 0x7f, 1]),
    text('\n{"a":1}'),
  ])
    for (const long of [1, 1e6]) expect(() => [...framesOf(cut(bytes, 9), 1e6, long)]).toThrow(NotOtlp)
})
