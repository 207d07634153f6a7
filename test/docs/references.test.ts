import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const root = fileURLToPath(new URL('../..', import.meta.url))
const read = (path: string) => readFileSync(`${root}/${path}`, 'utf8')

/** Sections of each contract by their numbers, and the rules that its list names. */
const contracts = Object.fromEntries(
  ['dreadnode', 'everruns'].map((name) => [
    name,
    new Set(
      [...read(`docs/contracts/${name}.md`).matchAll(/^#+ (\d+(?:\.\d+)*)/gm)].map(([, number]) => number),
    ),
  ]),
)
const rules = new Set(read('docs/contracts/dreadnode.md').match(/SES-[A-Z]+-\d+/g))

const texts = ['src', 'test', 'explorer/src', 'prisma', 'docs/decisions']
  .flatMap((folder) =>
    readdirSync(`${root}/${folder}`, { recursive: true, encoding: 'utf8' }).map(
      (name) => `${folder}/${name}`,
    ),
  )
  .filter((path) => /\.(ts|tsx|graphql|sql|prisma|md)$/.test(path) && !path.includes('/generated/'))
  .concat('schema.graphql', 'CONTRIBUTING.md')
  .map((path) => ({ path, text: read(path) }))

test('every section of a contract that code or schema names is there, in the contract of its dialect', () => {
  const named = texts.flatMap(({ path, text }) =>
    [...text.matchAll(/\bcontract (?:section )?(\d+(?:\.\d+)*)/gi)].map(([, number]) => ({ path, number })),
  )
  const missing = named.filter(({ path, number }) => {
    const dialect = Object.keys(contracts).find((name) => path.includes(`/${name}/`))
    const sections = dialect === undefined ? Object.values(contracts) : [contracts[dialect]]
    return !sections.some((section) => section?.has(number))
  })

  expect(named.length).toBeGreaterThan(50)
  expect(missing).toEqual([])
})

test('every rule that code or schema names stands in the contract', () => {
  const named = texts.flatMap(({ path, text }) =>
    (text.match(/SES-[A-Z]+-\d+/g) ?? []).map((rule) => ({ path, rule })),
  )

  expect(named.length).toBeGreaterThan(20)
  expect(named.filter(({ rule }) => !rules.has(rule))).toEqual([])
})
