import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TextRanks, TextTable } from './text-table.js'

const texts = fc.uniqueArray(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '🦊'), minLength: 1 }), {
  minLength: 1,
  maxLength: 120,
})

test('texts are told by their ranks in the order of their bytes, however many come at a time', () => {
  fc.assert(
    fc.property(texts, fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1 }), (all, parts) => {
      const table = new TextTable()
      const ranks = new TextRanks((a, b) => table.compare(a, b))
      for (let turn = 0; table.size <= all.length; turn++) {
        const begin = table.size - 1
        for (const text of all.slice(begin, begin + (parts[turn % parts.length] as number))) {
          const bytes = Buffer.from(text)
          table.add(bytes, 0, bytes.length)
        }
        const found = ranks.upTo(table.size) as Uint32Array
        const codes = Array.from({ length: table.size - 1 }, (_, at) => at + 1)
        const sorted = codes.toSorted((a, b) =>
          Buffer.compare(Buffer.from(table.textOf(a)), Buffer.from(table.textOf(b))),
        )
        expect(codes.toSorted((a, b) => (found[a] as number) - (found[b] as number))).toEqual(sorted)
      }
    }),
  )
})

test('a table of very many texts has none', () => {
  expect(new TextRanks((a, b) => a - b).upTo(8193)).toBeNull()
})
