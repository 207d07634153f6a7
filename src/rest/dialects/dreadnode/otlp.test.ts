import { gzipSync } from 'node:zlib'
import { BinaryWriter, WireType } from '@bufbuild/protobuf/wire'
import { expect, test } from 'vitest'
import { Refusal } from './errors.js'
import { countSpans } from './otlp.js'

const LIMIT = 16 * 1024 * 1024

const count = (bytes: Uint8Array, contentEncoding: string | null = null) =>
  countSpans(
    { contentType: 'application/x-protobuf', contentEncoding, body: { bytes } } as Parameters<
      typeof countSpans
    >[0],
    LIMIT,
  )

function within(...inner: Uint8Array[]): Uint8Array {
  const writer = new BinaryWriter()
  for (const bytes of inner) writer.tag(2, WireType.LengthDelimited).bytes(bytes)
  return writer.finish()
}

test('spans are counted, whatever stands beside them', async () => {
  const scope = within(Buffer.from('aa'), Buffer.from('bb'), new Uint8Array())
  const group = new BinaryWriter()
    .tag(9, WireType.Varint)
    .uint32(7)
    .tag(1, WireType.LengthDelimited)
    .bytes(within(scope, scope))
    .finish()
  expect(await count(group)).toBe(6)
  expect(await count(gzipSync(group), 'gzip')).toBe(6)
})

test.each<[string, Buffer]>([
  ['8 million empty groups of spans in 16 KB', Buffer.alloc(LIMIT, '0a00', 'hex')],
  ['8 million numbers', Buffer.alloc(LIMIT, '4801', 'hex')],
  [
    'a group of millions of numbers',
    Buffer.concat([Buffer.from([0x4b]), Buffer.alloc(LIMIT - 2, '4801', 'hex'), Buffer.from([0x4c])]),
  ],
  ['16 million groups in each other', Buffer.alloc(LIMIT, '4b', 'hex')],
])('%s are refused before they are gone through', async (_name, bytes) => {
  const packed = gzipSync(bytes)
  expect(packed.length).toBeLessThan(64 * 1024)
  await expect(count(packed, 'gzip')).rejects.toThrow(Refusal)
})
