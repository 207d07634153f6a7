import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf } from './row-shapes.js'

const named = (names: readonly string[]) => names.map((name) => ({ name }))

test('rows have the values of their columns, in their order, whatever the names are', () => {
  const name = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('0', '"]}', '\\', 'a\nb', 'constructor'),
  )
  const shape = fc
    .uniqueArray(name, { maxLength: 60 })
    .filter((names) => !names.some((name) => name === '__proto__' || name.includes('\0')))
    .chain((names) =>
      fc.record({
        names: fc.constant(names),
        values: fc.array(fc.array(fc.anything(), { minLength: names.length, maxLength: names.length }), {
          maxLength: 3,
        }),
      }),
    )
  fc.assert(
    fc.property(shape, ({ names, values }) => {
      const expected = values.map((row) => Object.fromEntries(row.map((value, at) => [names[at], value])))
      expect(rowsOf(named(names), values)).toEqual(expected)
    }),
  )
})

test('columns whose names come in another order are other rows', () => {
  expect(rowsOf(named(['a', 'b']), [[1, 2]])).toEqual([{ a: 1, b: 2 }])
  expect(rowsOf(named(['b', 'a']), [[1, 2]])).toEqual([{ a: 2, b: 1 }])
})

test('a row without columns is not one with a column that has no name', () => {
  expect(rowsOf([], [[]])).toEqual([{}])
  expect(rowsOf(named(['']), [[1]])).toEqual([{ '': 1 }])
})
