import { parseArgs } from 'node:util'
import { whyNoPostgresql } from '../test/support/postgresql.js'
import { quote, run } from './run.js'

const help = `npm run test:fuzz -- [--requests 10000] [--face graphql|rest] [--store pglite|postgresql] [--seed N]

Sends made-up requests that nobody has sent before: so many to each face on each store that is not left out. It tells every
500 how far it is, and ends with the first failure, which names its seed for --seed.`

const files = { graphql: 'test/graphql/fuzz.long.test.ts', rest: 'test/conformance/fuzz.long.test.ts' }
const { requests, face, store, seed, ...asked } = parseArgs({
  options: {
    requests: { type: 'string', default: '10000' },
    face: { type: 'string' },
    store: { type: 'string' },
    seed: { type: 'string' },
    help: { type: 'boolean', default: false },
  },
}).values
if (asked.help) {
  console.log(help)
  process.exit()
}
const count = Number(requests)
if (!Number.isSafeInteger(count) || count < 1) throw new Error('--requests takes a whole number above 0')
const faces = Object.entries(files).filter(([name]) => face === undefined || name === face)
const stores = ['pglite', 'postgresql'].filter((name) => store === undefined || name === store)
if (faces.length === 0 || stores.length === 0) throw new Error('There is no such face or store')
for (const name of stores) {
  const why = name === 'postgresql' ? whyNoPostgresql() : null
  if (why !== null) console.log(`skipped: PostgreSQL (${why})`)
  else
    for (const [, file] of faces) {
      const env = { STORE: name, FUZZ_REQUESTS: `${count}`, ...(seed && { FUZZ_SEED: seed }) }
      const { code } = await run(`vitest run --project=store ${quote(file)}`, { show: true, env })
      if (code !== 0) process.exitCode = 1
    }
}
