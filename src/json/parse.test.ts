import { expect, test } from 'vitest'
import { parseJson } from './parse.js'

const bodyOf = (length: number) => Buffer.from(JSON.stringify('x'.repeat(length)))

/** How many rounds of events begin until all of these are parsed. */
async function countRounds(bodies: readonly Buffer[]): Promise<number> {
  let rounds = 0
  let isDone = false
  const count = () => {
    rounds++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await Promise.all(bodies.map(parseJson))
  isDone = true
  return rounds
}

test('of bodies that come at once each has a round of its own, so that others get in between', async () => {
  expect(await countRounds(Array.from({ length: 20 }, () => bodyOf(50_000)))).toBeGreaterThanOrEqual(19)
  expect(await countRounds(Array.from({ length: 20 }, () => bodyOf(500)))).toBeLessThanOrEqual(1)
})

test('a body that is refused holds up none behind it', async () => {
  const broken = Buffer.from(`[${' '.repeat(10_000)}`)
  const [bad, good] = await Promise.allSettled([parseJson(broken), parseJson(bodyOf(10_000))])
  expect([bad.status, good.status]).toEqual(['rejected', 'fulfilled'])
})
