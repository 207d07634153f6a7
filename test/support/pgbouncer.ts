import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findLastingPort } from './free-port.js'
import { giveToServer } from './postgresql.js'

/** Why there is no PgBouncer to test through; null when there is one. */
export function whyNoPgbouncer(): string | null {
  return findBinary() === null ? "no pgbouncer found; install Debian's pgbouncer" : null
}

function findBinary(): string | null {
  const names = ['pgbouncer', '/usr/sbin/pgbouncer']
  return names.find((name) => spawnSync(name, ['--version']).status === 0) ?? null
}

export interface Pgbouncer {
  /** The server's URL through it. */
  url: string
  /** At once, as `kill -9` does. */
  kill(): Promise<void>
  /** Once it was killed. */
  start(): Promise<void>
  stop(): Promise<void>
}

/** Starts a PgBouncer in transaction mode before every database of a server. */
export async function startPgbouncer(serverUrl: string): Promise<Pgbouncer> {
  const { hostname, port, username } = new URL(serverUrl)
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-pgbouncer-'))
  const account = await giveToServer(folder)
  const listenPort = await findLastingPort()
  const settings = [
    '[databases]',
    `* = host=${hostname} port=${port} user=${username}`,
    '[pgbouncer]',
    'listen_addr = 127.0.0.1',
    `listen_port = ${listenPort}`,
    'unix_socket_dir =',
    'auth_type = any',
    'pool_mode = transaction',
    'max_client_conn = 2000',
    'default_pool_size = 10',
    // A database that is still connected to cannot be dropped or copied.
    'server_idle_timeout = 2',
  ]
  const file = join(folder, 'pgbouncer.ini')
  await writeFile(file, settings.join('\n'))
  const url = new URL(serverUrl)
  url.port = `${listenPort}`
  let child: ChildProcess
  const start = async () => {
    child = spawn(findBinary() ?? 'pgbouncer', ['-q', file], { ...account, stdio: 'ignore' })
    await untilAnswers(url.href)
  }
  const kill = async () => {
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await ended
  }
  const killAtExit = () => child.kill('SIGKILL')
  process.once('exit', killAtExit)
  await start()
  return {
    ...{ url: url.href, start, kill },
    stop: async () => {
      process.off('exit', killAtExit)
      await kill()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: url })
    try {
      await client.connect()
      return
    } catch (error) {
      if (attempt === 100) throw error
      await sleep(50)
    } finally {
      await client.end().catch(() => {})
    }
  }
}
