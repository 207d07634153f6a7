import { existsSync } from 'node:fs'
import { whyNoCitus } from '../test/support/citus.js'
import { whyNoPgbouncer } from '../test/support/pgbouncer.js'
import { whyNoPostgresql } from '../test/support/postgresql.js'
import { whyNoRedis } from '../test/support/redis.js'
import { buildAssets, buildExplorer, generateClient } from './build.js'
import { runSuites } from './suites.js'

/**
 * Runs the tests once per store: `npm test -- [--all] [--store pglite|postgresql|pgbouncer|citus] [--plain] [vitest's arguments]`.
 * Without `--all` and without arguments for vitest it leaves out what is long: files named `….long.test.ts`, the browser, the pages
 * and the package. PostgreSQL behind PgBouncer only when it is asked for, Citus where TEST_CITUS_URL names a cluster; `--plain` goes
 * without what is there only for speed.
 */
const flags = new Set(['--plain', '--all'])
const given = process.argv.slice(2)
if (given.includes('--plain')) process.env.FAST_PATHS = 'false'
const { only, rest } = parseArguments(given.filter((argument) => !flags.has(argument)))
const all = given.includes('--all') || rest.length > 0
if (!all) process.env.LONG_TESTS = 'false'
const skips = [
  ['PostgreSQL', only === null || only === 'postgresql' ? whyNoPostgresql() : 'not asked for'],
  ['PGlite', only === null || only === 'pglite' ? null : 'not asked for'],
  ['PgBouncer', only === 'pgbouncer' ? (whyNoPostgresql() ?? whyNoPgbouncer()) : 'not asked for'],
  ['Citus', only === null || only === 'citus' ? whyNoCitus() : 'not asked for'],
  ['Redis', whyNoRedis()],
  ['browser tests', all ? whyNoBrowser() : null],
  ['tests on real sessions', existsSync('../shared/data') ? null : 'there is no folder ../shared/data'],
].filter((skip): skip is [string, string] => skip[1] !== null)
const stores = (['pglite', 'postgresql', 'pgbouncer', 'citus'] as const).filter((store) => {
  return !skips.some(([what]) => what.toLowerCase() === store)
})

await generateClient()
await Promise.all([buildAssets(), buildExplorer()])
const runs = stores.map((store, index) => {
  const isFirst = index === 0 && ['pglite', 'postgresql'].includes(store)
  return { store, projects: isFirst ? (all ? ['!clients'] : ['unit', 'store']) : ['store'] }
})
await runSuites(runs, rest, [
  ...skips.map(([what, reason]) => `${what} (${reason})`),
  ...(all ? [] : ['what is long: browser, pages, package and *.long.test.ts (npm run test:all)']),
])

function whyNoBrowser(): string | null {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return existsSync(path) ? null : `no ${path}; install Debian's chromium or set CHROMIUM_PATH`
}

function parseArguments(given: string[]): { only: string | null; rest: string[] } {
  const at = given.indexOf('--store')
  if (at === -1) return { only: null, rest: given }
  const only = given[at + 1] ?? ''
  if (!['pglite', 'postgresql', 'pgbouncer', 'citus'].includes(only)) {
    console.error('--store takes pglite, postgresql, pgbouncer or citus')
    process.exit(2)
  }
  return { only, rest: given.toSpliced(at, 2) }
}
