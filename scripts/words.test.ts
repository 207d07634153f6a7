import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** They fit whatever a line holds, and so name nothing; the glossary of CONTRIBUTING.md has what the field calls it. */
const vague = new Set(['told', 'known', 'place', 'places', 'placed', 'stretch', 'stretches'])

/** Importers call things as the files of agents do. */
const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
  (path) => /\.ts$/.test(path) && !/generated/.test(path) && !path.startsWith('cli/import/'),
)

const wordsOf = (name: string) => (name.match(/[A-Z]?[a-z]+|[A-Z]+/g) ?? []).map((word) => word.toLowerCase())
const isVague = (name: string) => wordsOf(name).some((word) => vague.has(word))

function* declaredIn(source: string): Generator<string> {
  const declared = /\b(?:const|let|function\*?|interface|type|class)\s+(?:\{([^}=]*)\}|\[([^\]=]*)\]|(\w+))/g
  for (const [, members, items, name] of source.matchAll(declared))
    yield* (members ?? items ?? name ?? '').match(/\w+/g) ?? []
}

/** A message’s `place` is a column, which cursors carry. */
const ofColumns = new Set(['domain/transcript/read.ts: place', 'domain/trajectory/page.ts: place'])

test('no file and nothing that is declared is called by a word that fits anything', () => {
  const vagueNames = files.flatMap((path) => [
    ...(isVague(path.replace(/.*\//, '')) ? [path] : []),
    ...[...declaredIn(readFileSync(`src/${path}`, 'utf8'))].filter(isVague).map((name) => `${path}: ${name}`),
  ])
  expect(vagueNames.filter((name) => !ofColumns.has(name))).toEqual([])
})

const sourcesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.tsx?$/.test(path) && !/generated|\.test\./.test(path))
    .map((path) => `${folder}/${path}`)

test('no literal is spread into a literal; of objects importers do, to stay short', () => {
  const list = /^\s*\.\.\.\(?\['[^()]*'\](?: as const\))?,$/m
  const object = /^\s*\.\.\.\{ .* \},$/m
  const spread = [...sourcesIn('src'), ...sourcesIn('explorer/src')].filter((path) => {
    const source = readFileSync(path, 'utf8')
    return list.test(source) || (object.test(source) && !path.includes('/cli/import/'))
  })
  expect(spread).toEqual([])
})
