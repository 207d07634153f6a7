import fc from 'fast-check'
import { expect, test } from 'vitest'
import { JsonBody, type JsonReading } from './body.js'
import { jsonBounds } from './scan.js'

const bytes = (text: string) => new TextEncoder().encode(text)

/** Reads bytes that arrive in chunks of these sizes, over and over. */
async function read(given: Uint8Array, sizes: readonly number[] = [given.length || 1]): Promise<JsonReading> {
  const body = new JsonBody()
  for (let start = 0, turn = 0; start < given.length; turn++) {
    const size = sizes[turn % sizes.length] as number
    body.take(given.subarray(start, start + size))
    start += size
  }
  return body.read()
}

/** Where the text breaks, in characters; null when it is JSON. */
async function offset(text: string, sizes?: readonly number[]): Promise<number | null> {
  const reading = await read(bytes(text), sizes)
  if ('value' in reading) return null
  return reading.fault.kind === 'malformed' ? reading.fault.at : -1
}

const chunkSizes = fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 })

test('what JSON.parse takes is taken, wherever its chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), fc.constantFrom(0, 1), chunkSizes, async (value, indent, sizes) => {
      const text = JSON.stringify(value, null, indent)
      expect(await read(bytes(text), sizes)).toEqual({ value: JSON.parse(text) })
    }),
  )
})

test('what JSON.parse refuses is refused, at the same place wherever its chunks end', async () => {
  const pieces = fc.array(
    fc.constantFrom(...'{}[],:"\\ux0123456789.eE+-\n é', 'true', 'false', 'null', '"a"', '\\u00', '1e5'),
    { maxLength: 12 },
  )
  await fc.assert(
    fc.asyncProperty(pieces, chunkSizes, async (given, sizes) => {
      const text = given.join('')
      const isJson = (() => {
        try {
          JSON.parse(text)
          return true
        } catch {
          return false
        }
      })()
      const whole = await offset(text)
      expect(whole === null).toBe(isJson)
      expect(await offset(text, sizes)).toBe(whole)
    }),
    { numRuns: 3000 },
  )
})

const { values, levels, numberLength } = jsonBounds

test.each([
  ['values', `[${'0,'.repeat(values - 2)}0]`, `[${'0,'.repeat(values)}0]`],
  ['members', `{${'"":0,'.repeat(values - 2)}"":0}`, `{${'"":0,'.repeat(values)}"":0}`],
  ['levels', `${'['.repeat(levels)}${']'.repeat(levels)}`, '['.repeat(levels + 1)],
  ['digits', '1'.repeat(numberLength), '1'.repeat(numberLength + 1)],
])('at most so many %s are taken, and more are refused before the end', async (_what, most, tooMany) => {
  expect(await read(bytes(most), [4096])).toHaveProperty('value')
  const body = new JsonBody()
  body.take(bytes(tooMany))
  expect(body.fault).toEqual({ kind: 'too much', message: expect.any(String) })
})

test('a large body is parsed on another thread, to the same value', async () => {
  const value = { text: 'é\n'.repeat(300_000), list: [1, null, { a: 'b' }] }
  expect(await read(bytes(JSON.stringify(value)), [65_536])).toEqual({ value })
})

test.each([
  ['{"id":', 6],
  ['', 0],
  ['  ', 2],
  ['{"a":1,}', 7],
  ['[1,]', 3],
  ['[1 2]', 3],
  ['{"a" 1}', 5],
  ['{a:1}', 1],
  ['{"a":tru}', 5],
  ['{"a":01}', 6],
  ['{"a":1.}', 6],
  ['{"a":-}', 5],
  ['"\n"', 1],
  ['"\\u12x4"', 5],
  ['"open', 5],
  ['{} {}', 3],
  ['[}', 1],
  ["{'a':1}", 1],
  ['NaN', 0],
])('%j breaks at character %i', async (text, expected) => {
  expect(await offset(text)).toBe(expected)
})

test('a break lies within the text, whatever is put into it', async () => {
  const anywhere = fc.tuple(fc.json(), fc.nat(), fc.constantFrom('}', ']', ',', ':', 'x', '"', '\\', '\n'))
  await fc.assert(
    fc.asyncProperty(anywhere, async ([json, position, wrong]) => {
      const cut = position % (json.length + 1)
      const text = json.slice(0, cut) + wrong + json.slice(cut)
      const found = await offset(text)
      expect(found === null || (found >= 0 && found <= [...text].length)).toBe(true)
    }),
  )
})

test.each([
  [[...bytes('{"é":"'), 0xc3, 0x28], 6],
  [[...bytes('"'.padEnd(10_000, 'é')), 0x80, ...bytes('"')], 10_000],
  [[...bytes('"'), ...Array<number>(20_000).fill(0x80), ...bytes('"')], 1],
])('bytes that are not UTF-8 break at their character', async (given, at) => {
  expect(await read(new Uint8Array(given))).toEqual({ fault: { kind: 'malformed', at } })
})
