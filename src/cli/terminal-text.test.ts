import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

/** What writes by itself: fixed sentences, numbers, the pager's colours, and JSON in pieces, which is escaped there. */
const writers = new Set([
  'main.ts',
  'cli/terminal-text.ts',
  'cli/retention/remove-all.ts',
  'cli/show/pager.ts',
  'cli/export/targets.ts',
])

test('commands print by what keeps texts from moving the cursor', () => {
  const files = readdirSync('src', { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !writers.has(path),
  )
  const others = files.filter((path) =>
    /\bstd(out|err)\b[^\n]*\.write\(|console\.(log|error|warn)\(/.test(
      readFileSync(`src/${path}`, 'utf8').replace(/(["'`])(?:\\.|(?!\1)[^\\])*\1/gs, "''"),
    ),
  )
  expect(files.length).toBeGreaterThan(500)
  expect(others).toEqual([])
})
