import { expect, inject, onTestFinished, test } from 'vitest'
import { startGatewayProcess } from '../support/gateway-process.js'
import { watchLiveness } from '../support/liveness.js'
import { fill, type LimitsWorld, mutation, newSessions, place, send, times } from './at-limits/asked.js'

const STREAMS = 45
const SESSIONS = 200
const BURSTS = 2

const subscription = `subscription { sessionEvents(organization: "acme", workspace: "red") {
  id kind session { uuid title status labels { key values } usage { totalCostUsd } createdBy { login }
    transcript(first: 9) { edges { node { seq role content } } } }
} }`

/** Listens as a client of server-sent events does; gives how many events came so far. */
async function listen({ origin, key }: LimitsWorld): Promise<() => number> {
  const leaving = new AbortController()
  onTestFinished(() => leaving.abort())
  const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' }
  const answer = await fetch(`${origin}/graphql`, {
    ...{ method: 'POST', signal: leaving.signal, body: JSON.stringify({ query: subscription }) },
    headers: { ...headers, Accept: 'text/event-stream' },
  })
  let heard = 0
  const read = async () => {
    for await (const bytes of answer.body ?? [])
      heard += String(Buffer.from(bytes)).split('\nid: ').length - 1
  }
  read().catch(() => {})
  return () => heard
}

/** The embedded store works in the gateway's own thread, which is silent while a statement runs. */
test.skipIf(inject('postgresql') === null)(
  '400 events at once, each told to 45 streams, never silence the gateway for 200 ms',
  async () => {
    const { origin, key, pid } = await startGatewayProcess()
    const world: LimitsWorld = { origin, key, organization: 'acme', workspace: 'red' }
    const ids = await newSessions(world, SESSIONS)
    for (const id of ids.slice(0, 20)) await fill(world, id, 500)
    const streams = await Promise.all(times(STREAMS, () => listen(world)))
    const liveness = watchLiveness(origin, pid)
    onTestFinished(async () => void (await liveness.stop()))
    await liveness.longestSilence()

    const before = streams.map((heard) => heard())
    const asked = times(BURSTS, (burst) =>
      mutation(
        'labelSessions',
        { ...place(world), ids, add: [{ key: `k${burst}`, values: ['v'] }] },
        '{ __typename }',
      ),
    )
    const answers = await Promise.all(asked.map((one) => send(world, one)))

    expect(answers.map(({ status }) => status)).toEqual(times(BURSTS, () => 200))
    await expect
      .poll(() => streams.every((heard, at) => heard() - (before[at] as number) >= BURSTS * SESSIONS), {
        timeout: 120_000,
      })
      .toBe(true)
    expect(await liveness.longestSilence()).toBeLessThan(200)
  },
  240_000,
)
