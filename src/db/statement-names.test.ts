import { expect, test } from 'vitest'
import { createStatementNames } from './statement-names.js'

test('a statement is named at its third use, and keeps its name', () => {
  const nameOf = createStatementNames()
  expect([1, 2, 3, 4].map(() => nameOf('select 1'))).toEqual([undefined, undefined, 'sg_0', 'sg_0'])
})

test('statements that come once or twice take no name from those that come again', () => {
  const nameOf = createStatementNames()
  for (let number = 0; number < 5000; number++) for (const _ of [1, 2]) nameOf(`select ${number}`)
  expect([1, 2, 3].map(() => nameOf('select again')).at(-1)).toBe('sg_0')
})

test('there are 200 names', () => {
  const nameOf = createStatementNames()
  const named = Array.from({ length: 300 }, (_, number) =>
    [1, 2, 3].map(() => nameOf(`select ${number}`)).at(-1),
  )
  expect(new Set(named.slice(0, 200)).size).toBe(200)
  expect(named.slice(200)).toEqual(Array(100).fill(undefined))
})
