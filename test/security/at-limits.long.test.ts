import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startGatewayProcess } from '../support/gateway-process.js'
import { residentMebibytes, watchLiveness } from '../support/liveness.js'
import { type AtLimits, type LimitsWorld, send } from './at-limits/asked.js'
import { mutations } from './at-limits/mutations.js'
import { reads } from './at-limits/reads.js'
import { rest } from './at-limits/rest.js'
import { traces } from './at-limits/traces.js'

/** The embedded store works in the gateway's own thread, which is silent while a statement runs. */
const postgresql = inject('postgresql')
const silenceMs = 200
const keptMebibytes = 100
/** Collecting what is no longer used falls now and then into a measurement; what holds the thread does each time. */
const attempts = 3
/** `AT_LIMITS=all` sends every one, which takes a quarter of an hour. */
const some = (probes: AtLimits[], every: number) =>
  process.env.AT_LIMITS === 'all' ? probes : probes.filter((_, index) => index % every === 0)

test.skipIf(postgresql === null).each([
  ['mutations', some(mutations, 5)],
  ['requests of REST', some(rest, 8)],
  ['traces', some(traces, 4)],
  ['reads', some(reads, 3)],
] as const)(
  '%s that are as large as the limits let them be never silence the gateway for 200 ms, five at once included, and leave nothing',
  { timeout: 900_000 },
  async (_what, probes) => {
    // What the database takes for each is not asked here.
    const { origin, key, pid } = await startGatewayProcess({
      STATEMENT_TIMEOUT_MS: '60000',
      REQUEST_TIMEOUT_MS: '120000',
    })
    const liveness = watchLiveness(origin, pid)
    onTestFinished(async () => void (await liveness.stop()))
    const world: LimitsWorld = { origin, key, organization: 'acme', workspace: 'red' }
    // What comes with the first of each, such as readers of variables, stays.
    for (const { make } of probes) await send(world, await make(world))
    await sleep(1000)
    const before = residentMebibytes(pid)
    const faults: string[] = []
    for (const { name, make } of probes)
      for (const together of [1, 5]) {
        let silence = Number.POSITIVE_INFINITY
        for (let attempt = 0; attempt < attempts && silence >= silenceMs; attempt++) {
          const asked = []
          for (let count = 0; count < together; count++) asked.push(await make(world))
          await liveness.longestSilence()
          const answers = await Promise.all(asked.map((one) => send(world, one)))
          silence = Math.min(silence, await liveness.longestSilence())
          const odd = answers.filter(({ status }) => status >= 500)
          if (odd.length > 0) faults.push(`${name}: ${odd[0]?.text.slice(0, 300)}`)
        }
        if (process.env.AT_LIMITS === 'all')
          console.log(`${name}, ${together} at once: ${Math.round(silence)} ms`)
        if (silence >= silenceMs)
          faults.push(`${name}, ${together} at once: silent for ${Math.round(silence)} ms`)
      }
    await sleep(10_000)
    const kept = residentMebibytes(pid) - before
    if (kept >= keptMebibytes) faults.push(`${Math.round(kept)} MiB more are resident`)
    expect(faults).toEqual([])
  },
)
