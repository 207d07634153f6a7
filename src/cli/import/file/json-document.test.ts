import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseExactly } from '../../../rules/exact-json.js'
import { type DocumentReading, outlineOf, readDocument } from './json-document.js'
import { TooLong } from './json-text.js'

/** A text in pieces of so many characters, as a file's chunks cut it anywhere. */
function reading(text: string, size = 3): DocumentReading {
  return {
    *chunks() {
      for (let at = 0; at < text.length; at += size) yield text.slice(at, at + size)
    },
    limit: 1000,
    long: 1000,
    parse(part, at) {
      const value = parseExactly(part)
      if (value === undefined) throw new Error(`${at} cannot be read`)
      return value
    },
  }
}

/** A value whose lists have been gone through. */
function whole(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value
  if (Symbol.iterator in value) return [...(value as Iterable<unknown>)].map(whole)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, whole(member)]))
}

test('a document whose lists are read as somebody goes through them is the document, however it is cut', () => {
  const text = fc.oneof(fc.string(), fc.constantFrom('"', '\\', '\\"', '],[', '{"messages":[', '\\\\'))
  const json = fc.letrec((tie) => ({
    value: fc.oneof(
      { depthSize: 'small' },
      fc.constant(null),
      fc.integer(),
      text,
      fc.array(tie('value')),
      fc.dictionary(text, tie('value')),
    ),
  })).value
  fc.assert(
    fc.property(
      fc.record({ messages: fc.array(json), info: json, steps: json }, { requiredKeys: [] }),
      fc.dictionary(text, json),
      fc.integer({ min: 1, max: 40 }),
      fc.constantFrom(0, 2),
      fc.constantFrom(1, 10, 1e6),
      (told, others, size, indent, long) => {
        const document = JSON.parse(JSON.stringify({ ...others, ...told }))
        const cut = reading(JSON.stringify(document, null, indent), size)
        cut.limit = 1e6
        cut.long = long
        const read = readDocument(cut, ['messages', 'steps'])
        expect(whole(read)).toEqual(document)
        // A list may be gone through again.
        if ('messages' in document) expect(whole(read.messages)).toEqual(document.messages)
        expect(Object.keys(outlineOf(cut, 2))).toEqual(Object.keys(document))
        const outline = outlineOf({ ...cut, long: 1e6 }, 2)
        for (const [key, value] of Object.entries(document))
          expect(outline[key]).toEqual(Array.isArray(value) ? value.slice(0, 2) : value)
      },
    ),
  )
})

test('of a long element no more is held than of its own longest', () => {
  const spans = Array.from({ length: 500 }, (_, id) => ({ id }))
  const document = { groups: [{ resource: 1, scopes: [{ spans, scope: 2 }, { spans: [] }] }, { scopes: [] }] }
  const cut = { ...reading(JSON.stringify(document)), limit: 100, long: 50 }
  expect(whole(readDocument(cut, ['groups', 'scopes', 'spans']))).toEqual(document)
  expect(outlineOf(cut, 1)).toEqual({
    groups: [{ resource: 1, scopes: [{ spans: spans.slice(0, 1), scope: 2 }] }],
  })
  // What is no object is held, and refused.
  const long = { ...cut, ...reading(JSON.stringify({ groups: [spans] })), limit: 100, long: 50 }
  expect(() => readDocument(long, ['groups'])).toThrow(TooLong)
})

test('an element that cannot be read is named by its number, and a long one is refused', () => {
  const broken = readDocument(reading('{"messages":[{"a":1},{"a":}]}'), ['messages'])
  expect(() => whole(broken.messages)).toThrow('messages 2 cannot be read')
  const long = readDocument(reading('{"messages":[1,"x"]}'), ['messages'])
  expect(whole(long.messages)).toEqual([1, 'x'])
  const beside = readDocument(reading(JSON.stringify({ history: Array(500).fill('xx'), steps: [1] })), [
    'history',
    'steps',
  ])
  expect(whole(beside.steps)).toEqual([1])
  const text = JSON.stringify({ messages: ['x'.repeat(2000)] })
  expect(() => readDocument(reading(text), ['messages'])).toThrow(TooLong)
})
