import { Socket } from 'node:net'
import type pg from 'pg'

/** Beyond the server's own limit of a statement, which ends what merely takes long. */
const GRACE_MS = 2000
/** The pool's own, by default. */
const MOST_IDLE_MS = 10_000

type Silence = Pick<
  pg.PoolConfig,
  'keepAlive' | 'keepAliveInitialDelayMillis' | 'idleTimeoutMillis' | 'stream'
>

/** How long a connection that is in use may be without a word, from either end. */
export function silenceLimit(statementTimeoutMs: number): number {
  return statementTimeoutMs + GRACE_MS
}

/**
 * Settings of a pool that gives up a connection once nothing has come over it for longer than any statement may take:
 * whoever was behind it is gone without a word. `onSilence` is called for each.
 */
export function givingUpSilent(statementTimeoutMs: number, onSilence: () => void): Silence {
  const limitMs = silenceLimit(statementTimeoutMs)
  const openSocket = () => {
    const socket = new Socket()
    socket.once('connect', () => socket.setTimeout(limitMs))
    socket.once('timeout', () => {
      socket.destroy(new Error(`Connection terminated: the database was silent for ${limitMs} ms`))
      onSilence()
    })
    return socket
  }
  return {
    keepAlive: true,
    keepAliveInitialDelayMillis: 5000,
    // Idle ones are closed before they could count as silent.
    idleTimeoutMillis: Math.min(MOST_IDLE_MS, limitMs - GRACE_MS / 4),
    stream: openSocket,
  }
}

/** Closes the connections of a pool that nobody uses: when one has fallen silent, so have the others most likely. */
export function closeIdle(pool: pg.Pool): void {
  for (let left = pool.idleCount; left > 0; left--)
    pool.connect((_error, connection, release) => connection && release(true))
}
