import { existsSync } from 'node:fs'
import { generateClient } from './build.js'
import { compileExplorer } from './explorer.js'
import { run } from './run.js'

/**
 * Every check of the code as it stands: what it is called and the command that fails when it does not hold;
 * what a command with `notes` prints is shown in any case.
 */
const checks = [
  { name: 'types', command: 'tsc --noEmit' },
  { name: 'types of the explorer', command: 'tsc --noEmit -p explorer' },
  { name: 'format and lint', command: 'biome ci --colors=off' },
  { name: 'rings', command: 'depcruise src explorer test scripts examples *.ts' },
  { name: 'dead code', command: 'knip' },
  { name: 'graphql', command: 'eslint --no-error-on-unmatched-pattern schema.graphql src test examples' },
  { name: 'relay', command: 'tsx scripts/relay-check.ts', notes: true },
  { name: 'breaking changes', command: 'tsx scripts/breaking-changes.ts', notes: true },
  { name: 'openapi', command: 'redocly lint --config redocly.yaml openapi/*', when: existsSync('openapi') },
]

await generateClient()
await compileExplorer()
const results = [await report({ name: 'generated files', command: 'npm run --silent codegen:check' })]
const notes: { name: string; output: string }[] = []
const waiting = checks.filter((check) => check.when !== false)
await Promise.all([worker(), worker()])
const failed = results.filter((result) => result !== null)
for (const { name, output } of [...notes, ...failed]) console.log(`\n== ${name}\n${output.trim()}`)
console.log(`\n${results.length - failed.length} checks hold, ${failed.length} do not`)
if (failed.length > 0) process.exitCode = 1

async function worker(): Promise<void> {
  for (let check = waiting.shift(); check !== undefined; check = waiting.shift()) {
    results.push(await report(check))
  }
}

async function report(check: { name: string; command: string; notes?: boolean }) {
  const { name, command } = check
  const start = performance.now()
  const { code, output } = await run(command, {
    env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
  })
  const seconds = ((performance.now() - start) / 1000).toFixed(1)
  console.log(`${code === 0 ? 'pass' : 'FAIL'}  ${seconds.padStart(5)} s  ${name}`)
  if (code !== 0) return { name, output }
  if (check.notes && output.trim() !== '') notes.push({ name, output })
  return null
}
