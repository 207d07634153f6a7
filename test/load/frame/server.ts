import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** A server in a process of its own, on a loopback port. */
export interface Server {
  url: string
  /** Of its process, or of all of them where it forks. */
  pids(): number[]
  stop(): Promise<void>
}

const startsWithinMs = 60_000
const running = new Set<ChildProcess>()
const stopping = new WeakSet<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

/** Ends a process with this one, whatever ends this one. */
export function killOnExit(child: ChildProcess): void {
  running.add(child)
  child.once('exit', () => running.delete(child))
}

/** Starts `node …args` and waits until it says where it listens. */
export async function startServer(args: readonly string[], env: Record<string, string>): Promise<Server> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  killOnExit(child)
  const url = await readUrl(child, args.join(' '))
  const pid = child.pid as number
  return {
    url,
    pids: () => [pid, ...childrenOf(pid)],
    stop: async () => {
      if (!running.has(child)) return
      stopping.add(child)
      const ended = once(child, 'exit')
      child.kill('SIGTERM')
      await ended
    },
  }
}

function readUrl(child: ChildProcess, name: string): Promise<string> {
  let said = ''
  return new Promise((resolve, reject) => {
    const fail = (why: string) => reject(new Error(`${name} ${why}: ${said}`))
    const timer = setTimeout(() => fail('does not listen'), startsWithinMs)
    child.once('exit', (code, signal) => {
      fail(`ended with ${code}`)
      // Whoever asks it next is only refused a connection.
      if (!stopping.has(child)) console.error(`${name} ended by itself with ${code ?? signal}: ${said}`)
    })
    child.stderr?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4000)
    })
    child.stdout?.on('data', (chunk) => {
      said = `${said}${chunk}`.slice(-4000)
      const [url] = /http:\/\/127\.0\.0\.1:\d+\S*/.exec(said) ?? []
      if (url === undefined) return
      clearTimeout(timer)
      resolve(url)
    })
  })
}

/** Seconds of processor time that processes have used so far, with those of their ended children; NaN outside Linux. */
export function readCpuSeconds(pids: readonly number[]): number {
  const ticks = pids.map((pid) =>
    readStat(pid)
      ?.slice(11, 15)
      .reduce((sum, text) => sum + Number(text), 0),
  )
  const known = ticks.filter((count) => count !== undefined)
  return known.length === 0 ? Number.NaN : known.reduce((sum, count) => sum + count, 0) / 100
}

/** Megabytes of memory that processes hold; NaN outside Linux. */
export function readMemoryMb(pids: readonly number[]): number {
  const sizes = pids.map((pid) => /VmRSS:\s+(\d+)/.exec(readProcess(pid, 'status') ?? '')?.[1])
  return sizes.reduce((sum, size) => sum + Number(size), 0) / 1024
}

/** The processes that a process forked and that still run; none outside Linux. */
export function childrenOf(parent: number): number[] {
  if (!existsSync('/proc')) return []
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  return pids.map(Number).filter((pid) => Number(readStat(pid)?.[1]) === parent)
}

/** The fields of /proc/PID/stat behind the name, which may hold spaces; undefined once it has ended. */
function readStat(pid: number): string[] | undefined {
  const text = readProcess(pid, 'stat')
  return text?.slice(text.lastIndexOf(')') + 2).split(' ')
}

function readProcess(pid: number, file: 'stat' | 'status'): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return undefined
  }
}
