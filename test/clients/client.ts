import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface ClientResult {
  code: number | null
  stdout: string
  stderr: string
}

/** A home of its own, in which a client keeps its settings as for a user who has just installed it. */
export interface ClientHome {
  folder: string
  run(command: string, args: readonly string[], env?: Record<string, string>): Promise<ClientResult>
  remove(): Promise<void>
}

const inherited = ['PATH', 'LANG', 'LC_ALL', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'LD_LIBRARY_PATH']

/** Makes a home; what runs in it sees no setting of whoever runs the tests. */
export async function makeClientHome(): Promise<ClientHome> {
  const folder = await mkdtemp(join(tmpdir(), 'session-gateway-clients-home-'))
  const kept = inherited.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : []))
  const own = { HOME: folder, TERM: 'dumb', COLUMNS: '120', NO_PROXY: '127.0.0.1', no_proxy: '127.0.0.1' }
  return {
    folder,
    run: (command, args, env = {}) => {
      const child = spawn(command, args, {
        cwd: folder,
        env: { ...Object.fromEntries(kept), ...own, ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        timeout: 300_000,
        killSignal: 'SIGKILL',
      })
      return result(child)
    },
    remove: () => rm(folder, { recursive: true, force: true }),
  }
}

function result(child: ChildProcess): Promise<ClientResult> {
  const said = { stdout: '', stderr: '' }
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    said.stdout += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    said.stderr += chunk
  })
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, ...said }))
  })
}
