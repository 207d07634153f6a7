import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, test } from 'vitest'
import { type AuditEntry, sql } from '../../src/db/sql.js'
import { permissions } from '../../src/domain/acting/permissions.js'
import { actNames, acts } from '../../src/domain/audit/acts.js'
import { pruneAudit } from '../../src/domain/audit/prune.js'
import { REFUSALS_A_MINUTE } from '../../src/domain/audit/refuse.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { actOfMutation } from '../../src/graphql/audit/acts.js'
import { mutationOf } from '../support/mutation.js'
import { inputs } from '../support/mutation-inputs.js'
import { ask, type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'
import { keyedMutations, mutationFields, smallSelection, typeOf } from '../support/selections.js'
import { type StatementWorld, seedStatementWorld } from '../support/statement-world.js'

const size = 3
let world: StatementWorld
let readOnly: string
beforeAll(async () => {
  world = await seedStatementWorld(size)
  readOnly = generateSecret()
  const { organizationId, workspaceId, bob } = world
  const place = { organizationId, workspaceId, defaultWorkspaceId: workspaceId }
  await createApiKey(
    world.store,
    { ...place, userId: bob.userId, name: 'r', scopes: ['sessions:read'] },
    readOnly,
  )
}, 60_000)

const mutation = (name: string) => mutationOf(name, smallSelection(typeOf(`Mutation.${name}`)))

const entriesOf = ({ store, organizationId }: Pick<SeededWorkspace, 'store' | 'organizationId'>) =>
  store.auditEntry.findMany({ where: { organizationId }, orderBy: [{ at: 'asc' }, { seq: 'asc' }] })

/** What the work leaves in the audit. */
async function left(work: () => Promise<unknown>): Promise<AuditEntry[]> {
  const before = new Set((await entriesOf(world)).map(({ seq }) => seq))
  await work()
  return (await entriesOf(world)).filter(({ seq }) => !before.has(seq))
}

/** Undoes in the store what a mutation would find done already. */
async function undo(name: string, ids: string[]): Promise<void> {
  const { store, organizationId } = world
  const where = { organizationId, id: { in: ids } }
  const states: [RegExp, object][] = [
    [/^share/, { visibility: 'private' }],
    [/^unarchive/, { archivedAt: new Date() }],
    [/Turn$/, { turnStartedAt: name === 'startTurn' ? null : new Date() }],
  ]
  for (const [pattern, data] of states)
    if (pattern.test(name)) await store.session.updateMany({ where, data })
  if (/^pin/.test(name)) await store.pin.deleteMany({ where: { organizationId, sessionId: { in: ids } } })
}

describe.each(keyedMutations().map((coordinate) => coordinate.slice('Mutation.'.length)))('%s', (name) => {
  test('leaves one entry for each thing that it does', async () => {
    const input = (await inputs[name]?.(world)) as { id?: string; ids?: string[] }
    await undo(name, input.ids ?? (input.id ? [input.id] : []))
    const entries = await left(async () => {
      const { errors } = await world.bob.graphql(mutation(name), { input })
      expect(errors).toBeUndefined()
    })
    expect(entries).toHaveLength(input.ids === undefined ? 1 : size)
    if (input.ids) expect(entries.map(({ subjectId }) => subjectId).sort()).toEqual(input.ids.toSorted())
    for (const entry of entries)
      expect(entry).toMatchObject({
        ...{ act: actOfMutation[name], outcome: 'done', code: null, face: 'graphql' },
        // An organization lies in no workspace of the one whose operator made it.
        workspaceId: name === 'createOrganization' ? null : world.workspaceId,
        userId: world.bob.userId,
        ...{ subjectId: input.id ?? expect.any(String), keyPrefix: world.bob.key.slice(0, 12) },
      })
  })

  test('leaves one entry when it is refused', async () => {
    const input = await inputs[name]?.(world)
    const entries = await left(async () => {
      const { errors } = await ask(world.yoga, readOnly, mutation(name), { input })
      expect(errors?.[0]?.extensions.code).toBe('FORBIDDEN')
    })
    expect(entries).toMatchObject([
      { act: actOfMutation[name], outcome: 'refused', code: 'FORBIDDEN', userId: world.bob.userId },
    ])
  })
})

test('every act but those of commands and of signing in is that of a mutation, and every permission that writes has an act', () => {
  expect(Object.keys(actOfMutation).sort()).toEqual(
    mutationFields().map((coordinate) => coordinate.slice('Mutation.'.length)),
  )
  const ofMutations = Object.values(actOfMutation).filter((act) => act !== null)
  const others = actNames.filter((act) => acts[act].permission === null)
  expect(others).toEqual(['allow_reader', 'refuse_reader', 'seed_sessions', 'sign_in'])
  expect([...new Set([...ofMutations, ...others])].sort()).toEqual(actNames.toSorted())
  const reads = ['session:read', 'key:list', 'audit:read', 'organization:list']
  const shared = ['filter:share']
  expect(
    [
      ...new Set([...Object.values(acts).flatMap(({ permission }) => permission ?? []), ...reads, ...shared]),
    ].sort(),
  ).toEqual(Object.keys(permissions).sort())
})

test('a new session is told apart from a saved one, and what changes nothing leaves nothing', async () => {
  const input = { ...world.place, id: randomUUID(), model: 'm' }
  const save = (more = {}) => world.bob.graphql(mutation('saveSession'), { input: { ...input, ...more } })
  const actsOf = async (work: () => Promise<unknown>) => (await left(work)).map(({ act }) => act)
  expect(await actsOf(() => save({ dryRun: true }))).toEqual([])
  expect(await actsOf(() => save())).toEqual(['create_session'])
  expect(await actsOf(() => save())).toEqual([])
  expect(await actsOf(() => save({ title: 'x' }))).toEqual(['save_session'])
})

test('a bulk call leaves an entry for what it did and for what it refused; a malformed call leaves none', async () => {
  const [mine] = await world.createSessions(1)
  const unknown = randomUUID()
  const entries = await left(() =>
    world.bob.graphql(mutation('archiveSessions'), { input: { ...world.place, ids: [mine, unknown] } }),
  )
  expect(entries).toMatchObject([
    { subjectId: mine, outcome: 'done' },
    { subjectId: unknown, outcome: 'refused', code: 'NOT_FOUND' },
  ])
  const malformed = await left(() =>
    world.bob.graphql(mutation('archiveSessions'), { input: { ...world.place, ids: [] } }),
  )
  expect(malformed).toEqual([])
})

test('a flood of refusals of one key leaves 60 entries a minute', async () => {
  const { organizationId, workspaceId, bob, store, yoga, place } = world
  const key = generateSecret()
  await createApiKey(
    store,
    { organizationId, workspaceId, userId: bob.userId, name: 'f', scopes: ['sessions:read'] },
    key,
  )
  const entries = await left(async () => {
    for (let index = 0; index < REFUSALS_A_MINUTE + 20; index++)
      await ask(yoga, key, mutation('archiveSession'), { input: { ...place, id: randomUUID() } })
  })
  expect(entries).toHaveLength(REFUSALS_A_MINUTE)
})

test('entries cannot be changed or deleted but by pruning', async () => {
  const { store, organizationId } = world
  const of = sql`organization_id = ${organizationId}::uuid`
  await expect(store.$executeRaw(sql`update audit_entries set act = 'x' where ${of}`)).rejects.toThrow(
    /append-only/,
  )
  await expect(store.$executeRaw(sql`delete from audit_entries where ${of}`)).rejects.toThrow(/append-only/)
  await expect(store.$executeRaw(sql`truncate audit_entries`)).rejects.toThrow(/append-only/)
})

test('an act that is undone leaves no entry', async () => {
  const { store, organizationId } = world
  const [id] = (await world.createSessions(1)) as [string]
  await store.session.updateMany({ where: { organizationId, id }, data: { frozenAt: new Date() } })
  const entries = await left(() =>
    world.bob.graphql(mutation('appendTranscript'), {
      input: { ...world.place, id, messages: [{ role: 'USER', content: 'x' }] },
    }),
  )
  expect(entries).toMatchObject([{ act: 'append_messages', outcome: 'refused', code: 'CONFLICT' }])
})

const read = `query A($slug: String!, $filter: AuditFilter, $first: Int, $after: String, $last: Int, $before: String) {
  organization(slug: $slug) { auditEntries(filter: $filter, first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { at act outcome code subjectUuid session { uuid } workspace { slug } user { login }
      userUuid keyUuid keyPrefix face address userAgent } } pageInfo { hasNextPage endCursor } } } }`

describe('who reads', () => {
  let own: SeededWorkspace
  beforeAll(async () => {
    own = await seedWorkspace()
    await saveSession(own, own.bob)
    await saveSession(own, own.cat)
    await saveSession({ place: { ...own.place, workspace: 'other' } }, own.eve)
    await own.dan.graphql(mutation('archiveSession'), { input: { ...own.place, id: randomUUID() } })
  })
  const audit = async (member: SeededWorkspace['ana'], variables = {}) => {
    const { data, errors } = await member.graphql(read, { slug: own.place.organization, ...variables })
    if (errors) return errors[0]?.extensions.code
    return data.organization.auditEntries.edges.map(({ node }: any) => node)
  }

  test('an admin reads the entries of the own workspaces alone, newest first', async () => {
    const entries = await audit(own.ana)
    expect(
      entries.map(({ act, outcome, user, workspace }: any) => [act, outcome, user.login, workspace.slug]),
    ).toEqual([
      ['ARCHIVE_SESSION', 'REFUSED', own.dan.login, 'main'],
      ['CREATE_SESSION', 'DONE', own.cat.login, 'main'],
      ['CREATE_SESSION', 'DONE', own.bob.login, 'main'],
    ])
    expect(entries[1].session).toBeNull()
    expect(entries[1].keyPrefix).toBe(own.cat.key.slice(0, 12))
  })

  test('nobody else reads any', async () => {
    for (const member of [own.bob, own.dan, own.eve]) expect(await audit(member)).toBe('FORBIDDEN')
  })

  test('filters hold together', async () => {
    const acted = async (filter: object) => (await audit(own.ana, { filter })).map(({ act }: any) => act)
    expect(await acted({ userId: own.bob.userId })).toEqual(['CREATE_SESSION'])
    expect(await acted({ keyPrefix: own.cat.key.slice(0, 12) })).toEqual(['CREATE_SESSION'])
    expect(await acted({ outcome: 'REFUSED' })).toEqual(['ARCHIVE_SESSION'])
    expect(await acted({ acts: [] })).toEqual([])
    expect(await acted({ acts: ['CREATE_SESSION'], userId: own.dan.userId })).toEqual([])
    expect(await acted({ since: new Date(Date.now() + 60_000).toISOString() })).toEqual([])
    expect(await acted({ until: new Date(Date.now() + 60_000).toISOString() })).toHaveLength(3)
    const [{ subjectUuid }] = await audit(own.ana, { filter: { userId: own.bob.userId } })
    expect(await acted({ subjectId: subjectUuid })).toEqual(['CREATE_SESSION'])
  })

  test('pages meet without a gap in both directions', async () => {
    const whole = await audit(own.ana)
    const ahead: unknown[] = []
    for (let after: string | null = null; ; ) {
      const { data } = await own.ana.graphql(read, { slug: own.place.organization, first: 1, after })
      const { edges, pageInfo } = data.organization.auditEntries
      ahead.push(...edges.map(({ node }: any) => node))
      if (!pageInfo.hasNextPage) break
      after = pageInfo.endCursor
    }
    expect(ahead).toEqual(whole)
    const { data } = await own.ana.graphql(read, { slug: own.place.organization, last: 2 })
    expect(data.organization.auditEntries.edges.map(({ node }: any) => node)).toEqual(whole.slice(-2))
    expect(await audit(own.ana, { after: 'x' })).toBe('INVALID_INPUT')
  })

  test('old entries go, of every organization alike', async () => {
    const { store, organizationId } = own
    const other = await seedWorkspace()
    await saveSession(other, other.bob)
    for (const id of [organizationId, other.organizationId])
      await store.$executeRaw(sql`insert into audit_entries (organization_id, at, act, outcome, face)
        select ${id}::uuid, now() - make_interval(days => 500), 'create_session', 'done', 'cli' from generate_series(1, 3)`)
    const before = (await entriesOf(own)).length
    await pruneAudit(store, 400)
    expect(await entriesOf(own)).toHaveLength(before - 3)
    expect(await entriesOf(other)).toHaveLength(1)
  })
})
