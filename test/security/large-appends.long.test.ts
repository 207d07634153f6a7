import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, inject, onTestFinished, test } from 'vitest'
import { startGatewayProcess } from '../support/gateway-process.js'
import { residentMebibytes, watchLiveness } from '../support/liveness.js'

const place = { organization: 'acme', workspace: 'red' }
const save = 'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }'
const append = 'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }'

/** Makes a session, and the body of an append of so many messages of so many characters. */
async function makeAppend(ask: (body: string) => Promise<unknown>, count: number, characters: number) {
  const id = randomUUID()
  await ask(JSON.stringify({ query: save, variables: { input: { ...place, id, model: 'm' } } }))
  const messages = Array.from({ length: count }, () => ({ role: 'USER', content: 'x'.repeat(characters) }))
  return JSON.stringify({ query: append, variables: { input: { ...place, id, messages } } })
}

// Before, 240 MiB stayed for as long as nobody asked for more.
test.skipIf(inject('postgresql') === null)(
  'five appends of 16 MB at once silence nobody, and leave less than 100 MiB ten seconds later',
  { timeout: 120_000 },
  async () => {
    const { origin, key, pid } = await startGatewayProcess()
    const liveness = watchLiveness(origin, pid)
    onTestFinished(async () => void (await liveness.stop()))
    const ask = async (body: string) => {
      const headers = { 'Content-Type': 'application/json', 'X-API-Key': key }
      return (await fetch(`${origin}/graphql`, { method: 'POST', headers, body })).json()
    }
    for (let turn = 0; turn < 3; turn++) await ask(await makeAppend(ask, 10, 2000))
    const bodies = await Promise.all(Array.from({ length: 5 }, () => makeAppend(ask, 500, 32_000)))
    await sleep(3000)
    const before = residentMebibytes(pid)
    await liveness.longestSilence()

    const answers = await Promise.all(bodies.map(ask))

    expect(answers).toEqual(Array(5).fill({ data: { appendTranscript: { lastSeq: 499 } } }))
    expect(await liveness.longestSilence()).toBeLessThan(200)
    await sleep(10_000)
    expect(residentMebibytes(pid) - before).toBeLessThan(100)
  },
)
