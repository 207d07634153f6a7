import { existsSync, readFileSync } from 'node:fs'
import { readdir } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { readAnchors, readLinks } from './markdown.js'

const root = fileURLToPath(new URL('../..', import.meta.url))
const pages = (await readdir(join(root, 'docs'), { recursive: true })).filter((path) => path.endsWith('.md'))
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
