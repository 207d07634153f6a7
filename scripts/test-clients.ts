import { whyNoPostgresql } from '../test/support/postgresql.js'
import { run } from './run.js'
import { runSuites } from './suites.js'

/** Runs the published clients against the built gateway, once per store: `npm run test:clients -- [vitest's arguments]`. */
const noPostgresql = whyNoPostgresql()
const { code, output } = await run('npm run --silent build')
if (code !== 0) {
  console.error(output)
  process.exit(1)
}
const stores = noPostgresql === null ? (['pglite', 'postgresql'] as const) : (['pglite'] as const)
await runSuites(
  stores.map((store) => ({ store, projects: ['clients'] })),
  process.argv.slice(2),
  noPostgresql === null ? [] : [`PostgreSQL (${noPostgresql})`],
)
