import { graphqlRequest, type HttpRequest } from '../frame/driver.js'
import type { Dataset, Load } from '../frame/load.js'
import type { Server } from '../frame/server.js'

/** A session as every contestant must answer it. */
export interface Row {
  uuid: string
  title: string | null
  agent: string | null
  model: string | null
  origin: string
  messageCount: number
  createdAt: string
  updatedAt: string
  labels: string[]
  login: string
  fullName: string | null
}

export interface Contestant {
  server: Server
  request: HttpRequest
  /** The rows of an answer, in one shape. */
  read(answer: any): Row[]
}

export const peersFolder = 'test/load/peers'

export const fields = `uuid title agent model origin messageCount createdAt updatedAt
  labels { key values } createdBy { login fullName }`

export const gatewayPage = `query Page($organization: String!, $workspace: String!) {
  workspace(organization: $organization, slug: $workspace) { sessions(first: 20) { edges { node { ${fields} } } } }
}`

const postgraphilePage = `query Page($organization: UUID!, $workspace: UUID!, $viewer: UUID!) {
  visibleSessions(organization: $organization, workspace: $workspace, viewer: $viewer, first: 20) {
    nodes { rowId title agent model origin messageCount createdAt updatedAt labels owner { username fullName } }
  }
}`

/** Answers of the hand-written peers and of the gateway differ in the case of an enum only. */
export const toRow = ({ labels, createdBy, origin, createdAt, updatedAt, ...session }: any): Row => ({
  ...session,
  origin: origin.toLowerCase(),
  ...{ createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() },
  labels: labels.flatMap(({ key, values }: any) => values.map((value: string) => `${key}:${value}`)),
  ...createdBy,
})

const fromPostgraphile = ({ rowId, labels, owner, origin, createdAt, updatedAt, ...session }: any): Row => ({
  uuid: rowId,
  ...session,
  origin: origin.toLowerCase(),
  ...{ createdAt: new Date(createdAt).toISOString(), updatedAt: new Date(updatedAt).toISOString() },
  ...{ labels, login: owner.username, fullName: owner.fullName },
})

/** The gateway and its peers over one dataset, each in a process of its own; the peers trust who asks. */
export async function startContestants(load: Load, dataset: Dataset): Promise<Record<string, Contestant>> {
  const { place, key, url } = dataset
  await makePostgraphileFunction(dataset)
  const peer = (file: string) =>
    load.start([`${peersFolder}/${file}.js`], { DATABASE_URL: url, PLACE: JSON.stringify(place) })
  const handWritten = async (file: string): Promise<Contestant> => {
    const server = await peer(file)
    const request = graphqlRequest(server.url, null, `{ sessions { ${fields} } }`)
    return { server, request, read: ({ data }) => data.sessions.map(toRow) }
  }
  const gateway = await dataset.gateway()
  const fastify = await peer('fastify')
  const postgraphile = await peer('postgraphile')
  const ids = { organization: place.organizationId, workspace: place.workspaceId, viewer: place.userId }
  return {
    'Session Gateway': {
      server: gateway,
      request: graphqlRequest(`${new URL(gateway.url).origin}/graphql`, key, gatewayPage, { ...place }),
      read: ({ data }) => data.workspace.sessions.edges.map(({ node }: any) => toRow(node)),
    },
    'Fastify + `pg`': { server: fastify, request: { url: fastify.url }, read: (rows) => rows.map(toRow) },
    'Mercurius + `pg` + JIT': await handWritten('mercurius'),
    'Yoga + Drizzle': await handWritten('yoga-drizzle'),
    'PostGraphile 5': {
      server: postgraphile,
      request: graphqlRequest(postgraphile.url, null, postgraphilePage, ids),
      read: ({ data }) => data.visibleSessions.nodes.map(fromPostgraphile),
    },
    'Apollo 5 + Prisma 7': await handWritten('apollo'),
  }
}

/** PostGraphile serves what PostgreSQL has; the viewer's newest sessions are a function there. */
async function makePostgraphileFunction({ sql }: Dataset): Promise<void> {
  await sql.query(`
    create or replace function visible_sessions(organization uuid, workspace uuid, viewer uuid) returns setof sessions
    language sql stable as $$
      select s.* from sessions s
      where s.organization_id = organization and s.workspace_id = workspace
        and (s.visibility = 'workspace' or s.owner_id = viewer) and s.archived_at is null
        and s.origin not in ('eval', 'optimization', 'training', 'world')
      order by s.updated_at desc, s.id desc
    $$`)
}
