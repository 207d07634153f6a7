import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'

const read = (path: string) => readFileSync(path, 'utf8')
const linesOf = (path: string) => read(path).split('\n').length - 1

const all = ['src', 'explorer/src', 'test', 'scripts'].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path))
    .filter((path) => /\.tsx?$/.test(path) && !/generated/.test(path)),
)
const sources = all.filter((path) => /^(src|explorer)/.test(path) && !/\.test\.ts$/.test(path))

/** The file that an import of another names; null for a package. */
function fileOf(from: string, named: string): string | null {
  const path = join(dirname(from), named.replace(/\.js$/, ''))
  return [`${path}.ts`, `${path}.tsx`, path].find((one) => /\.tsx?$/.test(one) && existsSync(one)) ?? null
}

const users = new Map<string, Set<string>>()
for (const path of all)
  for (const [, named = ''] of read(path).matchAll(/(?:from|import\(|import) ?'(\.[^']+)'/g)) {
    const file = fileOf(path, named)
    if (file !== null) users.set(file, (users.get(file) ?? new Set()).add(path))
  }

/** Loaded apart from what asks for it. */
const apart = ['explorer/src/page.tsx', 'explorer/src/screens/session/markdown-worker.ts']

test('a file below fifteen lines has more than one user, tests among them', () => {
  const lonely = sources.filter((path) => linesOf(path) < 15 && (users.get(path)?.size ?? 0) < 2)
  expect(lonely.filter((path) => !apart.includes(path))).toEqual([])
})

test('a file can be read at one sitting: at most 240 lines', () => {
  expect(sources.filter((path) => linesOf(path) > 240)).toEqual([])
})

test('a comment says what it says in two lines, errors by their tag apart', () => {
  const long = sources.flatMap((path) => {
    const blocks = read(path).match(/^[ \t]*\/\*\*[\s\S]*?\*\/|(?:^[ \t]*\/\/.*\n)+/gm) ?? []
    const said = (block: string) =>
      block.split('\n').filter((line) => /\w/.test(line) && !/@throws/.test(line))
    return blocks
      .filter((block) => said(block).length > 2)
      .map((block) => `${path}: ${block.trim().slice(0, 80)}`)
  })
  expect(long).toEqual([])
})

test('every function that a file exports says what it does', () => {
  const declared =
    /^(?:export (?:default )?(?:async )?function\*? ?(\w*)|export const (\w+)[^=\n]* =\s+(?:async )?(?:<[^=]*?>)?(?:\w+|\((?:[^()]|\([^()]*\))*\)(?:: [^\n]+)?) =>)/gm
  const silent = sources.flatMap((path) => {
    const text = read(path)
    return [...text.matchAll(declared)]
      .filter(({ index, 1: name }) => {
        const before = text.slice(0, index).trimEnd()
        const isOverload =
          name !== undefined && new RegExp(`^export (async )?function ${name}\\b`, 'm').test(before)
        return !before.endsWith('*/') && !isOverload
      })
      .map(([, name, constant]) => `${path}: ${name ?? constant}`)
  })
  expect(silent).toEqual([])
})
