// The usual run asks the same 2,500 questions each time; `npm run test:fuzz -- --requests 20000` new ones. A failure names its seed,
// with which FUZZ_SEED runs it again.
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FuzzedRequest, requestOf, soundRequestOf } from '../support/rest-arbitrary.js'
import { callRest } from '../support/rest-client.js'
import { findOperation, type Operation, operations } from '../support/rest-document.js'
import { type DreadnodeWorld, type Person, seedDreadnodeWorld } from '../support/rest-dreadnode-world.js'

/** Enough for every operation to be served, by the questions of the usual run. */
const USUAL = 2500
const requests = Number(process.env.FUZZ_REQUESTS ?? USUAL)
const usualSeed = process.env.FUZZ_REQUESTS === undefined ? 1 : undefined
const seed = process.env.FUZZ_SEED === undefined ? usualSeed : Number(process.env.FUZZ_SEED)
/** Requests delete and freeze; a new world brings back what they took. */
const REQUESTS_A_WORLD = 100

interface Fuzzed {
  world: DreadnodeWorld
  groupId: string
  emptyProjectId: string
  evaluationId: string
  itemId: string
}

async function seedFuzzed(previous?: Fuzzed): Promise<Fuzzed> {
  if (previous)
    await previous.world.store.organization.delete({ where: { id: previous.world.organizationId } })
  const world = await seedDreadnodeWorld(previous?.world.rest)
  const json = { kind: 'workflow', project_id: world.projects.P1 }
  const { body } = await world.ask('bob', '/sessions/groups', { method: 'POST', json })
  const messages = ['user', 'assistant', 'user'].map((role) => ({ id: randomUUID(), role, content: 'x' }))
  await world.ask('bob', `/sessions/${world.ids[1]}/transcript`, { method: 'POST', json: { messages } })
  const { store, organizationId, workspaceId, ids } = world
  const [emptyProjectId, evaluationId, itemId] = [randomUUID(), randomUUID(), randomUUID()]
  await store.project.create({
    data: { organizationId, id: emptyProjectId, workspaceId, slug: 'empty', name: 'Empty' },
  })
  await store.session.updateMany({
    where: { organizationId, id: ids[5] as string },
    data: { evaluationId, evaluationItemId: itemId },
  })
  await store.apiKey.updateMany({ where: { organizationId }, data: { defaultWorkspaceId: workspaceId } })
  return { world, groupId: body.id, emptyProjectId, evaluationId, itemId }
}

function fill(text: string, { world, groupId, emptyProjectId, evaluationId, itemId }: Fuzzed): string {
  const { P1, P2 } = world.projects
  const ids: Record<string, string> = {
    org: world.slug,
    workspace: 'red',
    P1,
    P2,
    GROUP: groupId,
    BOB: world.users.bob,
    EMPTY: emptyProjectId,
    EVALUATION: evaluationId,
    ITEM: itemId,
  }
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => ids[name] ?? whole)
}

/** Served to who holds a code or token of a login that a person approved, and to keys that may end themselves. */
const takesCodes = /\/(auth\/device\/(code\/|token)|user\/api-keys)/

const nameOf = ({ method, path }: Operation) => `${method} ${path}`

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
    // Half of them are sound and of somebody who may do all that is asked.
    const any = fc.tuple(callers, fc.oneof(...operations.map(requestOf)))
    const sound = fc.tuple(fc.constantFrom('bob', 'bob', 'ana'), fc.oneof(...operations.map(soundRequestOf)))
    const timesServed = new Map(operations.map((operation) => [nameOf(operation), 0]))
    const statuses = new Map<number, number>()
    let fuzzed = await seedFuzzed()
    let sent = 0
    await fc.assert(
      fc.asyncProperty(fc.oneof(any, sound), async ([caller, asked]) => {
        if (++sent % REQUESTS_A_WORLD === 0) fuzzed = await seedFuzzed(fuzzed)
        if (requests > USUAL && sent % 500 === 0) console.log(`${sent} of ${requests} sent`)
        // Whatever is outside the document of its dialect is thrown here.
        const { status, headers, body } = await send(fuzzed, caller, asked)
        statuses.set(status, (statuses.get(status) ?? 0) + 1)
        const operation = findOperation(asked.method, asked.target)
        if (operation !== null && status < 300) {
          const name = nameOf(operation)
          timesServed.set(name, (timesServed.get(name) ?? 0) + 1)
        }
        expect(status).toBeLessThan(500)
        expect(headers.get('x-request-id')).toMatch(/^[\w.:-]{1,128}$/)
        if (status >= 400 && asked.method !== 'HEAD' && asked.target.startsWith('/api'))
          expect(body).toMatchObject({ code: status, detail: expect.any(String), type: expect.any(String) })
      }),
      // Smaller requests meet another world than the one that failed did.
      { numRuns: requests, endOnFailure: true, ...(seed === undefined ? {} : { seed }) },
    )
    if (requests > USUAL)
      console.log(Object.fromEntries([...statuses].sort(([a], [b]) => a - b)), timesServed)
    const answered = [...timesServed.values()].reduce((sum, times) => sum + times, 0)
    console.log(`${answered} of ${requests} requests were served, of ${timesServed.size} operations`)
    const missed = [...timesServed].filter(([name, times]) => times === 0 && !takesCodes.test(name))
    expect(missed).toEqual([])
    // Rarer statuses are sure to come in a long run only.
    const common = [200, 400, 401, 404, 422]
    const due = requests < 20_000 ? common : [...common, 204, 403, 409]
    expect([...statuses.keys()]).toEqual(expect.arrayContaining(due))
  },
  60_000 + requests * 200,
)
