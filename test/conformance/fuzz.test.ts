// FUZZ_REQUESTS sets how many requests are sent, 1,000 unless given: `FUZZ_REQUESTS=20000 npx vitest run fuzz`.
// The usual run asks the same questions each time, a longer one new ones; a failure names its seed, FUZZ_SEED runs it again.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FuzzedRequest, requestOf } from '../support/rest-arbitrary.js'
import { callRest } from '../support/rest-client.js'
import { operations } from '../support/rest-document.js'
import { type DreadnodeWorld, type Person, seedDreadnodeWorld } from '../support/rest-dreadnode-world.js'

const requests = Number(process.env.FUZZ_REQUESTS ?? 1000)
const usualSeed = process.env.FUZZ_REQUESTS === undefined ? 1 : undefined
const seed = process.env.FUZZ_SEED === undefined ? usualSeed : Number(process.env.FUZZ_SEED)
/** Requests delete and freeze; a new world brings back what they took. */
const REQUESTS_A_WORLD = 100

interface Fuzzed {
  world: DreadnodeWorld
  groupId: string
}

async function seedFuzzed(previous?: Fuzzed): Promise<Fuzzed> {
  if (previous)
    await previous.world.store.organization.delete({ where: { id: previous.world.organizationId } })
  const world = await seedDreadnodeWorld(previous?.world.rest)
  const json = { kind: 'workflow', project_id: world.projects.P1 }
  const { body } = await world.ask('bob', '/sessions/groups', { method: 'POST', json })
  const messages = ['user', 'assistant', 'user'].map((role) => ({ id: randomUUID(), role, content: 'x' }))
  await world.ask('bob', `/sessions/${world.ids[1]}/transcript`, { method: 'POST', json: { messages } })
  return { world, groupId: body.id }
}

function fill(text: string, { world, groupId }: Fuzzed): string {
  const { P1, P2 } = world.projects
  const ids: Record<string, string> = {
    org: world.slug,
    workspace: 'red',
    P1,
    P2,
    GROUP: groupId,
    BOB: world.users.bob,
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole)
}

async function send(fuzzed: Fuzzed, caller: Person | 'nobody', request: FuzzedRequest) {
  const { pathname, search } = new URL(`http://gateway.test${fill(request.target, fuzzed)}`)
  const { method, body } = request
  const key: Record<string, string> =
    caller === 'nobody' ? {} : { authorization: `Bearer ${fuzzed.world.keys[caller]}` }
  return callRest(fuzzed.world.rest, pathname + search, {
    method,
    headers: { ...key, ...request.headers },
    ...(body === undefined ? {} : { body: typeof body === 'string' ? fill(body, fuzzed) : body }),
  })
}

test(
  `${requests} requests made from the documents: no 5xx, nothing outside the documents, envelopes`,
  async () => {
    const callers = fc.oneof(
      { weight: 8, arbitrary: fc.constant('bob' as const) },
      { weight: 1, arbitrary: fc.constantFrom('ana', 'cat', 'dan', 'eve', 'nobody') },
    )
    const request = fc.oneof(...operations.map(requestOf))
    const statuses = new Map<number, number>()
    let fuzzed = await seedFuzzed()
    let sent = 0
    await fc.assert(
      fc.asyncProperty(callers, request, async (caller, asked) => {
        if (++sent % REQUESTS_A_WORLD === 0) fuzzed = await seedFuzzed(fuzzed)
        // Whatever is outside the document of its dialect is thrown here.
        const { status, headers, body } = await send(fuzzed, caller, asked)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        expect(status).toBeLessThan(500)
        expect(headers.get('x-request-id')).toMatch(/^[\w.:-]{1,128}$/)
        if (status >= 400 && asked.method !== 'HEAD' && asked.target.startsWith('/api'))
          expect(body).toMatchObject({ code: status, detail: expect.any(String), type: expect.any(String) })
      }),
      { numRuns: requests, ...(seed === undefined ? {} : { seed }) },
    )
    if (requests > 1000) console.log(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)))
    // Rarer statuses are sure to come in a long run only.
    const common = [200, 400, 401, 404, 422]
    const due = requests < 20_000 ? common : [...common, 204, 403, 409]
    expect([...statuses.keys()]).toEqual(expect.arrayContaining(due))
  },
  60_000 + requests * 200,
)
