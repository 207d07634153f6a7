import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { type RunningGateway, startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { openStore } from '../../src/db/connect.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type CitusCluster, createClusterDatabase, findCitus, whyNoCitus } from '../support/citus.js'
import { createDatabase, dropDatabases } from '../support/databases.js'
import { withoutRateLimits } from '../support/listening-gateway.js'
import { makeCluster } from '../support/postgresql.js'
import { administer } from '../support/replica-world.js'
import { show, showTimes, table } from './frame/report.js'
import { mediansOf, takeTurns } from './frame/rounds.js'
import { postmasterOf, usedMs } from './frame/server-time.js'

/**
 * Measures what a request costs the servers of a Citus cluster, and what it costs one PostgreSQL:
 * `TEST_CITUS_URL=… npx tsx test/load/sharded.ts [SESSIONS] [REQUESTS] [ROUNDS]`, servers on this machine. Processor time, not rates: of the same
 * total of processors either gives as many requests a second as one costs less.
 */
const sessions = Number(process.argv[2] ?? 5000)
const organizations = ['north', 'south', 'east', 'west']
const rounds = Number(process.argv[4] ?? 5)
const requests = Number(process.argv[3] ?? 400)
const clients = 4

const coordinator = process.env.TEST_CITUS_URL
if (!coordinator) throw new Error(`Citus: ${whyNoCitus()}`)
const citus = await findCitus(coordinator)
const prefix = `load_${randomUUID().slice(0, 6)}`
const one = await makeCluster({ synchronous_commit: 'on' })
await one.start()
const gateways: RunningGateway[] = []

interface Caller {
  organization: string
  key: string
  session: string
}
type Job = (caller: Caller) => { query: string; variables?: object }

const jobs: Record<string, Job> = {
  'list of 20': ({ organization }) => ({
    query: `{ workspace(organization: "${organization}", slug: "main") { sessions(first: 20) { edges { node { uuid title model messageCount } } } } }`,
  }),
  save: ({ organization }) => ({
    query: 'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { outcome } }',
    variables: {
      input: { organization, workspace: 'main', id: randomUUID(), model: 'gpt-5', title: 'Saved' },
    },
  }),
  'append of 50 messages': ({ organization, session }) => ({
    query: 'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }',
    variables: { input: { organization, workspace: 'main', id: session, messages } },
  }),
}
const messages = Array.from({ length: 50 }, () => ({ role: 'USER', content: 'x'.repeat(200) }))

try {
  const single = await serve(await createDatabase(one.url, prefix), [one.url], false)
  const url = await createClusterDatabase(citus, prefix)
  const sharded = await serve(url, serversOf(citus), true)
  const nodes = await serveAtNodes(url)
  const contestants: Record<string, () => Promise<number>> = {}
  for (const name of Object.keys(jobs)) {
    contestants[`${name}, one PostgreSQL`] = () => single(name, 'all')
    contestants[`${name}, cluster`] = () => sharded(name, 'all')
    contestants[`${name}, coordinator`] = () => sharded(name, 'first')
    contestants[`${name}, nodes`] = () => nodes(name)
  }
  const costs = mediansOf(await takeTurns(rounds, contestants))
  const rows = Object.keys(jobs).map((name) => {
    const [alone, all, first, own] = ['one PostgreSQL', 'cluster', 'coordinator', 'nodes'].map(
      (who) => costs[`${name}, ${who}`] as number,
    )
    return [
      name,
      showCost(alone),
      showCost(all),
      showCost(first),
      showTimes((alone as number) / (all as number)),
      showCost(own),
      showTimes((alone as number) / (own as number)),
    ]
  })
  console.log(
    table(
      [
        ...[
          'a request',
          'one PostgreSQL',
          'cluster in all',
          'its coordinator',
          'requests of the same processors',
        ],
        ...['asked at its own node', 'requests of the same processors'],
      ],
      rows,
    ),
  )
} finally {
  for (const gateway of gateways) await gateway.close()
  for (const url of serversOf(citus)) await dropDatabases(url, prefix)
  await one.stop()
}
process.exit(0)

function showCost(ms: number | undefined): string {
  return `${show(ms ?? Number.NaN)} ms`
}

function serversOf({ coordinator, nodes }: CitusCluster): string[] {
  return [coordinator, ...nodes]
}

/** A gateway over a seeded database; measures processor milliseconds a request of all of its servers, or of the first. */
async function serve(url: string, servers: readonly string[], isSharded: boolean) {
  await fill(url, isSharded)
  return measure(url, servers, await makeCallers(url))
}

async function fill(url: string, isSharded: boolean): Promise<void> {
  const env = { ...process.env, DATABASE_URL: url, LOG_LEVEL: 'warn' }
  const run = (...args: string[]) =>
    execFileSync(process.execPath, ['--import', 'tsx', 'src/main.ts', ...args], {
      env,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
  run('migrate')
  if (isSharded) run('distribute')
  organizations.forEach((organization, index) => {
    run('seed', '--sessions', `${sessions}`, '--workspace', `${organization}/main`, '--seed', `${index}`)
  })
}

async function measure(url: string, servers: readonly string[], callers: readonly Caller[], directUrl = url) {
  const gateway = await startGateway(
    readConfig({
      ...withoutRateLimits,
      PORT: '0',
      LOG_LEVEL: 'warn',
      POOL_SIZE: `${clients}`,
      FACET_MEMORY_MB: '0',
      DATABASE_URL: url,
      DIRECT_DATABASE_URL: directUrl,
    }),
    { migrate: false },
  )
  gateways.push(gateway)
  const processes = await Promise.all(servers.map(postmasterOf))
  return async (name: string, which: 'all' | 'first') => {
    const job = jobs[name] as Job
    const read = () => usedMs(which === 'all' ? processes : processes.slice(0, 1))
    // Connections and statements are there before it counts.
    await ask(gateway.url, job, callers, clients * organizations.length)
    const before = read()
    await ask(gateway.url, job, callers, requests)
    return (read() - before) / requests
  }
}

/** Gateways that are connected to the nodes themselves, each asked about the organizations that its node holds. */
async function serveAtNodes(url: string) {
  const callers = await makeCallers(url)
  const places = await administer(
    url,
    `select o.slug, p.nodeport as port from organizations o join pg_dist_shard_placement p
      on p.shardid = get_shard_id_for_distribution_column('sessions', o.id)`,
  )
  const measures = await Promise.all(
    citus.nodes.flatMap((node) => {
      const { host, port } = new URL(node)
      const held = places.filter((place) => `${place.port}` === port).map(({ slug }) => slug)
      const own = new URL(url)
      own.host = host
      const asking = callers.filter(({ organization }) => held.includes(organization))
      // Chance may put all organizations onto one node.
      return asking.length === 0 ? [] : [measure(own.href, serversOf(citus), asking, url)]
    }),
  )
  return async (name: string) => {
    let sum = 0
    for (const one of measures) sum += await one(name, 'all')
    return sum / measures.length
  }
}

async function ask(url: string, job: Job, callers: readonly Caller[], count: number): Promise<void> {
  let next = 0
  await Promise.all(
    Array.from({ length: clients }, async () => {
      while (next < count) {
        const caller = callers[next++ % callers.length] as Caller
        const headers = { 'content-type': 'application/json', 'x-api-key': caller.key }
        const answer = await fetch(`${url}/graphql`, {
          method: 'POST',
          headers,
          body: JSON.stringify(job(caller)),
        })
        const { errors } = (await answer.json()) as { errors?: unknown }
        if (errors !== undefined) throw new Error(JSON.stringify(errors))
      }
    }),
  )
}

/** For each organization a key of somebody who owns sessions, and one of them. */
async function makeCallers(url: string): Promise<Caller[]> {
  const { store, close } = await openStore({
    url,
    folder: null,
    poolSize: 1,
    statementTimeoutMs: 60_000,
    connectTimeoutMs: 5000,
  })
  const made: Caller[] = []
  for (const organization of organizations) {
    const { id: organizationId } = await store.organization.findFirstOrThrow({
      where: { slug: organization },
    })
    const session = await store.session.findFirstOrThrow({
      where: { organizationId, frozenAt: null, archivedAt: null },
    })
    const key = generateSecret()
    await createApiKey(store, { organizationId, userId: session.ownerId as string, name: 'client' }, key)
    made.push({ organization, key, session: session.id })
  }
  await close()
  return made
}
