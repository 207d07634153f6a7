import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

/** Each contract's table of vectors, and how a row and a test of it begin. */
const contracts = [
  { name: 'dreadnode', heading: '\n## 11. Test vectors', row: /^\| (\d+) \|/gm, tested: /['"`](\d+): /g },
  { name: 'everruns', heading: '\n### 8.4 Requests', row: /^\| V(\d+) \|/gm, tested: /['"`]V(\d+): /g },
]

describe.each(contracts)('the contract of $name', ({ name, heading, row, tested }) => {
  const folder = `test/conformance/${name}`
  const tests = readdirSync(folder)
    .map((file) => readFileSync(`${folder}/${file}`, 'utf8'))
    .join('\n')
  const contract = readFileSync(`docs/contracts/${name}.md`, 'utf8')
  const numbersIn = (text: string, pattern: RegExp) =>
    [...text.matchAll(pattern)].map(([, number]) => Number(number))
  const vectors = numbersIn(contract.slice(contract.indexOf(heading)), row)

  test('numbers its vectors without a gap', () => {
    expect(vectors.length).toBeGreaterThan(40)
    expect(vectors).toEqual(vectors.map((_, index) => index + 1))
  })

  test('has for each vector a test that begins with its number', () => {
    const begun = new Set(numbersIn(tests, tested))

    expect(vectors.filter((number) => !begun.has(number))).toEqual([])
  })

  test('has no test that is skipped, on no store', () => {
    expect(tests).not.toMatch(/\.(skip|skipIf|runIf|todo|only|fails)\b/)
  })
})
