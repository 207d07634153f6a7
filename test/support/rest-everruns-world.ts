import type { Message, ModelStore, Session } from '../../src/db/sql.js'
import { rememberNames } from '../../src/domain/session/public-id.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { createWorkspaces } from '../../src/domain/tenancy/create-workspaces.js'
import { recountTranscripts } from '../../src/domain/transcript/recount.js'
import type { Rest } from '../../src/rest/rest.js'
import { callRest, openTestGateway, type RestAnswer, type RestRequest } from './rest-client.js'
import { openTestStore } from './store.js'

/** Organizations of the contract's section 8, whose derived ids are part of it. */
export const O = '00000000-0000-0000-0000-000000000001'
export const X = '00000000-0000-0000-0000-000000000002'
export const W1 = '00000000-0000-0000-0000-0000000000b1'
const W2 = '00000000-0000-0000-0000-0000000000b2'
const W3 = '00000000-0000-0000-0000-0000000000b3'
export const ann = '00000000-0000-0000-0000-0000000000c1'
export const bob = '00000000-0000-0000-0000-0000000000c2'
const xan = '00000000-0000-0000-0000-0000000000c3'

export type Key = 'ka' | 'kb' | 'ks' | 'kx'

export interface EverrunsWorld {
  store: ModelStore
  rest: Rest
  keys: Record<Key, string>
  /** Asks with a bare key; null sends none. */
  ask(key: Key | null, path: string, request?: RestRequest): Promise<RestAnswer>
  addSession(row: NewSession, messages?: NewMessage[]): Promise<void>
}

export type NewSession = Partial<Omit<Session, 'capabilities' | 'rewinds'>> & { id: string }
type NewMessage = Partial<Message> & Pick<Message, 'role' | 'content'>

/** Uuid of S1 to S7. */
export function sessionUuid(n: number): string {
  return `01933b5a-0000-7000-8000-${String(n).padStart(12, '0')}`
}

/** Public id of S1 to S7. */
export function publicSessionId(n: number): string {
  return `session_${sessionUuid(n).replaceAll('-', '')}`
}

/** Path of S1 to S7 on either mount. */
export function sessionPath(n: number, below = '', mount = '/v1'): string {
  return `${mount}/sessions/${publicSessionId(n)}${below}`
}

/** Makes organizations O and X anew, empty but for people and keys. */
export async function seedEverrunsTenants(rest?: Rest): Promise<EverrunsWorld> {
  const { store } = await openTestStore()
  await store.organization.deleteMany({ where: { id: { in: [O, X] } } })
  await store.publicName.deleteMany({ where: { organizationId: { in: [O, X] } } })
  await store.user.deleteMany({ where: { id: { in: [ann, bob, xan] } } })
  await store.organization.createMany({
    data: [
      { id: O, slug: 'everruns-o', name: 'O' },
      { id: X, slug: 'everruns-x', name: 'X' },
    ],
  })
  await store.transact(async (db) => {
    await createWorkspaces(db, O, [
      { id: W1, slug: 'w1', name: 'W1' },
      { id: W2, slug: 'w2', name: 'W2' },
    ])
    await createWorkspaces(db, X, [{ id: W3, slug: 'w3', name: 'W3' }])
  })
  const names = { [ann]: 'ann', [bob]: 'bob', [xan]: 'xan' }
  await store.user.createMany({
    data: Object.entries(names).map(([id, name]) => ({
      id,
      username: `everruns-${name}`,
      email: `${name}@everruns.example`,
    })),
  })
  await store.workspaceMember.createMany({
    data: [
      { organizationId: O, workspaceId: W1, userId: ann, role: 'WRITE' },
      { organizationId: O, workspaceId: W2, userId: ann, role: 'WRITE' },
      { organizationId: O, workspaceId: W1, userId: bob, role: 'WRITE' },
      { organizationId: X, workspaceId: W3, userId: xan, role: 'WRITE' },
    ],
  })
  const owners = {
    ka: { organizationId: O, userId: ann, defaultWorkspaceId: W1 },
    kb: { organizationId: O, userId: bob, defaultWorkspaceId: W1 },
    ks: { organizationId: O, userId: null, workspaceId: W1, defaultWorkspaceId: W1 },
    kx: { organizationId: X, userId: xan, defaultWorkspaceId: W3 },
  }
  const keys = { ka: generateSecret(), kb: generateSecret(), ks: generateSecret(), kx: generateSecret() }
  for (const [name, owner] of Object.entries(owners))
    await createApiKey(store, { ...owner, name }, keys[name as Key])
  const face = rest ?? (await openTestGateway()).rest
  return {
    store,
    rest: face,
    keys,
    ask: (key, path, request = {}) =>
      callRest(face, path, {
        ...request,
        headers: { ...(key === null ? {} : { authorization: keys[key] }), ...request.headers },
      }),
    addSession: (row, messages) => addSession(store, row, messages),
  }
}

async function addSession(store: ModelStore, row: NewSession, messages: NewMessage[] = []): Promise<void> {
  const organizationId = row.organizationId ?? O
  await store.session.createMany({
    data: { workspaceId: W1, ownerId: ann, visibility: 'workspace', ...row, organizationId },
  })
  await rememberNames(store, organizationId, row)
  await store.message.createMany({
    data: messages.map((message, seq) => ({
      ...message,
      toolCalls: message.toolCalls ?? undefined,
      metadata: undefined,
      organizationId,
      sessionId: row.id,
      id: `01933b5a-0000-7000-9000-${String(seq).padStart(12, '0')}`,
      seq,
      place: seq,
    })),
  })
  await recountTranscripts(store, organizationId, [row.id])
}

const at = (time: string) => new Date(`2026-02-07T${time}Z`)
const one: NewMessage[] = [{ role: 'user', content: 'x' }]

/** The fixture of section 8.3. */
export async function seedEverrunsWorld(rest?: Rest): Promise<EverrunsWorld> {
  const world = await seedEverrunsTenants(rest)
  const add = (n: number, row: Partial<NewSession>, messages?: NewMessage[]) =>
    world.addSession({ id: sessionUuid(n), createdAt: at(`10:0${n}:00`), ...row }, messages)
  const call = { toolCalls: [{ id: 'c1', name: 'ls', arguments: '{"path":"."}' }], toolCallCount: 1 }
  const usage = { inputTokens: 60, outputTokens: 15, cacheReadInputTokens: 7, cacheCreationInputTokens: 0 }
  await add(
    1,
    {
      agent: 'coder',
      model: 'gpt-x',
      title: 'Fix LOGIN 100%',
      labels: ['env:eu', 'env:prod', 'tag:alpha', 'tag:beta', 'worker:w1'],
    },
    [
      { role: 'user', content: 'Hi\nthere', createdAt: at('10:01:05') },
      { role: 'assistant', content: '', ...call, ...usage },
      { role: 'tool', content: 'a.txt', toolCallId: 'c1' },
      { role: 'assistant', content: 'Done.', ...usage, cacheReadInputTokens: 0 },
    ],
  )
  await add(2, { visibility: 'private', model: 'unspecified' })
  await add(3, { ownerId: bob, agent: 'coder', title: 'Old login', archivedAt: at('12:00:00') }, one)
  await add(4, {
    ownerId: bob,
    agent: 'agent_01933b5a000070008000000000000001',
    title: 'Eval login run',
    origin: 'eval',
    frozenAt: new Date('2026-02-08T00:00:00Z'),
    frozenBy: 'evaluation',
    evaluationId: sessionUuid(99),
  })
  await add(5, { workspaceId: W2, agent: 'coder', title: 'Login page' }, one)
  await add(6, { ownerId: bob, visibility: 'private', agent: 'reviewer', title: 'Secret' }, one)
  await add(7, { organizationId: X, workspaceId: W3, ownerId: xan, agent: 'coder', title: 'Foreign' }, one)
  return world
}
