import { expect, test } from 'vitest'
import { Work, WorkOver } from '../work.js'
import { Turns } from './turns.js'

const limits = { total: 4, perOwner: 2, perWork: 2, patienceMs: null }

function workOf(owner: string | null): Work {
  const work = new Work()
  work.owner = owner
  return work
}

/** Takes turns one after the other; tells in which order they began. */
function takeAll(turns: Turns, asks: readonly [name: string, work: Work | null][]) {
  const begun: string[] = []
  const ends = new Map<string, () => void>()
  for (const [name, work] of asks)
    turns.take(work).then(
      (end) => {
        begun.push(name)
        ends.set(name, end)
      },
      (error: Error) => void begun.push(`${name}: ${error.name}`),
    )
  const end = async (name: string) => {
    ends.get(name)?.()
    await settled()
  }
  return { begun, end }
}

const settled = () => new Promise((resolve) => setImmediate(resolve))

test('a key holds its share, and others begin beside it', async () => {
  const turns = new Turns(limits)
  const { begun, end } = takeAll(turns, [
    ...[1, 2, 3, 4].map((n): [string, Work] => [`a${n}`, workOf('a')]),
    ['b1', workOf('b')],
    ['nobody', null],
  ])
  await settled()
  expect(begun).toEqual(['a1', 'a2', 'b1', 'nobody'])
  await end('b1')
  expect(begun).toHaveLength(4)
  await end('a1')
  expect(begun.at(-1)).toBe('a3')
})

test('one request holds so many at once, however much its key may hold', async () => {
  const turns = new Turns({ ...limits, perOwner: 4 })
  const work = workOf('a')
  const { begun, end } = takeAll(
    turns,
    [1, 2, 3].map((n): [string, Work] => [`${n}`, work]),
  )
  await settled()
  expect(begun).toEqual(['1', '2'])
  await end('2')
  expect(begun).toEqual(['1', '2', '3'])
})

test('of those that wait, the key goes first that holds the least, then the one served longest ago', async () => {
  const turns = new Turns({ ...limits, total: 2 })
  const { begun, end } = takeAll(turns, [
    ...[1, 2, 3, 4].map((n): [string, Work] => [`a${n}`, workOf('a')]),
    ...[1, 2].map((n): [string, Work] => [`b${n}`, workOf('b')]),
    ['c1', workOf('c')],
  ])
  await settled()
  for (const next of ['a1', 'b1', 'a2', 'c1', 'b2', 'a3']) await end(next)
  expect(begun).toEqual(['a1', 'a2', 'b1', 'c1', 'a3', 'b2', 'a4'])
})

test('whose request is over leaves the queue, and takes no turn any more', async () => {
  const turns = new Turns({ ...limits, total: 1 })
  const gone = workOf('b')
  const { begun, end } = takeAll(turns, [
    ['a1', workOf('a')],
    ['b1', gone],
    ['a2', workOf('a')],
  ])
  gone.end()
  await settled()
  expect(turns.waiting).toBe(1)
  await end('a1')
  expect(begun).toEqual(['a1', 'b1: WorkOver', 'a2'])
  await expect(turns.take(gone)).rejects.toBeInstanceOf(WorkOver)
})

test('one waits for a turn as long as patience goes', async () => {
  const turns = new Turns({ ...limits, total: 1, patienceMs: 20 })
  const end = await turns.take(null)
  await expect(turns.take(null)).rejects.toThrow('timeout exceeded')
  end()
  await turns.take(null)
})
