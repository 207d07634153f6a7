import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readAnchors, readLinks, readTables } from './markdown.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const filesIn = (folder: string) => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
const pages = filesIn('docs').filter((path) => path.endsWith('.md'))
const documents = [
  'README.md',
  'CONTRIBUTING.md',
  'AGENTS.md',
  'CHANGELOG.md',
  'SECURITY.md',
  'examples/README.md',
  ...pages.map((path) => join('docs', path)),
]

test.each(documents)('every link and image of %s leads somewhere', (document) => {
  const broken = readLinks(readFileSync(join(root, document), 'utf8')).filter((target) => {
    if (/^https?:/.test(target)) return false
    const [path = '', anchor] = target.split('#')
    const file = path === '' ? join(root, document) : join(root, dirname(document), path)
    if (!existsSync(file)) return true
    return anchor !== undefined && !readAnchors(readFileSync(file, 'utf8')).includes(anchor)
  })

  expect(broken).toEqual([])
})

/** Decisions tell of files as they were. */
const ofToday = documents.filter((document) => !document.startsWith('docs/decisions/'))
const files = ['docs', 'examples', 'explorer/src', 'prisma', 'scripts', 'src', 'test'].flatMap((folder) =>
  filesIn(folder).map((path) => `/${join(folder, path)}`),
)

test.each(ofToday)('every source file that %s names is there', (document) => {
  const named = readFileSync(join(root, document), 'utf8').matchAll(
    /`([\w./-]*\/[\w.-]+\.tsx?|[\w.-]+\.test\.ts)`/g,
  )
  const missing = [...named].map(([, path = '']) => path).filter((path) => !path.includes('/X/'))

  expect(missing.filter((path) => !files.some((file) => file.endsWith(`/${path}`)))).toEqual([])
})

const declaring = files.filter((file) =>
  /\/(src|scripts|test|prisma)\/.*\.(ts|prisma)$|\/contracts\//.test(file),
)
const declared = [...declaring, '/schema.graphql', '/compose.yaml']
  .map((file) => readFileSync(join(root, file), 'utf8'))
  .join()

test.each(documents)('every setting, code and value in capitals that %s names is one', (document) => {
  const named = readFileSync(join(root, document), 'utf8').matchAll(/`([A-Z][A-Z0-9]*_[A-Z0-9_]+)\b/g)
  const unknown = [...named].map(([, name = '']) => name).filter((name) => !name.startsWith('OTEL_'))

  expect(unknown.filter((name) => !new RegExp(`\\b${name}\\b`).test(declared))).toEqual([])
})

test('each promise has its tests', () => {
  const rows = readTables(readFileSync(join(root, 'docs/reliability.md'), 'utf8'), 'what holds')
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter(([, tests = '']) => !/\.ts\b/.test(tests))).toEqual([])
})
