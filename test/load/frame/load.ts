import { spawn } from 'node:child_process'
import { once } from 'node:events'
import pg from 'pg'
import { openStore } from '../../../src/db/connect.js'
import { createApiKey, generateSecret } from '../../../src/domain/tenancy/api-key.js'
import { createDatabase } from '../../support/databases.js'
import { type Driver, startDriver } from './driver.js'
import { childrenOf, type Server, startServer } from './server.js'

/** Whose sessions are asked for, and where. */
export interface Place {
  organization: string
  workspace: string
  organizationId: string
  workspaceId: string
  userId: string
}

/** A database with a number of seeded sessions, and a way to ask it. */
export interface Dataset {
  size: number
  url: string
  place: Place
  /** Of the owner of most sessions. */
  key: string
  seedSeconds: number
  /** A plain connection, which belongs to the frame. */
  sql: pg.Client
  /** A gateway on it, started when first asked for. */
  gateway(): Promise<Server>
}

/** What every bench works with. */
export interface Load {
  /** Fewer rounds and shorter ones, for a look. */
  quick: boolean
  /** Seconds of the bench of memory. */
  soakSeconds: number
  /** By size, ascending. */
  datasets: readonly Dataset[]
  /** Of the worst shape: as large as the largest, and as the one before it; null where they were not asked for. */
  worst: Dataset | null
  smallerWorst: Dataset | null
  driver: Driver
  /** PostgreSQL's processes; empty where it runs elsewhere. */
  postgresPids(): number[]
  /** A server that is stopped with everything else. */
  start(args: readonly string[], env: Record<string, string>): Promise<Server>
  say(text: string): void
}

export const gatewayPath = 'dist/main.js'
export const gatewayEnv = (url: string) => ({
  DATABASE_URL: url,
  LOG_LEVEL: 'warn',
  STATEMENT_TIMEOUT_MS: '60000',
  // One key asks all that clients ask.
  RATE_LIMIT_PER_MINUTE: '0',
})

/** The databases of a run: each a size to seed, or the URL of one that an earlier run has seeded. */
export interface Wanted {
  sizes: readonly (number | string)[]
  /** Of the worst shape, the smaller first. */
  worst: readonly (number | string)[]
}

/** Seeds or takes the databases that are wanted, and gives the frame of all benches; `close` ends all that it started. */
export async function openLoad(
  serverUrl: string,
  wanted: Wanted,
  { quick, soakSeconds, say }: Pick<Load, 'quick' | 'soakSeconds' | 'say'>,
): Promise<Load & { close(): Promise<void> }> {
  const closing: (() => Promise<unknown>)[] = []
  const start: Load['start'] = async (args, env) => {
    const server = await startServer(args, env)
    closing.unshift(server.stop)
    return server
  }
  const close = async () => {
    for (const end of closing) await end()
  }
  try {
    const driver = startDriver()
    closing.unshift(driver.stop)
    const open = async (sizes: readonly (number | string)[], shape: Shape) => {
      const datasets: Dataset[] = []
      for (const size of sizes) {
        say(
          typeof size === 'number' ? `seeding ${size}, ${shape} shape` : `taking a database, ${shape} shape`,
        )
        const dataset =
          typeof size === 'number' ? await seed(serverUrl, { size, shape }, start) : await adopt(size, start)
        closing.push(() => dataset.sql.end())
        datasets.push(dataset)
        say(`  ${dataset.seedSeconds.toFixed(1)} s`)
      }
      return datasets
    }
    const datasets = await open(wanted.sizes, 'typical')
    const hardest = await open(wanted.worst, 'worst')
    const [worst, smallerWorst] = [hardest.at(-1) ?? null, hardest.at(-2) ?? null]
    const postmaster = await findPostmaster(datasets[0]?.sql)
    const postgresPids = () => (postmaster === null ? [] : [postmaster, ...childrenOf(postmaster)])
    return { quick, soakSeconds, datasets, worst, smallerWorst, driver, postgresPids, start, say, close }
  } catch (error) {
    await close()
    throw error
  }
}

type Shape = 'typical' | 'worst'

async function seed(
  serverUrl: string,
  { size, shape }: { size: number; shape: Shape },
  start: Load['start'],
): Promise<Dataset> {
  const url = await createDatabase(serverUrl, 'load')
  const startedAt = performance.now()
  const key = await runSeed(url, size, shape)
  return describe(url, key, size, (performance.now() - startedAt) / 1000, start)
}

/** A database that an earlier run has seeded, with a key of its own. */
async function adopt(url: string, start: Load['start']): Promise<Dataset> {
  const { store, close } = await openStore({
    ...{ url, folder: null, poolSize: 1, statementTimeoutMs: 60_000, connectTimeoutMs: 5000 },
  })
  const key = generateSecret()
  try {
    const known = await store.apiKey.findFirstOrThrow()
    const { organizationId, userId, defaultWorkspaceId } = known
    await createApiKey(store, { organizationId, userId, defaultWorkspaceId, name: 'again' }, key)
    await store.apiKey.delete({ where: { id: known.id } })
    const size = await store.session.count()
    return await describe(url, key, size, Number.NaN, start)
  } finally {
    await close()
  }
}

async function describe(
  url: string,
  key: string,
  size: number,
  seedSeconds: number,
  start: Load['start'],
): Promise<Dataset> {
  const sql = new pg.Client({ connectionString: url })
  await sql.connect()
  const { rows } = await sql.query(`
    select o.slug as organization, w.slug as workspace, o.id as "organizationId", w.id as "workspaceId",
      k.user_id as "userId"
    from api_keys k join organizations o on o.id = k.organization_id
      join workspaces w on w.organization_id = o.id and w.id = k.default_workspace_id`)
  let gateway: Promise<Server> | undefined
  return {
    ...{ size, url, key, seedSeconds, sql, place: rows[0] },
    gateway: () => {
      gateway ??= start([gatewayPath, 'start', '--port', '0'], gatewayEnv(url))
      return gateway
    },
  }
}

/** Runs the command as an operator does; gives the key it prints. */
async function runSeed(url: string, size: number, shape: Shape): Promise<string> {
  const args = [
    gatewayPath,
    'seed',
    '--sessions',
    `${size}`,
    '--shape',
    shape,
    '--workspace',
    'load/main',
    '--key',
  ]
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...gatewayEnv(url) },
    stdio: ['ignore', 'pipe', process.stderr.isTTY ? 'inherit' : 'ignore'],
  })
  let key = ''
  child.stdout.on('data', (chunk) => {
    key += chunk
  })
  const [code] = await once(child, 'close')
  if (code !== 0) throw new Error(`seed ended with ${code}`)
  return key.trim()
}

/** The process that forks PostgreSQL's others, where it runs on this machine and Linux shows it; else null. */
async function findPostmaster(sql: pg.Client | undefined): Promise<number | null> {
  const { rows } = (await sql?.query(
    "select split_part(pg_read_file('postmaster.pid'), E'\\n', 1)::int as pid",
  )) ?? { rows: [] }
  const pid: number | undefined = rows[0]?.pid
  return pid !== undefined && childrenOf(pid).length > 0 ? pid : null
}
