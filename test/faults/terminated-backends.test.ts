import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { makeTenant } from '../support/breakable-store.js'
import { spawnCli } from '../support/cli.js'
import { withoutRateLimits } from '../support/listening-gateway.js'

const postgresql = inject('postgresql')

test.skipIf(postgresql === null)(
  'backends that are terminated again and again under load are no internal error, and nobody has to come back',
  async () => {
    const { url, key } = await makeTenant(postgresql?.serverUrl ?? '')
    const { until, output, child, ended } = spawnCli(['start', '--port', '0'], {
      ...withoutRateLimits,
      ...{ DATABASE_URL: url, LOG_LEVEL: 'error', POOL_SIZE: '10', ACCESS_MEMORY_MS: '0' },
    })
    await until('http://')
    const origin = /http:\/\/\S+:\d+/.exec(output.stdout)?.[0] ?? ''
    const statuses = new Map<number, number>()
    let over = false
    const ask = async (number: number) => {
      const path = `${origin}/api/v1/org/acme/ws/main/sessions`
      const init =
        number % 2 === 0
          ? {}
          : { method: 'POST', body: JSON.stringify({ id: crypto.randomUUID(), model: 'm' }) }
      const headers = { 'x-api-key': key, 'content-type': 'application/json' }
      const answer = await fetch(number % 3 === 0 ? `${path}/facets` : path, {
        ...(number % 3 === 0 ? {} : init),
        headers,
      })
      await answer.text()
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
    }
    const clients = Array.from({ length: 24 }, async (_, number) => {
      while (!over) await ask(number)
    })
    const killer = new pg.Client({ connectionString: url, application_name: 'killer' })
    await killer.connect()
    onTestFinished(() => killer.end())
    for (const begunAt = performance.now(); performance.now() - begunAt < 5000; await sleep(10))
      await killer.query(`select pg_terminate_backend(pid) from pg_stat_activity
        where application_name = 'session-gateway' and datname = current_database()`)
    over = true
    await Promise.all(clients)
    expect([...statuses.keys()].filter((status) => ![200, 409, 502, 504].includes(status))).toEqual([])
    expect(statuses.get(200)).toBeGreaterThan(0)
    expect(statuses.get(502)).toBeGreaterThan(0)
    for (let number = 0; number < 12; number++) await ask(number)
    expect(output.stderr).toBe('')
    child.kill('SIGTERM')
    expect(await ended).toBe(0)
  },
)
