import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = 'test/conformance/dreadnode'
const text = readdirSync(folder)
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n')

/** The numbers of the rows of the contract's table of vectors. */
function readVectors(): number[] {
  const contract = readFileSync('docs/contracts/dreadnode.md', 'utf8')
  const table = contract.slice(contract.indexOf('\n## 11. Test vectors'))
  return [...table.matchAll(/^\| (\d+) \|/gm)].map(([, number]) => Number(number))
}

test('the vectors of the contract are numbered without a gap', () => {
  const vectors = readVectors()

  expect(vectors.length).toBeGreaterThan(100)
  expect(vectors).toEqual(vectors.map((_, index) => index + 1))
})

test('each vector of the contract has a test that begins with its number', () => {
  const tested = new Set([...[...text.matchAll(/['"`](\d+): /g)].map(([, number]) => Number(number))])

  expect(readVectors().filter((number) => !tested.has(number))).toEqual([])
})

test('no test of the contract is skipped, on no store', () => {
  expect(text).not.toMatch(/\.(skip|skipIf|runIf|todo|only|fails)\b/)
})
