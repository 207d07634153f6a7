import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = 'test/conformance/dreadnode'
const text = readdirSync(folder)
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n')

test('each of the 94 vectors of the contract has a test that begins with its number', () => {
  const numbers = new Set([...text.matchAll(/['"`](\d+): /g)].map(([, number]) => Number(number)))
  const missing = Array.from({ length: 94 }, (_, index) => index + 1).filter((number) => !numbers.has(number))
  expect(missing).toEqual([])
})

test('no test of the contract is skipped, on no store', () => {
  expect(text).not.toMatch(/\.(skip|skipIf|runIf|todo|only|fails)\b/)
})
