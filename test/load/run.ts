import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { run } from '../../scripts/run.js'
import { dropDatabases } from '../support/databases.js'
import { startPostgresql } from '../support/postgresql.js'
import { benches } from './benches.js'
import { openLoad } from './frame/load.js'
import { describeMachine } from './frame/machine.js'
import { type Bar, barTable, fill } from './frame/report.js'

/**
 * Measures the gateway beside its peers and writes docs/performance.md: `npm --prefix test/load start`.
 * With `--quick` (a look at 10,000 and 100,000 sessions), `--sizes`, `--only NAME`, or `--databases URL` and `--worst URL` (seeded
 * before, smallest first; they stay) it prints what it finds and writes nothing.
 */
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const { values: flags } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    sizes: { type: 'string' },
    databases: { type: 'string', multiple: true },
    worst: { type: 'string', multiple: true },
    soak: { type: 'string' },
  },
})
const chosen = Object.entries(benches).filter(([name]) => flags.only?.includes(name) ?? true)
if (chosen.length === 0) throw new Error(`--only takes one of ${Object.keys(benches).join(', ')}`)
const sizes =
  flags.sizes?.split(',').map(Number) ?? (flags.quick ? [10_000, 100_000] : [10_000, 100_000, 1_000_000])
const complete =
  flags.databases === undefined && !flags.quick && flags.only === undefined && flags.sizes === undefined

const startedAt = performance.now()
const say = (text: string) =>
  console.log(`${((performance.now() - startedAt) / 1000).toFixed(0).padStart(5)} s  ${text}`)

await must('npm run --silent build')
if (!existsSync('test/load/node_modules')) await must('npm ci --prefix test/load')
const postgresql = await startPostgresql()
try {
  const soakSeconds = Number(flags.soak ?? (flags.quick ? 15 : 600))
  const options = { quick: flags.quick, soakSeconds, say }
  const worst = flags.databases === undefined ? sizes.slice(-2) : (flags.worst ?? [])
  const load = await openLoad(postgresql.url, { sizes: flags.databases ?? sizes, worst }, options)
  try {
    const bars: Bar[] = []
    const tables: Record<string, string> = await describeMachine(load)
    for (const [name, bench] of chosen) {
      say(name)
      const findings = await bench(load)
      bars.push(...findings.bars)
      Object.assign(tables, findings.tables)
      // At once, so that what was found stands there whatever happens to the rest of a long run.
      for (const text of [...Object.values(findings.tables), barTable(findings.bars)])
        console.log(`\n${text}\n`)
    }
    tables.bars = barTable(bars)
    tables.minutes = Math.ceil((performance.now() - startedAt) / 60_000).toString()
    console.log(`\n${tables.bars}\n`)
    if (complete) {
      const template = await readFile('test/load/performance.template.md', 'utf8')
      await writeFile('docs/performance.md', fill(template, tables))
    }
  } finally {
    await load.close()
    await dropDatabases(postgresql.url, 'load')
  }
} finally {
  await postgresql.stop()
}

async function must(command: string): Promise<void> {
  say(command)
  const { code, output } = await run(command)
  if (code !== 0) throw new Error(`${command} failed: ${output}`)
}
