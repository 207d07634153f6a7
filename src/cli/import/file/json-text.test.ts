import { expect, test } from 'vitest'
import { elementTexts, isWithinDepth, lineTexts, TooLong } from './json-text.js'

const inPieces = (text: string, size: number) =>
  Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )

test.each([1, 2, 7, 1000])('elements and lines are the same in pieces of %i', (size) => {
  const list = '[{"a":"],["},[1,[2]],"x\\"]"]'
  expect([...elementTexts(inPieces(list, size), 100)]).toEqual(['{"a":"],["}', '[1,[2]]', '"x\\"]"'])
  const lines = 'one\n\ntwo\nthree'
  expect([...lineTexts(inPieces(lines, size), 100)]).toEqual([
    { text: 'one', number: 1 },
    { text: 'two', number: 3 },
    { text: 'three', number: 4 },
  ])
})

test('a value or line over the limit is named by its number before it is held', () => {
  const numberOf = (read: () => unknown) => {
    try {
      read()
      return null
    } catch (error) {
      if (error instanceof TooLong) return error.number
      throw error
    }
  }
  const long = 'x'.repeat(50)
  expect(numberOf(() => [...elementTexts(inPieces(`[1,"${long}"]`, 5), 20)])).toBe(2)
  expect(numberOf(() => [...lineTexts(inPieces(`1\n2\n${long}`, 5), 20)])).toBe(3)
  expect(numberOf(() => [...lineTexts(inPieces(`1\n2\n${long}`, 5), 50)])).toBeNull()
})

test('depth is counted without recursion', () => {
  const nested = (levels: number) => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  expect(isWithinDepth(nested(500), 500)).toBe(true)
  expect(isWithinDepth(nested(501), 500)).toBe(false)
  expect(isWithinDepth(nested(200_000), 500)).toBe(false)
})
