import { expect, test } from 'vitest'
import { takeTurns } from './repeated.js'

test('who has much to do keeps no other waiting, and nobody rests while work is left', async () => {
  const left = new Map(Object.entries({ large: 3, small: 1, middle: 2 }))
  const turns: string[] = []
  const work = async (name: string) => {
    turns.push(name)
    left.set(name, (left.get(name) ?? 0) - 1)
    return { hasMore: (left.get(name) ?? 0) > 0 }
  }
  await takeTurns([...left.keys()], work, () => false)
  expect(turns).toEqual(['large', 'small', 'middle', 'large', 'middle', 'large'])
})

test('no turn begins once it is stopped', async () => {
  let turns = 0
  await takeTurns(
    ['one', 'two'],
    async () => {
      turns++
      return { hasMore: true }
    },
    () => turns === 3,
  )
  expect(turns).toBe(3)
})
