import type { MigrationStatements } from '../migrate.js'
import { hasCitus, isDistributed, listPlacements, misplaced } from './placement.js'

/** What a server lacks for the store, whatever lies on it: a sentence each, with what mends it. */
export async function lacksOfServer(db: MigrationStatements): Promise<string[]> {
  const [server] = await db.rows<{ version: number; trigrams: boolean; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding,
      exists (select from pg_available_extensions where name = 'pg_trgm') as trigrams`,
  )
  return [
    ...((server?.version ?? 0) < 150_000 ? ['PostgreSQL is older than 15.'] : []),
    ...(server?.encoding === 'UTF8'
      ? []
      : [
          `The database is in ${server?.encoding}; it has to be in UTF8: create database … encoding 'UTF8' template template0.`,
        ]),
    ...(server?.trigrams
      ? []
      : ['The extension pg_trgm cannot be had; install the contrib package of PostgreSQL.']),
  ]
}

/** What a cluster lacks before tables can be distributed over it. */
export async function lacksOfCluster(db: MigrationStatements): Promise<string[]> {
  if (!(await hasCitus(db)))
    return [
      'There is no extension citus; put it into shared_preload_libraries of every node, and CREATE EXTENSION citus in this database of each.',
    ]
  const nodes = await db.rows<{
    name: string
    isCoordinator: boolean
    takesShards: boolean
    isActive: boolean
  }>(
    `select nodename || ':' || nodeport as name, groupid = 0 as "isCoordinator", shouldhaveshards as "takesShards",
      isactive as "isActive" from pg_dist_node where noderole = 'primary' order by nodeid`,
  )
  if (!nodes.some(({ takesShards, isActive }) => takesShards && isActive))
    return ["No node takes shards; SELECT citus_add_node('host', 5432) for each worker."]
  return [
    ...(nodes.some(({ isCoordinator }) => isCoordinator)
      ? []
      : ["The nodes do not know the coordinator; SELECT citus_set_coordinator_host('host', 5432)."]),
    ...nodes.filter(({ isActive }) => !isActive).map(({ name }) => `The node ${name} is not active.`),
    ...(await lacksOfNodes(db)),
  ]
}

interface Node {
  name: string
  /** Null where it has none. */
  citus: string | null
  version: number
  trigrams: boolean
  prepared: number
  log: string
}

/** How long a node may take to be connected to: it may be one that drops what is sent to it. */
const CONNECT_MS = 2000

/** What the nodes that can be reached lack. */
async function lacksOfNodes(db: MigrationStatements): Promise<string[]> {
  await db.rows(`select set_config('citus.node_connection_timeout', '${CONNECT_MS}', false)`)
  const asked = await db.rows<{ name: string; success: boolean; result: string }>(
    `select n.nodename || ':' || n.nodeport as name, r.success, r.result from run_command_on_all_nodes($ask$
        select jsonb_build_object('citus', (select extversion from pg_extension where extname = 'citus'),
          'version', current_setting('server_version_num')::int / 10000,
          'trigrams', exists (select from pg_available_extensions where name = 'pg_trgm'),
          'prepared', current_setting('max_prepared_transactions')::int, 'log', current_setting('wal_level')) $ask$) r
      join pg_dist_node n on n.nodeid = r.nodeid order by n.nodeid`,
  )
  const unreached = asked.filter(({ success }) => !success)
  if (unreached.length > 0)
    return unreached.map(({ name, result }) => `The node ${name} cannot be reached: ${result}.`)
  const nodes = asked.map(({ name, result }): Node => ({ name, ...JSON.parse(result) }))
  return [
    ...nodes.flatMap(lacksOfNode),
    ...differing('Citus', nodes, ({ citus }) => citus),
    ...differing('PostgreSQL', nodes, ({ version }) => version),
    ...(await nodesWithout(db)).map(
      (name) =>
        `The node ${name} lacks tables that are on every node; SELECT replicate_reference_tables() on the coordinator.`,
    ),
  ]
}

function lacksOfNode({ name, citus, version, trigrams, prepared, log }: Node): string[] {
  return [
    ...(citus === null
      ? [`The node ${name} has no extension citus in this database; CREATE EXTENSION citus there.`]
      : []),
    ...(version < 15 ? [`PostgreSQL of the node ${name} is older than 15.`] : []),
    ...(trigrams
      ? []
      : [
          `The extension pg_trgm cannot be had on the node ${name}; install the contrib package of PostgreSQL there.`,
        ]),
    ...(prepared > 0
      ? []
      : [
          `The node ${name} prepares no transactions, as those over several nodes take; set max_prepared_transactions to its max_connections.`,
        ]),
    ...(log === 'logical'
      ? []
      : [`From the node ${name} no shard moves while it is written to; set wal_level to logical there.`]),
  ]
}

/** A sentence where nodes that have something have different versions of it. */
function differing(
  what: string,
  nodes: readonly Node[],
  versionOf: (node: Node) => string | number | null,
): string[] {
  const having = nodes.filter((node) => versionOf(node) !== null)
  if (new Set(having.map(versionOf)).size < 2) return []
  const versions = having.map((node) => `${node.name} has ${versionOf(node)}`)
  return [`The nodes have different versions of ${what}: ${versions.join(', ')}.`]
}

/** Nodes that lack a table which has to be on each of them, as one that was just added. */
async function nodesWithout(db: MigrationStatements): Promise<string[]> {
  const nodes = await db.rows<{ name: string }>(
    `select nodename || ':' || nodeport as name from pg_dist_node n where noderole = 'primary' and exists (
        select from pg_dist_partition p join pg_dist_shard s on s.logicalrelid = p.logicalrelid
        where p.partmethod = 'n' and p.repmodel = 't' and not exists (
          select from pg_dist_placement l where l.shardid = s.shardid and l.groupid = n.groupid)) order by nodeid`,
  )
  return nodes.map(({ name }) => name)
}

/** Tables of a sharded store that are not where they have to be; none of a store that is not sharded. */
export async function lacksOfPlacements(db: MigrationStatements): Promise<string[]> {
  if (!(await isDistributed(db))) return []
  return misplaced(await listPlacements(db)).map(
    ({ name, is, wanted }) =>
      `The table ${name} is ${is} and has to be ${wanted}; run session-gateway distribute.`,
  )
}
