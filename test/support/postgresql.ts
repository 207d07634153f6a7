import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs'
import { chown, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { findLastingPort } from './free-port.js'

export interface PostgresqlServer {
  /** Of the maintenance database, as a user who may create databases. */
  url: string
  stop(): Promise<void>
}

/** Why there is no PostgreSQL to test on; null when there is one. */
export function whyNoPostgresql(): string | null {
  if (process.env.TEST_DATABASE_URL || findBinaries() !== null) return null
  return "no server binaries found; install Debian's postgresql or set TEST_DATABASE_URL"
}

/** Gives the server of TEST_DATABASE_URL, or starts a throw-away cluster on a free loopback port. */
export async function startPostgresql(): Promise<PostgresqlServer> {
  const given = process.env.TEST_DATABASE_URL
  if (given) return { url: given, stop: async () => {} }
  const cluster = await makeCluster({ synchronous_commit: 'off' })
  await cluster.start()
  return cluster
}

/** A server of one's own, to be broken. */
export interface Cluster extends PostgresqlServer {
  /** Of its data, which tests may put onto another disk before it starts. */
  folder: string
  start(settings?: Readonly<Record<string, string>>): Promise<void>
  /** Kills it at once, with everything that it runs; `start` has it recover. */
  kill(): Promise<void>
  /** Asks it to end, as `pg_ctl stop` does. */
  end(how: 'smart' | 'fast'): Promise<void>
}

/** Why there can be no cluster of one's own; null when there can. */
export function whyNoCluster(): string | null {
  return findBinaries() === null ? "no server binaries found; install Debian's postgresql" : null
}

/** Makes a throw-away cluster for a free loopback port, in a folder of its own or this one; it is not started yet. */
export async function makeCluster(
  settings: Readonly<Record<string, string>> = {},
  place?: string,
): Promise<Cluster> {
  return makeServer(initialize, settings, place)
}

/** Makes a standby that streams from a server that runs; it is not started yet. */
export async function makeStandby(
  primary: PostgresqlServer,
  settings: Readonly<Record<string, string>> = {},
): Promise<Cluster> {
  return makeServer((binaries, data, account) => copyServer(binaries, primary.url, data, account), settings)
}

/** Makes the data of a server in a folder. */
type Make = (binaries: string, data: string, account: Account) => void

async function makeServer(
  make: Make,
  settings: Readonly<Record<string, string>>,
  place?: string,
): Promise<Cluster> {
  const binaries = findBinaries()
  if (binaries === null) throw new Error(`PostgreSQL: ${whyNoPostgresql()}`)
  const folder = place ?? (await mkdtemp(join(tmpdir(), 'session-gateway-postgresql-')))
  const account = await giveToServer(folder)
  const data = join(folder, 'data')
  make(binaries, data, account)
  const port = await findLastingPort()
  const url = `postgresql://postgres@127.0.0.1:${port}/postgres`
  const flags = ['-D', data, '-h', '127.0.0.1', '-p', `${port}`, '-k', folder]
  const usual = { fsync: 'off', full_page_writes: 'off', max_connections: '200', ...settings }
  let server: ChildProcess | null = null
  const killNow = () => {
    for (const pid of server?.pid === undefined ? [] : [server.pid, ...childrenOf(server.pid)])
      signal(pid, 'SIGKILL')
  }
  const over = async (end: () => void) => {
    if (server === null) return
    const ended = new Promise((resolve) => server?.once('exit', resolve))
    if (server.exitCode === null && server.signalCode === null) {
      end()
      await ended
    }
    process.off('exit', killNow)
    server = null
  }
  const signals = { smart: 'SIGTERM', fast: 'SIGINT' } as const
  return {
    url,
    folder,
    start: async (more = {}) => {
      const set = Object.entries({ ...usual, ...more }).flatMap(([name, value]) => ['-c', `${name}=${value}`])
      server = spawn(join(binaries, 'postgres'), [...flags, ...set], {
        ...account,
        cwd: folder,
        stdio: ['ignore', 'ignore', 'pipe'],
      })
      process.once('exit', killNow)
      await waitUntilReady(server, url)
    },
    kill: () => over(killNow),
    end: (how) => over(() => server?.kill(signals[how])),
    stop: async () => {
      await over(() => server?.kill(signals.fast))
      if (place === undefined) await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The processes that a process has started and that are there still, where the system tells. */
function childrenOf(pid: number): number[] {
  try {
    return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8')
      .trim()
      .split(' ')
      .filter(Boolean)
      .map(Number)
  } catch {
    return []
  }
}

function signal(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name)
  } catch {
    // It is gone already.
  }
}

function findBinaries(): string | null {
  const debian = '/usr/lib/postgresql'
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : []
  const onPath = (process.env.PATH ?? '').split(delimiter)
  const folders = [...onPath, ...versions.map((version) => join(debian, version, 'bin'))]
  return (
    folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null
  )
}

type Account = { uid?: number; gid?: number }

/** PostgreSQL refuses to run as root: root hands the folder to `postgres`, or else to `nobody`. */
export async function giveToServer(folder: string): Promise<Account> {
  if (process.getuid?.() !== 0) return {}
  const name = idOf('postgres', '-u') === null ? 'nobody' : 'postgres'
  const [uid, gid] = [idOf(name, '-u') ?? 65534, idOf(name, '-g') ?? 65534]
  await chown(folder, uid, gid)
  return { uid, gid }
}

function idOf(name: string, flag: '-u' | '-g'): number | null {
  const { status, stdout } = spawnSync('id', [flag, name], { encoding: 'utf8' })
  return status === 0 ? Number(stdout) : null
}

function initialize(binaries: string, data: string, account: Account): void {
  let failure = ''
  for (const locale of ['C.UTF-8', 'C']) {
    const flags = [
      '-D',
      data,
      '-U',
      'postgres',
      '-A',
      'trust',
      '-E',
      'UTF8',
      `--locale=${locale}`,
      '--no-sync',
    ]
    const { status, stderr } = spawnSync(join(binaries, 'initdb'), flags, {
      ...account,
      cwd: '/',
      encoding: 'utf8',
    })
    if (status === 0) return
    failure = stderr
  }
  throw new Error(`initdb failed: ${failure}`)
}

function copyServer(binaries: string, url: string, data: string, account: Account): void {
  const flags = ['-D', data, '-d', url, '-R', '-X', 'stream', '-c', 'fast', '--no-sync']
  // Of the same version, whose other programs need not be linked beside the server.
  const program = join(dirname(realpathSync(join(binaries, 'postgres'))), 'pg_basebackup')
  const { status, stderr, error } = spawnSync(program, flags, { ...account, cwd: '/', encoding: 'utf8' })
  if (status !== 0) throw new Error(`pg_basebackup failed: ${error ?? stderr}`)
}

async function waitUntilReady(server: ChildProcess, url: string): Promise<void> {
  let log = ''
  server.stderr?.on('data', (chunk) => {
    log = (log + chunk).slice(-4_000)
  })
  for (let attempt = 0; attempt < 300 && server.exitCode === null; attempt++) {
    if (await accepts(url)) return
    await sleep(100)
  }
  server.kill('SIGKILL')
  throw new Error(`PostgreSQL did not start: ${log}`)
}

async function accepts(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url })
  const answered = await client.connect().then(
    () => true,
    () => false,
  )
  await client.end().catch(() => {})
  return answered
}
