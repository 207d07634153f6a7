import { existsSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, relative } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { quote, run } from './run.js'

/** One pass over projects of vitest, on one store. */
interface Suite {
  store: 'pglite' | 'postgresql' | 'pgbouncer' | 'citus'
  /** Names of vitest's projects, or `!` and the name of one that stays out. */
  projects: readonly string[]
}

interface Counts {
  passed: number
  failed: number
  skipped: number
  /** A line for each failure: the file, the test, and the first line of what it says. */
  failures: string[]
}

/** Runs one pass after the other, then names what failed and what was skipped, and ends with the counts over all; sets the exit code. */
export async function runSuites(
  suites: readonly Suite[],
  vitest: readonly string[],
  skips: readonly string[],
): Promise<void> {
  const total: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] }
  for (const suite of suites) {
    console.log(`\n== ${suite.store}`)
    const counts = await runSuite(suite, vitest)
    total.passed += counts.passed
    total.failed += counts.failed
    total.skipped += counts.skipped
    total.failures.push(...counts.failures.map((failure) => `${suite.store}: ${failure}`))
  }
  for (const failure of total.failures) console.log(`FAILED ${failure}`)
  for (const skip of skips) console.log(`skipped: ${skip}`)
  console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`)
  if (total.failed > 0 || total.passed === 0) process.exitCode = 1
}

async function runSuite({ store, projects }: Suite, vitest: readonly string[]): Promise<Counts> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-report-'))
  const report = join(folder, 'report.json')
  const reporters = `--reporter=default --reporter=json --outputFile.json=${quote(report)}`
  const command = `vitest run ${projects.map((name) => quote(`--project=${name}`)).join(' ')} ${reporters} --passWithNoTests ${vitest.map(quote).join(' ')}`
  const { code } = await run(command, { show: true, env: { STORE: store } })
  const counts = existsSync(report) ? countResults(JSON.parse(await readFile(report, 'utf8'))) : null
  await rm(folder, { recursive: true })
  const { passed, failed, skipped, failures } = counts ?? { passed: 0, failed: 0, skipped: 0, failures: [] }
  // An error outside of any test fails the run without a failed file.
  const outside = failed === 0 && code !== 0 ? ['an error outside of any test'] : []
  return { passed, skipped, failed: failed + outside.length, failures: [...failures, ...outside] }
}

interface Report {
  testResults: {
    name: string
    status: string
    message?: string
    assertionResults: { status: string; fullName: string; failureMessages?: string[] }[]
  }[]
}

function countResults({ testResults }: Report): Counts {
  const counts: Counts = { passed: 0, failed: 0, skipped: 0, failures: [] }
  for (const { name, status, message, assertionResults } of testResults) {
    const file = relative(process.cwd(), name)
    for (const result of assertionResults.filter((result) => result.status === 'failed')) {
      counts.failures.push(`${file} > ${result.fullName}: ${firstLine(result.failureMessages?.[0])}`)
    }
    const statuses = assertionResults.map((result) => result.status)
    const failed = statuses.filter((status) => status === 'failed').length
    // A file that does not load, or a failed hook, fails without a failed test.
    if (failed === 0 && status === 'failed') counts.failures.push(`${file}: ${firstLine(message)}`)
    counts.failed += Math.max(failed, status === 'failed' ? 1 : 0)
    counts.passed += statuses.filter((status) => status === 'passed').length
    counts.skipped += statuses.filter((status) => !['passed', 'failed'].includes(status)).length
  }
  return counts
}

function firstLine(text = 'no message'): string {
  return stripVTControlCharacters(text).trim().split('\n', 1)[0]?.slice(0, 300) ?? ''
}
