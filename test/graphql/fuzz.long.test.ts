// The usual run asks the same 500 questions each time; `npm run test:fuzz -- --requests 20000` new ones. A failure names its seed,
// with which FUZZ_SEED runs it again.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { schema } from '../../src/graphql/schema.js'
import { type FuzzedOperation, type FuzzWorld, operationArbitrary } from '../support/graphql-arbitrary.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { inputs } from '../support/mutation-inputs.js'
import { type SeededWorkspace, saveSession } from '../support/seed.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'

const requests = Number(process.env.FUZZ_REQUESTS ?? 500)
const usualSeed = process.env.FUZZ_REQUESTS === undefined ? 1 : undefined
const seed = process.env.FUZZ_SEED === undefined ? usualSeed : Number(process.env.FUZZ_SEED)
/** Operations delete and freeze; new sessions take the place of what they took. */
const REQUESTS_A_WORLD = requests > 500 ? 500 : 250
/** A machine that others use as well is slow at times, which is no fault. */
const PATIENCE_MS = 120_000
/** So many are under way together. */
const AT_ONCE = 10

let valid = 0
const roots = new Set<string | undefined>()
const codes = new Map<string, number>()
const count = (code: string) => codes.set(code, (codes.get(code) ?? 0) + 1)

/** Asked with a code or a token of a login, or a key that ends itself. */
const takesCodes = ['createDeviceKey', 'exchangeDeviceCode', 'revokeOwnKey']
/** How often each mutation finds what it takes to do its work. */
const SOUND = 3

/** Inputs of every mutation; after them bob has the role that the world is made for, and others have theirs again. */
async function makeSound(
  world: StatementWorld,
  roleOfBob: 'WRITE' | 'ADMIN',
): Promise<Map<string, object[]>> {
  const sound = new Map<string, object[]>()
  for (const [name, input] of Object.entries(inputs))
    sound.set(name, await Promise.all(Array.from({ length: SOUND }, () => input(world))))
  const { store, organizationId, bob, cat, dan } = world
  const roles = [[bob, roleOfBob] as const, [cat, 'WRITE'] as const, [dan, 'READ'] as const]
  for (const [{ userId }, role] of roles)
    await store.workspaceMember.updateMany({ where: { organizationId, userId }, data: { role } })
  return sound
}

async function seedWorld(
  roleOfBob: 'WRITE' | 'ADMIN',
): Promise<{ seeded: SeededWorkspace; world: FuzzWorld }> {
  const seeded = await seedStatementWorld(SOUND)
  const { bob, cat, place, projectId, organizationId } = seeded
  const { data } = await bob.graphql(
    'mutation ($input: CreateSessionGroupInput!) { createSessionGroup(input: $input) { group { uuid id } } }',
    { input: { ...place, projectId, kind: 'WORKFLOW' } },
  )
  const { group } = data.createSessionGroup
  const labels = [{ key: 'env', values: ['prod'] }]
  const sessions = [
    await saveSession(seeded, bob, { title: 'one', agent: 'coder', labels, projectId }),
    await saveSession(seeded, bob, { groupId: group.uuid, visibility: 'WORKSPACE' }),
    await saveSession(seeded, cat, { visibility: 'WORKSPACE' }),
    await saveSession(seeded, cat),
  ]
  const messages = ['USER', 'ASSISTANT', 'USER'].map((role) => ({ role, content: 'x' }))
  await bob.graphql(
    'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }',
    { input: { ...place, id: sessions[0], messages } },
  )
  const globalIdOf = (key: string) => Buffer.from(key).toString('base64')
  const globalIds = [
    ...sessions.map((id) => globalIdOf(`Session:${organizationId}/${id}`)),
    ...[group.id, globalIdOf('Nothing:1'), 'x'],
  ]
  const prefixes = sessions.map((id) => id.slice(0, 8))
  const uuids = [...sessions, projectId, group.uuid, bob.userId]
  const ids = [...sessions, ...prefixes, ...globalIds.slice(0, 2), projectId, 'search', 'zz']
  const sound = await makeSound(seeded, roleOfBob)
  return { seeded, world: { ...place, uuids, globalIds, ids, sound } }
}

/** The field that an operation is about: a root, or one of a workspace. */
const rootOf = (query: string) => /\{ (?:workspace\([^)]*\) \{ )?(\w+)/.exec(query)?.[1]

async function send(gateway: ListeningGateway, key: string, operation: object) {
  const answer = await fetch(`${gateway.url}/graphql`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-API-Key': key },
    body: JSON.stringify(operation),
  })
  return { status: answer.status, text: await answer.text(), requestId: answer.headers.get('x-request-id') }
}

/** Sends one and looks at its answer: no 5xx, no code that tells of a bug, a text and a request id in each error. */
async function ask(gateway: ListeningGateway, operation: FuzzedOperation, key: string): Promise<void> {
  const { status, text, requestId } = await send(gateway, key, operation)
  const said = `${text}\nwas answered to ${JSON.stringify(operation)}`
  expect(status, said).toBeLessThan(500)
  const { data, errors = [] } = JSON.parse(text)
  // What does not fit the schema is refused before it runs, and has no data.
  if (data !== undefined) valid++
  if (errors.length === 0) count('answered')
  // A mutation has done its work before what is selected of it is refused.
  const isSelected = ({ path = [] }: { path?: unknown[] }) =>
    operation.query.startsWith('mutation') && path.length > 1
  if (errors.length === 0 || errors.some(isSelected)) roots.add(rootOf(operation.query))
  for (const { message, extensions } of errors) {
    expect(extensions.code, said).not.toBe('INTERNAL_SERVER_ERROR')
    expect(extensions.code, said).not.toBe('TIMED_OUT')
    expect(message.trim()).not.toBe('')
    expect(extensions.requestId).toBe(requestId)
    count(extensions.code)
  }
  expect(data === undefined ? errors.length : 1, said).toBeGreaterThan(0)
}

test(
  `${requests} operations made from the schema: no 5xx, no unexpected error`,
  async () => {
    const gateway = await listenOnTestStore({ REQUEST_TIMEOUT_MS: `${PATIENCE_MS}` })
    const begun = performance.now()
    try {
      for (let sent = 0; sent < requests; sent += REQUESTS_A_WORLD) {
        const { seeded, world } = await seedWorld((sent / REQUESTS_A_WORLD) % 2 === 0 ? 'ADMIN' : 'WRITE')
        const callers = fc.constantFrom(
          ...[seeded.bob, seeded.bob, seeded.ana, seeded.dan].map(({ key }) => key),
        )
        const asked = fc.tuple(operationArbitrary(schema, world), callers)
        await fc.assert(
          fc.asyncProperty(fc.array(asked, { minLength: AT_ONCE, maxLength: AT_ONCE }), async (together) => {
            await Promise.all(together.map(([operation, key]) => ask(gateway, operation, key)))
          }),
          {
            numRuns: Math.ceil(Math.min(REQUESTS_A_WORLD, requests - sent) / AT_ONCE),
            // What was asked has changed the world: asking smaller ones again tells nothing, and goes on for hours.
            endOnFailure: true,
            ...(seed === undefined ? {} : { seed: seed + sent }),
          },
        )
        await seeded.store.organization.delete({ where: { id: seeded.organizationId } })
        if (requests > 500)
          console.log(
            `${Math.min(sent + REQUESTS_A_WORLD, requests)} of ${requests} sent after ${Math.round((performance.now() - begun) / 1000)} s, ${valid} valid, ${roots.size} roots answered`,
          )
      }
      console.log(`${valid} of ${requests} operations are valid`, Object.fromEntries(codes))
      const mutations = Object.keys(schema.getMutationType()?.getFields() ?? {})
      const missed = mutations.filter((name) => !roots.has(name) && !takesCodes.includes(name))
      console.log(
        `${mutations.length - missed.length} of ${mutations.length} mutations were answered; not`,
        missed,
      )
      if (requests >= 5000) expect(missed).toEqual([])
      expect(valid).toBeGreaterThan(requests / 2)
      expect(codes.get('answered') ?? 0).toBeGreaterThan(requests / 4)
      expect([...codes.keys()]).toEqual(
        expect.arrayContaining(['answered', 'NOT_FOUND', 'INVALID_INPUT', 'BAD_USER_INPUT', 'FORBIDDEN']),
      )
    } finally {
      await gateway.close()
    }
  },
  60_000 + requests * 200,
)
