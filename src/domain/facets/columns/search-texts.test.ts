import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Slices } from '../../slices.js'
import { SearchTexts } from './search-texts.js'

const SEPARATOR = 0x1f

test('marks the rows whose text has what is searched for, in the part where it is, whatever was replaced before', async () => {
  const part = fc.string({ unit: fc.constantFrom('a', 'b', 'ÿ', '🦊'), maxLength: 6 })
  const step = fc.record({ row: fc.nat(300), text: fc.option(fc.tuple(part, part)) })
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 60 }), part, async (steps, needle) => {
      fc.pre(needle !== '')
      const texts = new SearchTexts(301, SEPARATOR)
      const held = new Map<number, [string, string]>()
      for (const { row, text } of steps) {
        if (text === null) {
          texts.clear(row)
          held.delete(row)
          continue
        }
        const bytes = Buffer.from(`<${text.join('\x1f')}>`)
        texts.put(row, bytes, 1, bytes.length - 1)
        held.set(row, text)
      }
      texts.grow(400)
      for (let row = 0; row < 400; row++) expect(texts.of(row)?.toString()).toBe(held.get(row)?.join('\x1f'))
      for (const [where, parts] of [
        ['either', [0, 1]],
        ['before', [0]],
        ['behind', [1]],
      ] as const) {
        const marks = new Uint8Array(400)
        await texts.mark(Buffer.from(needle), where, marks, new Slices())
        const expected = [...held].filter(([, text]) => parts.some((at) => text[at]?.includes(needle)))

        expect([...marks.keys()].filter((row) => marks[row] === 1)).toEqual(
          expected.map(([row]) => row).toSorted((a, b) => a - b),
        )
      }
    }),
    { numRuns: 300 },
  )
})

test('holds texts of several pages, one longer than a page among them, and tells when most were replaced', async () => {
  const texts = new SearchTexts(5000, SEPARATOR)
  const put = (row: number, text: string) => texts.put(row, Buffer.from(text), 0, Buffer.byteLength(text))
  for (let row = 0; row < 5000; row++) put(row, `${'x'.repeat(1000)}\x1f${row % 7 === 0 ? 'needle' : ''}`)
  put(4999, `${'y'.repeat(2 ** 21)}needle\x1f`)
  const marks = new Uint8Array(5000)
  await texts.mark(Buffer.from('needle'), 'either', marks, new Slices())

  expect(marks.reduce((sum, mark) => sum + mark, 0)).toBe(Math.ceil(5000 / 7) + 1)
  expect(marks[4999]).toBe(1)
  expect(texts.isWorn).toBe(false)
  for (let row = 0; row < 5000; row++) put(row, 'short\x1f')
  expect(texts.isWorn).toBe(true)
  expect(texts.memory).toBeLessThan(9 * 2 ** 20)
})
