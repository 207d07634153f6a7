import { setTimeout } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { remember } from './access.js'

function countAsked(milliseconds: number, answer: (subject: string) => Promise<string> = async (s) => s) {
  const asked: string[] = []
  const ask = remember(
    (subject: string) => {
      asked.push(subject)
      return answer(subject)
    },
    (subject) => subject,
    milliseconds,
  )
  return { ask, asked }
}

test('a question is asked once while its answer is kept, and again after', async () => {
  const { ask, asked } = countAsked(40)
  expect(await Promise.all([ask('a'), ask('a'), ask('b')])).toEqual(['a', 'a', 'b'])
  expect(await ask('a')).toBe('a')
  expect(asked).toEqual(['a', 'b'])
  await setTimeout(60)
  await ask('a')
  expect(asked).toEqual(['a', 'b', 'a'])
})

test('an answer is kept from when it was asked for, however long it took', async () => {
  const { ask, asked } = countAsked(40, (subject) => setTimeout(60, subject))
  await ask('a')
  await ask('a')
  expect(asked).toEqual(['a', 'a'])
})

test('a failure is not kept', async () => {
  let works = false
  const { ask, asked } = countAsked(10_000, async (subject) => {
    if (works) return subject
    throw new Error('no')
  })
  await expect(ask('a')).rejects.toThrow('no')
  works = true
  expect(await ask('a')).toBe('a')
  expect(asked).toHaveLength(2)
})

test('zero keeps nothing', async () => {
  const { ask, asked } = countAsked(0)
  await ask('a')
  await ask('a')
  expect(asked).toHaveLength(2)
})

test('at most ten thousand are kept; the oldest go first', async () => {
  const { ask, asked } = countAsked(60_000)
  for (let index = 0; index <= 10_000; index++) await ask(String(index))
  await ask('10000')
  expect(asked).toHaveLength(10_001)
  await ask('0')
  expect(asked.at(-1)).toBe('0')
})
