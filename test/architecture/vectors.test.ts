import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = 'test/conformance/dreadnode'
const text = readdirSync(folder)
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n')

/** Those above 96 have their tests with what they are about. */
const vectors = Array.from({ length: 96 }, (_, index) => index + 1)

test('each of the vectors of the contract has a test that begins with its number', () => {
  const numbers = new Set([...text.matchAll(/['"`](\d+): /g)].map(([, number]) => Number(number)))
  const missing = vectors.filter((number) => !numbers.has(number))
  expect(missing).toEqual([])
})

test('no test of the contract is skipped, on no store', () => {
  expect(text).not.toMatch(/\.(skip|skipIf|runIf|todo|only|fails)\b/)
})
