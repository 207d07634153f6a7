import { setTimeout as sleep } from 'node:timers/promises'
import { beforeEach, describe, expect, inject, onTestFinished, test } from 'vitest'
import { startGateway } from '../../src/cli/serve.js'
import { readConfig } from '../../src/config/read.js'
import { setLogLevel } from '../../src/log.js'
import { databaseName } from '../support/databases.js'
import { eventually } from '../support/eventually.js'
import { withoutRateLimits } from '../support/listening-gateway.js'
import { expectNoLoggedErrors } from '../support/logged-errors.js'
import { startPgbouncer, whyNoPgbouncer } from '../support/pgbouncer.js'
import { whyNoCluster } from '../support/postgresql.js'
import { administer, keepSaving, makeReplicaWorld } from '../support/replica-world.js'

const skipped = inject('postgresql') === null ? 'on the embedded store' : (whyNoCluster() ?? whyNoPgbouncer())

describe.skipIf(skipped !== null)('a pooler that is killed', () => {
  beforeEach(expectNoLoggedErrors)

  test('under eight writers loses nothing that was acknowledged, and once it is started service is back by itself', async () => {
    const world = await makeReplicaWorld(0, { synchronous_commit: 'on' })
    onTestFinished(world.stop)
    const pooler = await startPgbouncer(world.primary.url)
    onTestFinished(pooler.stop)
    setLogLevel('silent')
    const url = new URL(pooler.url)
    url.pathname = databaseName(world.url)
    const env = { DATABASE_URL: url.href, DIRECT_DATABASE_URL: world.url, CONNECT_TIMEOUT_MS: '2000' }
    const gateway = await startGateway(
      readConfig({ ...withoutRateLimits, PORT: '0', LOG_LEVEL: 'silent', ACCESS_MEMORY_MS: '0', ...env }),
      { migrate: true },
    )
    onTestFinished(gateway.close)

    const { acknowledged, answers, stop } = keepSaving(gateway, world.key)
    for (let time = 0; time < 2; time++) {
      const before = acknowledged.length
      await eventually(() => acknowledged.length).toBeGreaterThan(before + 50)
      await pooler.kill()
      await eventually(() => answers.has(502)).toBe(true)
      await sleep(300)
      await pooler.start()
    }
    const atStart = acknowledged.length
    await eventually(() => acknowledged.length).toBeGreaterThan(atStart + 50)
    await stop()

    expect([...answers].filter((status) => ![200, 502, 504].includes(status))).toEqual([])
    const kept = new Set((await administer(world.url, 'select id::text from sessions')).map(({ id }) => id))
    expect(acknowledged.filter((id) => !kept.has(id))).toEqual([])
  })
})
