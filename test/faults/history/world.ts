import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { openStore } from '../../../src/db/connect.js'
import type { ModelStore } from '../../../src/db/sql.js'
import { createDatabase } from '../../support/databases.js'
import { findLastingPort } from '../../support/free-port.js'
import { type Cluster, giveToServer, makeCluster } from '../../support/postgresql.js'
import { type SilentProxy, silentProxy } from '../../support/silent-proxy.js'
import { mountSmallDisk, type SmallDisk } from '../../support/small-disk.js'
import type { Record } from './record.js'

export type StoreKind = 'pglite' | 'postgresql'

/** Log lines that say that something was not foreseen. */
const unforeseen = /unexpected error|nobody caught|nobody handled|a handler failed|REST failed|GraphQL failed/

/** A gateway as a process that is started anew whenever it ends, behind a proxy that clients go through. */
export interface Gateway {
  front: SilentProxy
  port: number
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  stop(): Promise<void>
  ready(): Promise<void>
}

export interface World {
  kind: StoreKind
  keys: readonly string[]
  gateways: readonly Gateway[]
  /** Of PostgreSQL alone. */
  database: { cluster: Cluster; proxy: SilentProxy; url: string; disk: SmallDisk | null } | null
  /** Looks into the store while nobody writes; the embedded one is taken from its gateway meanwhile. */
  inspect<Result>(look: (store: ModelStore) => Promise<Result>): Promise<Result>
  close(): Promise<void>
}

const program = ['dist/main.js']

export async function makeWorld(kind: StoreKind, record: Record): Promise<World> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-history-'))
  const database = kind === 'postgresql' ? await makeDatabase() : null
  const env = {
    ...{ NODE_ENV: 'development', LOG_LEVEL: 'warn', DEMO: '', HOST: '127.0.0.1' },
    ...{ RATE_LIMIT_PER_MINUTE: '0', STRANGER_RATE_LIMIT_PER_MINUTE: '0' },
    ...{ STATEMENT_TIMEOUT_MS: '2000', CONNECT_TIMEOUT_MS: '2000', REQUEST_TIMEOUT_MS: '8000' },
    ...(database === null ? { DATA_FOLDER: join(folder, 'data'), DEMO: 'false' } : { POOL_SIZE: '8' }),
  }
  const storeEnv = (url: string | null) => ({
    ...process.env,
    ...env,
    ...(url === null ? {} : { DATABASE_URL: url }),
  })
  const keys: string[] = []
  for (const user of ['ada', 'bob', 'cat'])
    keys.push(await createKey(storeEnv(database?.url ?? null), user, user === 'ada' ? 'admin' : 'write'))
  const gateways: Gateway[] = []
  for (let number = 0; number < (database === null ? 1 : 2); number++)
    gateways.push(await startGateway(storeEnv(database?.proxy.urlOf(database.url) ?? null), record))
  return {
    ...{ kind, keys, gateways, database },
    inspect: async (look) => {
      if (database === null) await gateways[0]?.stop()
      const opened = await openStore({
        ...{ url: database?.url ?? null, folder: join(folder, 'data'), poolSize: 2 },
        ...{ statementTimeoutMs: 60_000, connectTimeoutMs: 10_000 },
      })
      try {
        return await look(opened.store)
      } finally {
        await opened.close()
        if (database === null) await gateways[0]?.ready()
      }
    },
    close: async () => {
      for (const gateway of gateways) {
        await gateway.stop()
        await gateway.front.close()
      }
      await database?.proxy.close()
      await database?.cluster.stop()
      database?.disk?.remove()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function makeDatabase(): Promise<NonNullable<World['database']>> {
  const cluster = await makeCluster()
  await cluster.start()
  const url = await createDatabase(cluster.url, 'history')
  const disk = mountSmallDisk(256)
  if (typeof disk !== 'string') {
    await giveToServer(disk.folder)
    const client = new pg.Client({ connectionString: cluster.url })
    await client.connect()
    await client.query(`create tablespace small location '${disk.folder}'`)
    await client.query(`alter database ${new URL(url).pathname.slice(1)} set tablespace small`)
    await client.end()
  }
  const proxy = await silentProxy(Number(new URL(url).port))
  return { cluster, proxy, url, disk: typeof disk === 'string' ? null : disk }
}

export async function createKey(env: NodeJS.ProcessEnv, user: string, role: string): Promise<string> {
  const place = ['--org', 'acme', '--workspace', 'main', '--user', `${user}@acme.example`, '--role', role]
  const scopes = ['--scope', 'sessions:read', 'sessions:write', 'sessions:import']
  const child = spawn(process.execPath, [...program, 'keys', 'create', ...place, ...scopes], {
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  let output = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
  })
  await once(child, 'close')
  const key = /sgw_[\w-]+/.exec(output)?.[0]
  if (key === undefined) throw new Error(`No key was made: ${output}`)
  return key
}

async function startGateway(env: NodeJS.ProcessEnv, record: Record): Promise<Gateway> {
  const port = await findLastingPort()
  const front = await silentProxy(port)
  let child: ChildProcess | null = null
  let stopped = true
  const alive = () => child !== null && child.exitCode === null && child.signalCode === null
  const run = () => {
    if (stopped || alive()) return
    child = spawn(process.execPath, [...program, 'start', '--port', `${port}`], {
      env,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n'))
        if (unforeseen.test(line)) record.violate(`A gateway logged ${line.slice(0, 600)}`)
    })
    // As a supervisor does; a start without its database ends by itself.
    child.once('exit', () => void sleep(300).then(run))
  }
  const end = async (signal: 'SIGKILL' | 'SIGTERM') => {
    if (child === null || !alive()) return
    const ended = once(child, 'exit')
    const begunAt = performance.now()
    child.kill(signal)
    const [code] = await ended
    const tookMs = Math.round(performance.now() - begunAt)
    if (signal === 'SIGTERM' && code !== null && code > 1)
      record.violate(`A drained gateway ended with ${code}`)
    if (tookMs > 15_000) record.violate(`A gateway took ${tookMs} ms to end`)
  }
  const ready = async () => {
    if (stopped) {
      stopped = false
      run()
    }
    const until = performance.now() + 60_000
    for (;;) {
      const is = await fetch(`http://127.0.0.1:${port}/readyz`).then(
        ({ ok }) => ok,
        () => false,
      )
      if (is) return
      if (performance.now() > until) throw new Error('A gateway did not come back within 60 s')
      await sleep(100)
    }
  }
  process.once('exit', () => child?.kill('SIGKILL'))
  await ready()
  return {
    ...{ front, end, ready, port: Number(new URL(front.urlOf('http://127.0.0.1')).port) },
    stop: async () => {
      stopped = true
      await end('SIGTERM')
    },
  }
}
