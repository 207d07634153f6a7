import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readTables } from './markdown.js'

const folder = new URL('../../docs/decisions/', import.meta.url)
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8')
const pages = readdirSync(folder).filter((name) => name !== 'README.md')

test('the index lists every decision once, by its number and its title', () => {
  const expected = pages.toSorted().map((name) => {
    const [, title] = /^# (.+)$/m.exec(read(name)) ?? []
    return [name.slice(0, 4), `[${title}](${name})`.replaceAll('`', '')]
  })

  expect(readTables(read('README.md'), 'number').map(([number, decision]) => [number, decision])).toEqual(
    expected,
  )
})

test('the index says of a decision that it was replaced exactly when its page does', () => {
  const rows = readTables(read('README.md'), 'number')
  const replaced = rows.filter(([, , , status]) => status?.startsWith('replaced'))

  expect(replaced.map(([number]) => number)).toEqual(
    pages
      .filter((name) => read(name).includes('\nSuperseded by '))
      .map((name) => name.slice(0, 4))
      .toSorted(),
  )
})
