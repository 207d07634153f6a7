import { expect, test } from 'vitest'
import { JsonBody } from './body.js'
import { parseJson } from './parse.js'

const bodyOf = (length: number) => Buffer.from(JSON.stringify('x'.repeat(length)))

/** How many rounds of events begin until all of these are read so. */
async function countRounds(
  bodies: readonly Buffer[],
  read: (body: Buffer) => Promise<unknown> = parseJson,
): Promise<number> {
  let rounds = 0
  let isDone = false
  const count = () => {
    rounds++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  await Promise.all(bodies.map((body) => read(body)))
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

test('bodies that arrive at once are scanned in many rounds, so that others get in between', async () => {
  const part = Buffer.from('[0,'.padEnd(64 * 1024 + 1, '0,'))
  const arrive = async (first: Buffer) => {
    const body = new JsonBody()
    for (const chunk of [first, part.subarray(1), part.subarray(1)]) await body.take(chunk)
    expect(body.fault).toBeNull()
  }
  expect(await countRounds(Array<Buffer>(5).fill(part), arrive)).toBeGreaterThanOrEqual(10)
})
