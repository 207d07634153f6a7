import { request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, inject, onTestFinished, test } from 'vitest'
import { startGatewayProcess } from '../support/gateway-process.js'
import { residentMebibytes, watchLiveness } from '../support/liveness.js'
import { faultyBodies } from './faulty-bodies.js'
import { type HostileBody, hostileBodies } from './hostile-bodies.js'
import { hostileTraces, packedTraces } from './hostile-traces.js'

/** The embedded store works in the gateway's own thread, which is silent while a statement runs. */
const postgresql = inject('postgresql')
const silenceMs = 200
const keptMebibytes = 100
/** Collecting what is no longer used falls now and then into a measurement; what holds the thread does each time. */
const attempts = 3

/** Sends a body over a connection of its own; gives the status, or 0 when the connection broke. */
function send(
  origin: string,
  { path, contentType, contentEncoding }: HostileBody,
  body: Buffer,
  key: string | null,
) {
  const credential =
    key === null ? {} : path.startsWith('/v1/sessions') ? { Authorization: key } : { 'X-API-Key': key }
  return new Promise<number>((resolve) => {
    const headers = {
      ...{ 'Content-Type': contentType, 'Content-Length': body.length, ...credential },
      ...(contentEncoding === undefined ? {} : { 'Content-Encoding': contentEncoding }),
    }
    const sent = request(`${origin}${path}`, { method: 'POST', agent: false, headers }, (answer) => {
      answer.resume()
      answer.once('close', () => resolve(answer.statusCode ?? 0))
    })
    sent.once('error', () => resolve(0))
    sent.end(body)
  })
}

describe.skipIf(postgresql === null)('a hostile body', () => {
  // Some of each kind; `HOSTILE_BODIES=all` sends every one, which takes minutes.
  const every = hostileBodies('org/acme/ws/red')
  const some = process.env.HOSTILE_BODIES === 'all' ? every : every.filter((_, index) => index % 6 === 0)
  const faulty = faultyBodies('org/acme/ws/red')

  test.each([
    ['made to be too much', some, []],
    // What telling the faults of each takes once, such as its compiled readers, stays.
    ['of values that are nearly all wrong', faulty, faulty],
    ['that tells of more than it can be placed at once', hostileTraces, hostileTraces],
    ['that is small while it is packed', packedTraces, packedTraces],
  ])(
    '%s gets no failure, never silences the gateway for 200 ms, and leaves nothing behind, five at once included',
    {
      timeout: 300_000,
    },
    async (_what, bodies, sentBefore) => {
      const { origin, key, pid } = await startGatewayProcess()
      const liveness = watchLiveness(origin, pid)
      onTestFinished(async () => void (await liveness.stop()))
      // Code and pools that come with the first requests stay.
      await send(origin, every[0] as HostileBody, Buffer.from('{"query":"{ __typename }"}'), key)
      for (const hostile of sentBefore) await send(origin, hostile, hostile.make(), key)
      await sleep(1000)
      const before = residentMebibytes(pid)
      const faults: string[] = []
      for (const hostile of bodies) {
        for (const sender of [null, key]) {
          const who = sender === null ? 'without a key' : 'with a key'
          let silence = Number.POSITIVE_INFINITY
          for (let attempt = 0; attempt < attempts && silence >= silenceMs; attempt++) {
            const body = hostile.make()
            await liveness.longestSilence()
            const statuses = await Promise.all(
              Array.from({ length: attempt === 0 ? 5 : 3 }, () => send(origin, hostile, body, sender)),
            )
            silence = Math.min(silence, await liveness.longestSilence())
            const odd = statuses.filter((status) => status >= 500)
            if (odd.length > 0) faults.push(`${hostile.name} ${who}: answered ${odd}`)
          }
          if (silence >= silenceMs)
            faults.push(`${hostile.name} ${who}: silent for ${Math.round(silence)} ms`)
        }
      }
      await sleep(10_000)
      const kept = residentMebibytes(pid) - before
      if (kept >= keptMebibytes) faults.push(`${Math.round(kept)} MiB more are resident`)
      expect(faults).toEqual([])
    },
  )
})
