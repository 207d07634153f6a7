import { expect, test } from 'vitest'
import { Rounds } from './rounds.js'

/** Who is served in which round of events, of these senders that ask at once. */
async function serve(senders: readonly string[]): Promise<{ order: string[]; rounds: number[] }> {
  const all = new Rounds()
  let round = 0
  let isDone = false
  const count = () => {
    round++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const order: string[] = []
  const rounds: number[] = []
  await Promise.all(
    senders.map(async (sender) => {
      await all.take(sender)
      order.push(sender)
      rounds.push(round)
    }),
  )
  isDone = true
  return { order, rounds }
}

test('each has a round of its own', async () => {
  const { rounds } = await serve(['a', 'a', 'a', 'b'])
  expect(new Set(rounds).size).toBe(4)
})

test('whoever asks once waits behind one of each other sender, however much these ask', async () => {
  const { order } = await serve([...Array(50).fill('a'), ...Array(50).fill('b'), 'c'])
  expect(order.indexOf('c')).toBeLessThanOrEqual(3)
  expect(order).toHaveLength(101)
})

test('after a pause the next one does not wait', async () => {
  const rounds = new Rounds()
  await rounds.take('a')
  await new Promise((resolve) => setTimeout(resolve, 5))
  let isServed = false
  rounds.take('a').then(() => {
    isServed = true
  })
  await Promise.resolve()
  expect(isServed).toBe(true)
})

test('a whole round is not what is left of one that has begun', async () => {
  const rounds = new Rounds()
  let isNext = false
  setImmediate(() => {
    isNext = true
  })
  await rounds.takeWhole()
  expect(isNext).toBe(true)
})
