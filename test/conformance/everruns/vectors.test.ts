import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

const folder = 'test/conformance/everruns'
const text = readdirSync(folder)
  .filter((name) => name !== 'vectors.test.ts')
  .map((name) => readFileSync(`${folder}/${name}`, 'utf8'))
  .join('\n')

const numbered = (letter: string, count: number) =>
  Array.from({ length: count }, (_, index) => `${letter}${index + 1}`)

test('each vector of section 8 has a test that is named for it', () => {
  const vectors = [...numbered('P', 10), '8.2', ...numbered('V', 40)]
  // As titles and rows of tables begin: `'V1: …'`, `'P1', …`.
  const missing = vectors.filter(
    (vector) => !new RegExp(`['"\`]${vector.replace('.', '\\.')}[:']`).test(text),
  )
  expect(missing).toEqual([])
  expect(text).not.toMatch(/\.(skip|skipIf|runIf|todo|only|fails)\b/)
})
