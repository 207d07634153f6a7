import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'
import { findLastingPort } from './free-port.js'

export interface RedisServer {
  url: string
  /** Stops it at once. */
  kill(): Promise<void>
  /** Starts it again, empty, on the same port. */
  start(): Promise<void>
}

/** Why there is no Redis to test on; null when there is one. */
export function whyNoRedis(): string | null {
  const found = spawnSync('redis-server', ['--version'])
  return found.status === 0 ? null : "no redis-server found; install Debian's redis-server"
}

/** Starts a throw-away Redis on a free loopback port. */
export async function startRedis(): Promise<RedisServer> {
  const port = await findLastingPort()
  const url = `redis://127.0.0.1:${port}`
  let child: ChildProcess | null = null
  const server: RedisServer = {
    url,
    start: async () => {
      child = spawn('redis-server', ['--port', `${port}`, '--save', '', '--appendonly', 'no'], {
        stdio: 'ignore',
      })
      await untilAnswers(url)
    },
    kill: async () => {
      const running = child
      child = null
      if (running === null) return
      const ended = once(running, 'exit')
      running.kill('SIGKILL')
      await ended
    },
  }
  await server.start()
  return server
}

async function untilAnswers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const client = new Redis(url, { lazyConnect: true, retryStrategy: null }).on('error', () => {})
    const answers = await client.connect().then(
      () => client.ping(),
      () => null,
    )
    client.disconnect()
    if (answers !== null) return
    await sleep(50)
  }
  throw new Error(`Redis does not answer at ${url}`)
}
