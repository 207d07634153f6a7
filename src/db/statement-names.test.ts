import { expect, test } from 'vitest'
import { sql } from './sql.js'
import { createNamesWithValues, createStatementNames } from './statement-names.js'

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

test('a statement with its values is named at their third use, and of those named the least used makes room', () => {
  const nameOf = createNamesWithValues()
  const ask = (value: string) => nameOf(sql`select ${value}`)
  expect([1, 2, 3, 4].map(() => ask("o'")?.name)).toEqual([undefined, undefined, 'sgv_0', 'sgv_0'])
  expect(ask("o'")?.text).toBe("select 'o'''")
  for (let value = 0; value < 100; value++) for (const _ of [1, 2, 3]) ask(String(value))
  expect([ask('99')?.name, ask("o'")]).toEqual(['sgv_100', undefined])
})
