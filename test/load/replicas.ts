import { execFileSync } from 'node:child_process'
import { type RunningGateway, startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { openStore } from '../../src/db/connect.js'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { withoutRateLimits } from '../support/listening-gateway.js'
import { type Cluster, makeCluster, makeStandby } from '../support/postgresql.js'
import { administer } from '../support/replica-world.js'
import { canLimit, withShare } from './frame/limiter.js'
import { show, showTimes, table } from './frame/report.js'
import { mediansOf, takeTurns } from './frame/rounds.js'

/**
 * Measures reads a second with one and two replicas: `npx tsx test/load/replicas.ts [SESSIONS]`. Each server process of
 * PostgreSQL that answers is held to the same share of a processor, so that servers, not this machine, are what is scarce.
 */
const sessions = Number(process.argv[2] ?? 20_000)
const rounds = 3
const seconds = 4
const clients = 16
/** Of a processor, for each of a server's two connections. */
const share = 0.015

if (!canLimit) throw new Error('This machine does not show what a process uses')
const primary = await makeCluster()
await primary.start()
await administer(primary.url, 'create database load')
const on = ({ url }: Pick<Cluster, 'url'>) => Object.assign(new URL(url), { pathname: 'load' }).href
const seed = ['seed', '--sessions', `${sessions}`, '--workspace', 'load/main', '--key']
execFileSync(process.execPath, ['--import', 'tsx', 'src/main.ts', ...seed], {
  env: { ...process.env, DATABASE_URL: on(primary), LOG_LEVEL: 'warn' },
  stdio: ['ignore', 'pipe', 'inherit'],
})
const keys = await makeKeys()
const standbys = [await makeStandby(primary), await makeStandby(primary)]
for (const standby of standbys) await standby.start()

const gateways: RunningGateway[] = []

try {
  const contestants: Record<string, () => Promise<number>> = {}
  for (const count of [0, 1, 2]) contestants[nameOf(count)] = await contestant(count)
  const rates = mediansOf(await takeTurns(rounds, contestants))
  const alone = rates[nameOf(0)] as number
  const rows = Object.entries(rates).map(([name, rate]) => [name, show(rate), showTimes(rate / alone)])
  console.log(table(['lists of 20 are answered by', 'a second', 'of the primary alone'], rows))
} finally {
  for (const gateway of gateways) await gateway.close()
  for (const cluster of [...standbys, primary]) await cluster.stop()
}
process.exit(0)

function nameOf(replicas: number): string {
  return ['the primary alone', 'one replica', 'two replicas'][replicas] as string
}

/** A gateway with so many replicas; measures how many lists a second it answers. */
async function contestant(replicas: number): Promise<() => Promise<number>> {
  const readers = standbys.slice(0, replicas)
  const config = readConfig({
    ...{ ...withoutRateLimits, PORT: '0', LOG_LEVEL: 'warn', POOL_SIZE: '2', FACET_MEMORY_MB: '0' },
    ...{ DATABASE_URL: on(primary), READ_DATABASE_URL: readers.map(on).join(',') },
  })
  const gateway = await startGateway(config, { migrate: false })
  const { url } = gateway
  gateways.push(gateway)
  const servers = replicas === 0 ? [primary] : readers
  return async () => {
    // Connections are made before they are held.
    await drive(url, 1)
    const pids = (await Promise.all(servers.map(connectionsOf))).flat()
    return withShare(pids, share, 0, () => drive(url, seconds))
  }
}

/** Server processes that answer the gateway that was driven last. */
async function connectionsOf(server: Cluster): Promise<number[]> {
  const rows = await administer(
    server.url,
    `select pid from pg_stat_activity where datname = 'load' and application_name = 'session-gateway'
      and query not like '%pg_control_system%' and state_change > now() - interval '1 second'`,
  )
  return rows.map(({ pid }) => Number(pid))
}

async function drive(url: string, forSeconds: number): Promise<number> {
  const until = performance.now() + forSeconds * 1000
  let answered = 0
  const body = JSON.stringify({
    query:
      '{ workspace(organization: "load", slug: "main") { sessions(first: 20) { edges { node { uuid title model messageCount } } } } }',
  })
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      const headers = {
        'content-type': 'application/json',
        'x-api-key': keys[client % keys.length] as string,
      }
      while (performance.now() < until) {
        const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body })
        const { errors } = (await answer.json()) as { errors?: unknown }
        if (errors !== undefined) throw new Error(JSON.stringify(errors))
        answered++
      }
    }),
  )
  return answered / forSeconds
}

/** A key for each client: a replica is chosen by key. */
async function makeKeys(): Promise<string[]> {
  const { store, close } = await openStore({
    ...{ url: on(primary), folder: null, poolSize: 1, statementTimeoutMs: 60_000, connectTimeoutMs: 5000 },
  })
  const { organizationId, userId } = await store.apiKey.findFirstOrThrow()
  const made = Array.from({ length: clients }, generateSecret)
  for (const key of made) await createApiKey(store, { organizationId, userId, name: 'client' }, key)
  await close()
  return made
}
