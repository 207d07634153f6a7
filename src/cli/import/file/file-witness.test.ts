import { appendFile, mkdtemp, rename, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { findSourceFile, openJsonFile } from './source-file.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'session-gateway-witness-'))
})
afterAll(() => rm(folder, { recursive: true }))

/** Lines of more than one piece that is read at once. */
const linesOf = (word: string, count = 3000) =>
  Array.from(
    { length: count },
    (_, index) => `${JSON.stringify({ word, index, rest: '-'.repeat(1000) })}\n`,
  ).join('')

const changes: [string, (path: string) => Promise<unknown>][] = [
  ['overwritten with as much', (path) => writeFile(path, linesOf('b'))],
  ['overwritten with more', (path) => writeFile(path, linesOf('b', 4000))],
  ['cut off', (path) => truncate(path, 10_000)],
  ['cut off and written anew as far as it was read', (path) => writeFile(path, linesOf('a', 1500))],
]

describe('a file that is written anew is refused', () => {
  const refusal = 'f.jsonl was written anew while it was read'
  test.each(changes)('%s while it is read', async (_, change) => {
    const path = join(folder, 'f.jsonl')
    await writeFile(path, linesOf('a'))
    const records = openJsonFile(findSourceFile(path, { name: 'f.jsonl' })).records(() => {})
    const read = records[Symbol.iterator]()
    for (let count = 0; count < 2000; count++) read.next()
    await change(path)
    expect(() => {
      while (!read.next().done);
    }).toThrow(refusal)
  })

  test.each(changes)('%s between two readings', async (_, change) => {
    const path = join(folder, 'f.jsonl')
    await writeFile(path, linesOf('a'))
    const file = openJsonFile(findSourceFile(path, { name: 'f.jsonl' }))
    expect([...file.records(() => {})]).toHaveLength(3000)
    await change(path)
    expect(() => [...file.records(() => {})]).toThrow(refusal)
  })
})

describe('a file is read to its end', () => {
  test.each<[string, (path: string) => Promise<unknown>, number]>([
    ['that grows while it is read', (path) => appendFile(path, linesOf('b', 10)), 3010],
    [
      'in whose place another one is put',
      async (path) => {
        await writeFile(`${path}.new`, linesOf('b', 10))
        await rename(`${path}.new`, path)
      },
      3000,
    ],
  ])('%s', async (_, change, count) => {
    const path = join(folder, 'g.jsonl')
    await writeFile(path, linesOf('a'))
    const read = openJsonFile(findSourceFile(path))
      .records(() => {})
      [Symbol.iterator]()
    for (let index = 0; index < 1000; index++) read.next()
    await change(path)
    let rest = 0
    while (!read.next().done) rest += 1
    expect(1000 + rest).toBe(count)
  })
})
