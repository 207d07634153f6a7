import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { whyNoPostgresql } from '../test/support/postgresql.js'
import { whyNoRedis } from '../test/support/redis.js'
import { buildAssets, buildExplorer, generateClient } from './build.js'
import { quote, run } from './run.js'

/** Runs the tests once per store: `npm test -- [--store pglite|postgresql] [vitest's arguments]`. */
const { only, rest } = parseArguments(process.argv.slice(2))
const skips = [
  ['PostgreSQL', only === 'pglite' ? 'not asked for' : whyNoPostgresql()],
  ['PGlite', only === 'postgresql' ? 'not asked for' : null],
  ['Redis', whyNoRedis()],
  ['browser tests', whyNoBrowser()],
  ['tests on real sessions', existsSync('../shared/data') ? null : 'there is no folder ../shared/data'],
].filter((skip): skip is [string, string] => skip[1] !== null)
const stores = (['pglite', 'postgresql'] as const).filter((store) => {
  return !skips.some(([what]) => what.toLowerCase() === store)
})

await generateClient()
await Promise.all([buildAssets(), buildExplorer()])
const total = { passed: 0, failed: 0, skipped: 0 }
let broken = false
for (const [index, store] of stores.entries()) {
  console.log(`\n== ${store}`)
  await runSuite(store, index === 0 ? '' : '--project store')
}
for (const [what, reason] of skips) console.log(`skipped: ${what} (${reason})`)
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
if (broken || total.failed > 0 || total.passed === 0) process.exitCode = 1

async function runSuite(store: string, project: string): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-report-'))
  const report = join(folder, 'report.json')
  const reporters = `--reporter=default --reporter=json --outputFile.json=${quote(report)}`
  const command = `vitest run ${project} ${reporters} --passWithNoTests ${rest.map(quote).join(' ')}`
  const { code } = await run(command, { show: true, env: { STORE: store } })
  const counts = existsSync(report) ? countResults(JSON.parse(await readFile(report, 'utf8'))) : null
  await rm(folder, { recursive: true })
  total.passed += counts?.passed ?? 0
  total.skipped += counts?.skipped ?? 0
  // An error outside of any test fails the run without a failed file.
  total.failed += Math.max(counts?.failed ?? 0, code === 0 ? 0 : 1)
  broken ||= code !== 0
}

interface Report {
  testResults: { status: string; assertionResults: { status: string }[] }[]
}

function countResults({ testResults }: Report): typeof total {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { status, assertionResults } of testResults) {
    const statuses = assertionResults.map((result) => result.status)
    const failed = statuses.filter((status) => status === 'failed').length
    // A file that does not load, or a failed hook, fails without a failed test.
    counts.failed += Math.max(failed, status === 'failed' ? 1 : 0)
    counts.passed += statuses.filter((status) => status === 'passed').length
    counts.skipped += statuses.filter((status) => !['passed', 'failed'].includes(status)).length
  }
  return counts
}

function whyNoBrowser(): string | null {
  const path = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'
  return existsSync(path) ? null : `no ${path}; install Debian's chromium or set CHROMIUM_PATH`
}

function parseArguments(given: string[]): { only: string | null; rest: string[] } {
  const at = given.indexOf('--store')
  if (at === -1) return { only: null, rest: given }
  const only = given[at + 1] ?? ''
  if (!['pglite', 'postgresql'].includes(only)) {
    console.error('--store takes pglite or postgresql')
    process.exit(2)
  }
  return { only, rest: given.toSpliced(at, 2) }
}
