import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect } from 'vitest'
import type { StoreOptions } from '../../src/db/connect.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { makeTenant, serveFrom } from './breakable-store.js'
import { type Cluster, makeCluster, makeStandby } from './postgresql.js'

const path = '/api/v1/org/acme/ws/main/sessions'
const position = 'session-gateway-position'

/** A primary, standbys that stream from it, and a tenant. */
export interface ReplicaWorld {
  primary: Cluster
  standbys: readonly Cluster[]
  /** Of the tenant's database. */
  url: string
  /** An admin's. */
  key: string
  /** The same database on another server. */
  on(cluster: Pick<Cluster, 'url'>): string
  stop(): Promise<void>
}

export async function makeReplicaWorld(
  standbys: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<ReplicaWorld> {
  const primary = await makeCluster({ synchronous_commit: 'off', ...settings })
  await primary.start()
  const { url, key } = await makeTenant(primary.url)
  const made: Cluster[] = []
  for (let count = 0; count < standbys; count++) {
    const standby = await makeStandby(primary)
    await standby.start()
    made.push(standby)
  }
  const on = (cluster: Pick<Cluster, 'url'>) => {
    const there = new URL(cluster.url)
    there.pathname = new URL(url).pathname
    return there.href
  }
  return {
    ...{ primary, standbys: made, url, key, on },
    stop: async () => {
      for (const cluster of [...made, primary]) await cluster.stop()
    },
  }
}

type ReplicaGateway = Awaited<ReturnType<typeof serveWithReplicas>>

/** A gateway over the world's primary and these replicas of it, all of its standbys unless said otherwise. */
export async function serveWithReplicas(
  world: ReplicaWorld,
  readUrls: readonly string[] = world.standbys.map(world.on),
  options: Partial<StoreOptions> = {},
) {
  const gateway = await serveFrom(world.url, { ...options, readUrls })
  const replicas = gateway.opened.replicas
  if (!replicas) throw new Error('The store has no replicas')
  /** Statements that replicas have answered so far. */
  const reads = () => replicas.states().reduce((sum, state) => sum + state.reads, 0)
  const states = () => replicas.states().map(({ state }) => state)
  return { ...gateway, replicas, reads, states }
}

/** Waits until all replicas serve. */
export async function allServe({ replicas, states }: ReplicaGateway): Promise<void> {
  await expect
    .poll(
      async () => {
        await replicas.look()
        return states()
      },
      { timeout: 20_000 },
    )
    .toEqual(replicas.all.map(() => 'serving'))
}

/** Runs statements on a server. */
export async function administer(url: string, ...statements: string[]): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    let rows: Record<string, unknown>[] = []
    for (const statement of statements) rows = (await client.query(statement)).rows
    return rows
  } finally {
    await client.end()
  }
}

/** Another key of the tenant's admin. */
export async function makeKey({ opened: { store } }: ReplicaGateway): Promise<string> {
  const member = await store.workspaceMember.findFirstOrThrow()
  const key = generateSecret()
  await createApiKey(
    store,
    { organizationId: member.organizationId, userId: member.userId, name: 'test' },
    key,
  )
  return key
}

interface Asked {
  status: number
  body: any
  /** Where the log was, by the answer's header. */
  position: string | null
}

/** A caller of the two faces of a gateway. */
export function caller({ url }: { url: string }, key: string) {
  const ask = async (to: string, body?: object, headers: Record<string, string> = {}): Promise<Asked> => {
    const answer = await fetch(`${url}${to}`, {
      method: body === undefined ? 'GET' : 'POST',
      headers: { 'x-api-key': key, 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    return { status: answer.status, body: await answer.json(), position: answer.headers.get(position) }
  }
  const place = { organization: 'acme', workspace: 'main' }
  const graphql = (query: string, variables: object = {}, headers: Record<string, string> = {}) =>
    ask('/graphql', { query, variables: { ...place, ...variables } }, headers)
  return {
    ask,
    graphql,
    save: (id: string = randomUUID(), title = 'a session') => ask(path, { id, model: 'm', title }),
    saveByGraphql: (id: string, title: string) =>
      graphql('mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }', {
        input: { ...place, id, model: 'm', title },
      }),
    /** The title by REST; null where the session is not found. */
    titleByRest: async (id: string, headers: Record<string, string> = {}): Promise<string | null> => {
      const { status, body } = await ask(`${path}/${id}`, undefined, headers)
      if (status === 404) return null
      if (status !== 200) throw new Error(JSON.stringify(body))
      return body.title
    },
    titleByGraphql: async (id: string, headers: Record<string, string> = {}): Promise<string | null> => {
      const { body } = await graphql(
        `query ($organization: String!, $workspace: String!, $id: String!) {
          workspace(organization: $organization, slug: $workspace) { session(id: $id) { title } } }`,
        { id },
        headers,
      )
      if (body.errors?.[0]?.extensions.code === 'NOT_FOUND') return null
      if (body.errors) throw new Error(JSON.stringify(body.errors))
      return body.data.workspace.session?.title ?? null
    },
    /** The number of sessions, and the titles of the latest twenty, in one operation. */
    list: async (headers: Record<string, string> = {}): Promise<{ total: number; titles: string[] }> => {
      const { body } = await graphql(
        `query ($organization: String!, $workspace: String!) {
          workspace(organization: $organization, slug: $workspace) {
            sessions(first: 20) { totalCount edges { node { title } } } } }`,
        {},
        headers,
      )
      if (body.errors) throw new Error(JSON.stringify(body.errors))
      const { totalCount, edges } = body.data.workspace.sessions
      return { total: totalCount, titles: edges.map(({ node }: any) => node.title) }
    },
  }
}

/** Eight that save until they are stopped: which sessions were acknowledged, and the statuses of all answers. */
export function keepSaving(gateway: { url: string }, key: string) {
  const acknowledged: string[] = []
  const answers = new Set<number>()
  let over = false
  const writing = Array.from({ length: 8 }, async () => {
    const { save } = caller(gateway, key)
    while (!over) {
      const id = randomUUID()
      const { status } = await save(id, id)
      answers.add(status)
      if (status === 200) acknowledged.push(id)
    }
  })
  return {
    ...{ acknowledged, answers },
    stop: async () => {
      over = true
      await Promise.all(writing)
    },
  }
}
