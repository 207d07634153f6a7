import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import { createDatabase } from '../support/databases.js'
import { findLastingPort } from '../support/free-port.js'
import { residentMebibytes } from '../support/liveness.js'
import { makeCluster } from '../support/postgresql.js'
import { createKey } from './history/world.js'
import { liveOnce, REQUESTS_A_LIFE } from './soak/life.js'

/**
 * The soak: `npm run test:soak -- [--minutes 10] [--peak-seconds 30]`. Sessions are made, written to, listed, counted,
 * read over all faces and deleted: first as fast as the gateway can, then at half of that rate, while its memory is watched.
 */
process.chdir(fileURLToPath(new URL('../..', import.meta.url)))
const { values: flags } = parseArgs({
  options: {
    minutes: { type: 'string', default: '10' },
    'peak-seconds': { type: 'string', default: '30' },
  },
})
const CLIENTS = 16
/** Lives under way at once, beyond which the next one waits: others may have taken the machine. */
const MOST = 200
const SAMPLE_MS = 5000
/** What collecting garbage alone moves it by. */
const TOLERANCE = 0.1

const cluster = await makeCluster()
await cluster.start()
const url = await createDatabase(cluster.url, 'soak')
const env = {
  ...process.env,
  ...{ DATABASE_URL: url, NODE_ENV: 'production', LOG_LEVEL: 'warn', DEMO: '', HOST: '127.0.0.1' },
  ...{ RATE_LIMIT_PER_MINUTE: '0', STRANGER_RATE_LIMIT_PER_MINUTE: '0' },
}
const port = await findLastingPort()
let logged = ''
let child: ChildProcess | null = null
try {
  const key = await createKey(env, 'ada', 'admin')
  child = spawn(process.execPath, ['dist/main.js', 'start', '--port', `${port}`], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    logged += text
  })
  await readiness()
  await soak(child.pid as number, () => liveOnce({ port, key }))
} finally {
  child?.kill()
  if (child?.exitCode === null) await once(child, 'exit')
  await cluster.stop()
}
process.exit()

async function soak(pid: number, live: () => Promise<void>): Promise<void> {
  const peak = await findPeak(live)
  console.log(`peak: ${Math.round(peak * REQUESTS_A_LIFE)} requests/s`)
  const samples: number[] = []
  const faults: string[] = []
  const until = performance.now() + Number(flags.minutes) * 60_000
  const sampling = setInterval(() => samples.push(residentMebibytes(pid)), SAMPLE_MS)
  let [lived, underWay] = [0, 0]
  const begun = performance.now()
  while (performance.now() < until && faults.length === 0) {
    const due = ((performance.now() - begun) / 1000) * (peak / 2)
    for (; lived < due && underWay < MOST; lived++) {
      underWay++
      live()
        .catch((error) => faults.push(`${error}`))
        .finally(() => underWay--)
    }
    await sleep(5)
  }
  clearInterval(sampling)
  const seconds = (performance.now() - begun) / 1000
  const quarters = [0, 1, 2, 3].map((quarter) =>
    median(samples.slice((quarter * samples.length) / 4, ((quarter + 1) * samples.length) / 4)),
  )
  const [, second = 0, , last = 0] = quarters
  if (last - second > second * TOLERANCE) faults.push(`It grew from ${second} to ${last} MiB`)
  if (logged !== '') faults.push(`It logged ${logged.slice(0, 2000)}`)
  console.log(
    `soak of ${Math.round(seconds / 60)} minutes at ${Math.round((lived * REQUESTS_A_LIFE) / seconds)} requests/s: ` +
      `${lived * REQUESTS_A_LIFE} requests, resident by quarters ${quarters.map(Math.round).join(', ')} MiB, ${Math.round(Math.max(...samples))} at most`,
  )
  for (const fault of faults) console.log(`  ${fault}`)
  if (faults.length > 0) process.exitCode = 1
}

/** Lives a second, as many as clients that do not wait get. */
async function findPeak(live: () => Promise<void>): Promise<number> {
  const seconds = Number(flags['peak-seconds'])
  // What compiles with the first requests does not count.
  for (const [length, counts] of [
    [seconds / 3, false],
    [seconds, true],
  ] as const) {
    const until = performance.now() + length * 1000
    const clients = Array.from({ length: CLIENTS }, async () => {
      let lived = 0
      for (; performance.now() < until; lived++) await live()
      return lived
    })
    const all = (await Promise.all(clients)).reduce((sum, one) => sum + one, 0)
    if (counts) return all / seconds
  }
  throw new Error('unreachable')
}

async function readiness(): Promise<void> {
  for (let tries = 0; tries < 300; tries++) {
    const isReady = await fetch(`http://127.0.0.1:${port}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    )
    if (isReady) return
    await sleep(100)
  }
  throw new Error(`The gateway does not start: ${logged}`)
}

function median(values: readonly number[]): number {
  return [...values].sort((one, other) => one - other)[Math.floor(values.length / 2)] ?? Number.NaN
}
