import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { expect, inject, onTestFinished, test } from 'vitest'
import { cli, emptyStoreSettings, spawnCli } from '../support/cli.js'

const embedded = inject('postgresql') === null

test.skipIf(embedded)(
  'a gateway starts on a store that takes no writes, though policies of readers are of another version',
  async () => {
    const settings = await emptyStoreSettings()
    await cli(['migrate'], settings)
    const client = new pg.Client({ connectionString: settings.DATABASE_URL })
    await client.connect()
    const role = `reader_${randomUUID().slice(0, 8)}`
    await client.query(`create role ${role}`)
    onTestFinished(async () => {
      await client.query('set default_transaction_read_only = off')
      await client.query(`drop owned by ${role}`)
      await client.query(`drop role ${role}`)
      await client.end()
    })
    expect(await cli(['readers', 'allow', role], settings)).toMatchObject({ code: 0 })
    expect((await cli(['readers', 'list'], settings)).stdout).toBe(`${role}\n`)
    await client.query(`comment on policy session_gateway_reader_${role} on sessions is 'of another version'`)
    const { rows } = await client.query('select current_database() as name')
    await client.query(`alter database ${rows[0].name} set default_transaction_read_only = on`)

    const { until, output } = spawnCli(['start', '--port', '0'], { ...settings, LOG_LEVEL: 'info' })
    await until('/v1/sessions')
    expect(output.stderr).toContain('policies of readers are of another version, and could not be made anew')
    expect((await cli(['readers', 'list'], settings)).stdout).toBe(
      `${role} (by the rules of another version)\n`,
    )
  },
)

test.skipIf(!embedded)('the embedded store has no readers, and says so', async () => {
  const result = await cli(['readers', 'list'], await emptyStoreSettings())
  expect(result).toEqual({
    ...{ code: 2, stdout: '' },
    stderr: 'Readers need DATABASE_URL: nobody but the gateway reads the embedded store.\n',
  })
})
