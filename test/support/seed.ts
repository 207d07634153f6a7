import { randomUUID } from 'node:crypto'
import { createAccess } from '../../src/auth/access.js'
import { authenticate } from '../../src/auth/authenticate.js'
import type { ModelStore, Role } from '../../src/db/sql.js'
import { createEventFeed } from '../../src/domain/events/feed.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { createWorkspaces } from '../../src/domain/tenancy/create-workspaces.js'
import { createGatewayYoga, type GatewayYoga, type GatewayYogaOptions } from '../../src/graphql/yoga.js'
import { openTestStore } from './store.js'

export interface GraphqlAnswer<Data = any> {
  data: Data
  errors?: {
    message: string
    path?: (string | number)[]
    locations?: object[]
    extensions: Record<string, any>
  }[]
}

export interface Member {
  userId: string
  login: string
  key: string
  graphql(query: string, variables?: Record<string, unknown>): Promise<GraphqlAnswer>
}

export interface SeededWorkspace {
  store: ModelStore
  yoga: GatewayYoga
  organizationId: string
  workspaceId: string
  /** Variables that every operation on the workspace takes. */
  place: { organization: string; workspace: string }
  projectId: string
  /** ADMIN. */
  ana: Member
  /** WRITE. */
  bob: Member
  /** WRITE. */
  cat: Member
  /** READ. */
  dan: Member
  /** A writer of another workspace of the same organization. */
  eve: Member
}

/** A yoga over the shared test store, with the limits of production unless said otherwise. */
export async function createTestYoga(options: Partial<GatewayYogaOptions> = {}): Promise<GatewayYoga> {
  const { store } = await openTestStore()
  return createGatewayYoga({
    store,
    events: createEventFeed({ store, streamsPerKey: 10, onError: () => {} }),
    columns: null,
    identify: ({ credential }) => authenticate(store, credential),
    enter: createAccess(store, 0).enter,
    forgetAccess: () => {},
    requestTimeoutMs: 15_000,
    introspection: true,
    simpleRequests: true,
    // Tests ask little twice; over HTTP, and with `npm test -- --plain`, they meet the interpreter.
    compileAfterExecutions: process.env.FAST_PATHS === 'false' ? Number.POSITIVE_INFINITY : 0,
    corsOrigins: [],
    graphiqlPage: null,
    persistedOperations: { list: new Map(), only: false },
    ...options,
  })
}

/** An organization of its own with a workspace, a project, and members of every role. */
export async function seedWorkspace(options: Partial<GatewayYogaOptions> = {}): Promise<SeededWorkspace> {
  const { store } = await openTestStore()
  const yoga = await createTestYoga(options)
  const organizationId = randomUUID()
  const slug = `org-${organizationId.slice(0, 8)}`
  await store.organization.create({ data: { id: organizationId, slug, name: slug } })
  const [workspaceId, otherId, projectId] = [randomUUID(), randomUUID(), randomUUID()]
  await store.transact((db) =>
    createWorkspaces(db, organizationId, [
      { id: workspaceId, slug: 'main', name: 'Main' },
      { id: otherId, slug: 'other', name: 'Other' },
    ]),
  )
  await store.project.create({
    data: { organizationId, id: projectId, workspaceId, slug: 'search', name: 'Search' },
  })
  const member = (name: string, role: Role, into = workspaceId) =>
    addMember({ store, yoga, organizationId, slug }, name, role, into)
  return {
    store,
    yoga,
    organizationId,
    workspaceId,
    projectId,
    place: { organization: slug, workspace: 'main' },
    ana: await member('ana', 'ADMIN'),
    bob: await member('bob', 'WRITE'),
    cat: await member('cat', 'WRITE'),
    dan: await member('dan', 'READ'),
    eve: await member('eve', 'WRITE', otherId),
  }
}

interface Tenant {
  store: ModelStore
  yoga: GatewayYoga
  organizationId: string
  slug: string
}

async function addMember(tenant: Tenant, name: string, role: Role, workspaceId: string): Promise<Member> {
  const { store, organizationId, slug, yoga } = tenant
  const userId = randomUUID()
  const login = `${name}-${slug}`
  await store.user.create({
    data: { id: userId, username: login, email: `${login}@example.com`, fullName: name },
  })
  await store.workspaceMember.createMany({ data: { organizationId, workspaceId, userId, role } })
  const key = generateSecret()
  await createApiKey(store, { organizationId, userId, name: 'test' }, key)
  return { userId, login, key, graphql: (query, variables) => ask(yoga, key, query, variables) }
}

/** Posts an operation as a front end does. */
export async function ask(
  yoga: GatewayYoga,
  key: string | null,
  query: string,
  variables?: Record<string, unknown>,
): Promise<GraphqlAnswer> {
  const response = await yoga.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify({ query, variables }),
  })
  return (await response.json()) as GraphqlAnswer
}

/** Saves a session as a member; gives its uuid. */
export async function saveSession(
  { place }: Pick<SeededWorkspace, 'place'>,
  member: Member,
  input: Record<string, unknown> = {},
): Promise<string> {
  const id = randomUUID()
  const answer = await member.graphql(
    'mutation Save($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }',
    { input: { ...place, id, model: 'm-large', ...input } },
  )
  if (answer.errors) throw new Error(JSON.stringify(answer.errors))
  return answer.data.saveSession.session.uuid
}
