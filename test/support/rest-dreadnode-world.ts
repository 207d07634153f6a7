import { randomUUID } from 'node:crypto'
import type { ModelStore, Role, Session } from '../../src/db/sql.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { createWorkspaces } from '../../src/domain/tenancy/create-workspaces.js'
import type { Rest } from '../../src/rest/rest.js'
import { callRest, openTestGateway, type RestAnswer, type RestRequest } from './rest-client.js'
import { openTestStore } from './store.js'

export type Person = 'ana' | 'bob' | 'cat' | 'dan' | 'eve'

/** The world of the contract's section 11, in an organization of its own. */
export interface DreadnodeWorld {
  store: ModelStore
  rest: Rest
  organizationId: string
  slug: string
  /** Of the workspace `red`. */
  base: string
  workspaceId: string
  users: Record<Person, string>
  keys: Record<Person, string>
  projects: { P1: string; P2: string }
  /** Uuids of S1 to S8, from index 1. */
  ids: string[]
  /** Asks as a person, below the workspace `red`; nobody sends no key. */
  ask(caller: Person | 'nobody', path: string, request?: RestRequest): Promise<RestAnswer>
}

const people: Record<Person, { role: Role; workspace: 'red' | 'blue' }> = {
  ana: { role: 'ADMIN', workspace: 'red' },
  bob: { role: 'WRITE', workspace: 'red' },
  cat: { role: 'WRITE', workspace: 'red' },
  dan: { role: 'READ', workspace: 'red' },
  eve: { role: 'WRITE', workspace: 'blue' },
}

type Row = Partial<Omit<Session, 'capabilities' | 'rewinds'>> & {
  owner: Person
  project: 'P1' | 'P2'
  prefix: string
}

const rows: Row[] = [
  {
    prefix: '1111',
    owner: 'bob',
    agent: 'coder',
    model: 'm-large',
    project: 'P1',
    title: 'Fix login',
    sentMessageCount: 4,
    labels: ['env:prod', 'team:core', 'team:infra'],
  },
  {
    prefix: '1111',
    owner: 'bob',
    visibility: 'workspace',
    agent: 'coder',
    model: 'm-small',
    project: 'P1',
    title: 'Login page draft',
    sentMessageCount: 2,
    labels: ['env:dev'],
  },
  {
    prefix: '2222',
    owner: 'cat',
    visibility: 'workspace',
    agent: null,
    model: 'm-large',
    project: 'P2',
    title: 'Audit 100%_done',
    sentMessageCount: 2,
    labels: ['env:prod', 'team:core'],
  },
  {
    prefix: '3333',
    owner: 'cat',
    agent: 'recon',
    model: 'm-large',
    project: 'P2',
    title: 'Secret login plan',
    sentMessageCount: 1,
    labels: ['env:prod'],
  },
  {
    prefix: '4444',
    owner: 'cat',
    origin: 'eval',
    visibility: 'workspace',
    agent: 'judge',
    model: 'm-small',
    project: 'P1',
    title: 'Judge run',
    sentMessageCount: 1,
    evaluationId: randomUUID(),
  },
  {
    prefix: '5555',
    owner: 'cat',
    origin: 'worker',
    visibility: 'workspace',
    agent: 'recon',
    model: 'm-small',
    project: 'P2',
    title: null,
    sentMessageCount: 0,
    lastMessageAt: null,
    labels: ['env:dev', 'worker:nightly'],
  },
  {
    prefix: '6666',
    owner: 'bob',
    visibility: 'workspace',
    agent: 'coder',
    model: 'm-large',
    project: 'P1',
    title: 'Old login',
    sentMessageCount: 3,
    labels: ['env:prod'],
    archivedAt: new Date('2026-01-20T00:00:00Z'),
  },
  {
    prefix: '7777',
    owner: 'bob',
    visibility: 'workspace',
    agent: 'coder',
    model: 'm-large',
    project: 'P1',
    title: 'Release notes',
    sentMessageCount: 9,
    frozenAt: new Date('2026-01-21T00:00:00Z'),
    frozenBy: 'user',
  },
]

/** Uuid of S1 to S8. */
export function sessionId(n: number): string {
  return `${rows[n - 1]?.prefix}0000-0000-4000-8000-00000000000${n}`
}

/** Makes the world; a test that changes something makes one of its own. */
export async function seedDreadnodeWorld(rest?: Rest): Promise<DreadnodeWorld> {
  const { store } = await openTestStore()
  const organizationId = randomUUID()
  const slug = `acme-${organizationId.slice(0, 13)}`
  const workspaces = { red: randomUUID(), blue: randomUUID() }
  const projects = { P1: randomUUID(), P2: randomUUID() }
  await store.organization.create({ data: { id: organizationId, slug, name: 'Acme' } })
  await store.transact((db) =>
    createWorkspaces(
      db,
      organizationId,
      Object.entries(workspaces).map(([name, id]) => ({ id, slug: name, name })),
    ),
  )
  await store.project.createMany({
    data: Object.entries(projects).map(([name, id]) => ({
      organizationId,
      id,
      workspaceId: workspaces.red,
      slug: name.toLowerCase(),
      name,
    })),
  })
  const names = Object.keys(people) as Person[]
  const users = Object.fromEntries(names.map((name) => [name, randomUUID()])) as Record<Person, string>
  const keys = Object.fromEntries(names.map((name) => [name, generateSecret()])) as Record<Person, string>
  await store.user.createMany({
    data: names.map((name) => ({
      id: users[name],
      username: `${name}-${slug}`,
      email: `${name}@${slug}.example`,
      fullName: name,
    })),
  })
  await store.workspaceMember.createMany({
    data: names.map((name) => {
      const { role, workspace } = people[name]
      return { organizationId, workspaceId: workspaces[workspace], userId: users[name], role }
    }),
  })
  for (const name of names)
    await createApiKey(store, { organizationId, userId: users[name], name }, keys[name])
  await store.session.createMany({
    data: rows.map(({ prefix: _, owner, project, ...row }, index) => ({
      lastMessageAt: new Date(Date.UTC(2026, 0, 10, 10, index)),
      ...row,
      organizationId,
      id: sessionId(index + 1),
      workspaceId: workspaces.red,
      ownerId: users[owner],
      projectId: projects[project],
      createdAt: new Date(Date.UTC(2026, 0, 10, 9, index)),
      updatedAt: new Date(Date.UTC(2026, 0, 10, 11, index)),
      ...(row.visibility === 'workspace'
        ? { sharedAt: new Date(Date.UTC(2026, 0, 10, 9, index)), sharedById: users[owner] }
        : {}),
    })),
  })
  const face = rest ?? (await openTestGateway()).rest
  const base = `/api/v1/org/${slug}/ws/red`
  return {
    store,
    rest: face,
    organizationId,
    slug,
    base,
    workspaceId: workspaces.red,
    users,
    keys,
    projects,
    ids: ['', ...rows.map((_, index) => sessionId(index + 1))],
    ask: (caller, path, request = {}) =>
      callRest(face, `${base}${path}`, {
        ...request,
        headers: { ...(caller === 'nobody' ? {} : { 'x-api-key': keys[caller] }), ...request.headers },
      }),
  }
}
