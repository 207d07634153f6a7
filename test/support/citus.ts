import pg from 'pg'
import { createDatabase, databaseName } from './databases.js'

/** Why there is no Citus cluster to test on; null when there is one. */
export function whyNoCitus(): string | null {
  return process.env.TEST_CITUS_URL ? null : 'TEST_CITUS_URL names no coordinator of a cluster that is there'
}

/** Few, since each test database has its own shards of every table. */
const SHARDS = 4

/** The servers of a cluster: the coordinator's, and those of the nodes that take shards, to the database that is named. */
export interface CitusCluster {
  coordinator: string
  nodes: string[]
}

/** The cluster of a coordinator whose maintenance database knows its nodes. */
export async function findCitus(coordinator: string): Promise<CitusCluster> {
  const nodes = await query<{ host: string; port: number }>(
    coordinator,
    `select nodename as host, nodeport as port from pg_dist_node where noderole = 'primary' and shouldhaveshards order by nodeid`,
  )
  return { coordinator, nodes: nodes.map(({ host, port }) => urlAt(coordinator, host, port)) }
}

/** Creates an empty database on every node, which know each other; gives its URL at the coordinator. */
export async function createClusterDatabase(cluster: CitusCluster, prefix: string): Promise<string> {
  // Whoever adds a node tells it of all roles: two at once get into each other's way.
  const turn = new pg.Client({ connectionString: cluster.coordinator })
  await turn.connect()
  try {
    await turn.query('select pg_advisory_lock(7206173099)')
    return await createOnNodes(cluster, prefix)
  } finally {
    await turn.end()
  }
}

async function createOnNodes({ coordinator, nodes }: CitusCluster, prefix: string): Promise<string> {
  const url = await createDatabase(coordinator, prefix)
  const name = databaseName(url)
  for (const node of nodes) await createNodeDatabase(node, url)
  const { hostname, port } = new URL(coordinator)
  await query(url, `create extension citus; alter database ${name} set citus.shard_count = ${SHARDS}`)
  await query(url, `select citus_set_coordinator_host('${hostname}', ${port})`)
  for (const node of nodes) {
    const { hostname, port } = new URL(node)
    await query(url, `select citus_add_node('${hostname}', ${port})`)
  }
  return url
}

/** Creates the database on a node that is to be added; gives its URL there. */
export async function createNodeDatabase(node: string, url: string): Promise<string> {
  await query(node, `create database ${databaseName(url)}`)
  await query(at(node, url), 'create extension citus')
  return at(node, url)
}

function urlAt(url: string, host: string, port: number): string {
  const moved = new URL(url)
  moved.hostname = host
  moved.port = `${port}`
  return moved.href
}

/** The database of one URL on the server of another. */
function at(server: string, database: string): string {
  const url = new URL(server)
  url.pathname = new URL(database).pathname
  return url.href
}

async function query<Row>(url: string, text: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    return (await client.query(text)).rows
  } finally {
    await client.end()
  }
}
