import { once } from 'node:events'
import type { Redis } from 'ioredis'
import { LEASE_MS, type Lease, type LeaseStore } from '../domain/events/held-streams.js'

/** Takes places for the streams that are named, where the key then has no more than so many; by the clock of the server. */
const takeScript = `
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
if redis.call('ZCARD', KEYS[1]) + #ARGV - 2 > tonumber(ARGV[1]) then return 0 end
for place = 3, #ARGV do redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[place]) end
redis.call('PEXPIRE', KEYS[1], ARGV[2])
return 1`

/** Streams in Redis: of each key a set of them, by when they end. */
export class RedisLeases implements LeaseStore {
  constructor(
    private readonly client: Redis,
    private readonly prefix: string,
    private readonly patienceMs: number,
  ) {}

  async take({ keyId, streamId }: Lease, most: number): Promise<boolean> {
    // A gateway that has just started is not connected yet.
    if (['connecting', 'connect'].includes(this.client.status))
      await once(this.client, 'ready', { signal: AbortSignal.timeout(this.patienceMs) })
    return (await this.client.eval(takeScript, 1, this.#key(keyId), most, LEASE_MS, streamId)) === 1
  }

  async renew(leases: readonly Lease[]): Promise<void> {
    await Promise.all(
      [...byKey(leases)].map(([keyId, streams]) =>
        this.client.eval(takeScript, 1, this.#key(keyId), Number.MAX_SAFE_INTEGER, LEASE_MS, ...streams),
      ),
    )
  }

  async giveBack(leases: readonly Lease[]): Promise<void> {
    await Promise.all(
      [...byKey(leases)].map(([keyId, streams]) => this.client.zrem(this.#key(keyId), ...streams)),
    )
  }

  #key(keyId: string): string {
    return `${this.prefix}:streams:${keyId}`
  }
}

function byKey(leases: readonly Lease[]): Map<string, string[]> {
  const streams = new Map<string, string[]>()
  for (const { keyId, streamId } of leases) streams.set(keyId, [...(streams.get(keyId) ?? []), streamId])
  return streams
}
