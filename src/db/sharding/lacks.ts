import type { MigrationStatements } from '../migrate.js'
import { hasCitus, isDistributed, listPlacements, misplaced } from './placement.js'

/** What a server lacks for the store, whatever lies on it: a sentence each, with what mends it. */
export async function lacksOfServer(db: MigrationStatements): Promise<string[]> {
  const [server] = await db.rows<{ version: number; trigrams: boolean }>(
    `select current_setting('server_version_num')::int as version,
      exists (select from pg_available_extensions where name = 'pg_trgm') as trigrams`,
  )
  return [
    ...((server?.version ?? 0) < 150_000 ? ['PostgreSQL is older than 15.'] : []),
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

/** What the nodes that can be reached lack. */
async function lacksOfNodes(db: MigrationStatements): Promise<string[]> {
  const ask = (command: string) =>
    db.rows<{ name: string; success: boolean; result: string }>(
      `select n.nodename || ':' || n.nodeport as name, r.success, r.result from run_command_on_all_nodes('${command}') r
        join pg_dist_node n on n.nodeid = r.nodeid order by n.nodeid`,
    )
  const asked = await ask('show max_prepared_transactions')
  const unreached = asked.filter(({ success }) => !success)
  if (unreached.length > 0)
    return unreached.map(({ name, result }) => `The node ${name} cannot be reached: ${result}.`)
  const prepared = asked.filter(({ result }) => result === '0')
  const versions = await ask(`select extversion from pg_extension where extname = ''citus''`)
  return [
    ...prepared.map(
      ({ name }) =>
        `The node ${name} prepares no transactions, as those over several nodes take; set max_prepared_transactions to its max_connections.`,
    ),
    ...(new Set(versions.map(({ result }) => result)).size > 1
      ? [
          `The nodes have different versions of Citus: ${versions.map(({ name, result }) => `${name} has ${result}`).join(', ')}.`,
        ]
      : []),
  ]
}

/** Tables of a sharded store that are not where they have to be; none of a store that is not sharded. */
export async function lacksOfPlacements(db: MigrationStatements): Promise<string[]> {
  if (!(await isDistributed(db))) return []
  return misplaced(await listPlacements(db)).map(
    ({ name, is, wanted }) =>
      `The table ${name} is ${is} and has to be ${wanted}; run session-gateway distribute.`,
  )
}
