import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { inject } from 'vitest'
import { createDatabase } from '../support/databases.js'

/** A gateway as an operator runs it: the built program, over a store of the kind under test. */
export interface ClientGateway {
  url: string
  /** Of Tomás, who may write in `main` of `acme`. */
  key: string
  /** What was asked of it, in order. */
  requests: LoggedRequest[]
  /** Makes another key of Tomás's, beside the gateway that runs. */
  makeKey(scopes: readonly string[]): Promise<string>
  close(): Promise<void>
}

export interface LoggedRequest {
  method: string
  path: string
  status: number
}

const program = ['dist/main.js']
const withoutRateLimits = { RATE_LIMIT_PER_MINUTE: '0', STRANGER_RATE_LIMIT_PER_MINUTE: '0' }

/** The embedded store has the demo, as after `npm start`; on PostgreSQL the command line makes the same user and key. */
export async function startClientGateway(): Promise<ClientGateway> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-clients-store-'))
  const postgresql = inject('postgresql')
  const store: Record<string, string> =
    postgresql === null
      ? { DATA_FOLDER: join(folder, 'data'), DATABASE_URL: '' }
      : { DATABASE_URL: await createDatabase(postgresql.serverUrl, postgresql.prefix) }
  const env = { ...process.env, NODE_ENV: 'development', ...withoutRateLimits, ...store }
  const key = postgresql === null ? 'sgw_demo_writer' : await createKey(env)
  const child = spawn(process.execPath, [...program, 'start', '--port', '0'], {
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const kill = () => child.kill('SIGKILL')
  process.once('exit', kill)
  const requests: LoggedRequest[] = []
  const url = await listen(child, requests)
  return {
    ...{ url, key, requests },
    makeKey: (scopes) => createKey(env, ['--scope', ...scopes]),
    close: async () => {
      process.off('exit', kill)
      const ended = once(child, 'close')
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function createKey(env: NodeJS.ProcessEnv, more: readonly string[] = []): Promise<string> {
  const place = ['--org', 'acme', '--workspace', 'main', '--user', 'tomas@acme.example', '--role', 'write']
  const run = promisify(execFile)(process.execPath, [...program, 'keys', 'create', ...place, ...more], {
    env,
  })
  return (await run).stdout.trim()
}

/** Waits until it listens, and reads its log from then on. */
function listen(child: ChildProcess, requests: LoggedRequest[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let [printed, logged] = ['', '']
    child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
      printed += chunk
      const address = /http:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0]
      if (address !== undefined) resolve(address)
    })
    child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      const lines = (logged + chunk).split('\n')
      logged = lines.pop() ?? ''
      requests.push(...lines.flatMap(readRequest))
    })
    child.once('close', (code) => reject(new Error(`The gateway ended with ${code}: ${printed}`)))
  })
}

function readRequest(line: string): LoggedRequest[] {
  const { msg, method, path, status } = JSON.parse(line) as LoggedRequest & { msg: string }
  return msg === 'request' ? [{ method, path, status }] : []
}
