import { parseArgs } from 'node:util'
import { quote, run } from './run.js'

/**
 * Changes the rules one operator at a time and sees that a unit test notices each: `npm run test:mutants -- [--since COMMIT]`.
 * With `--since` only the files that changed since that commit; what survives is printed, and it fails below 75 of 100 noticed.
 */
const { values } = parseArgs({ options: { since: { type: 'string' } } })
const changed = values.since === undefined ? null : await changedSince(values.since)
if (changed?.length === 0) console.log(`no rule changed since ${values.since}`)
else {
  const files = changed === null ? '' : ` --mutate ${quote(changed.join(','))}`
  const { code } = await run(`stryker run${files}`, { show: true })
  process.exitCode = code === 0 ? 0 : 1
}

async function changedSince(commit: string): Promise<string[]> {
  const { code, output } = await run(`git diff --name-only --diff-filter=d ${quote(commit)} -- src/rules`)
  if (code !== 0) throw new Error(`git knows no commit ${commit}`)
  return output.split('\n').filter((file) => /\.ts$/.test(file) && !/\.(test|generated)\.ts$/.test(file))
}
