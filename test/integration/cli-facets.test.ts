import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cli, emptyStoreSettings, temporaryFolder } from '../support/cli.js'

test('facets verify compares columns with a plain count, workspace by workspace', async () => {
  const settings = await emptyStoreSettings()
  const facets = (...args: string[]) => cli(['facets', ...args], settings)
  await cli(['seed', '--sessions', '50', '--workspace', 'acme/main'], settings)
  await cli(['seed', '--sessions', '10', '--workspace', 'acme/other'], settings)

  expect(await facets('verify')).toEqual({
    code: 0,
    stdout: 'acme/main: exact\nacme/other: exact\n',
    stderr: '',
  })
  expect((await facets('verify', '--workspace', 'acme/other')).stdout).toBe('acme/other: exact\n')
  expect(await facets('verify', '--workspace', 'acme/nowhere')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is no workspace acme/nowhere in this store; workspaces list shows them.\n',
  })
  expect((await facets('verify', '--workspace', 'acme')).code).toBe(2)
  // What passes over all sessions is not held to what callers wait for.
  const hasty = { ...settings, STATEMENT_TIMEOUT_MS: '1' }
  expect((await cli(['facets', 'verify'], hasty)).code).toBe(0)
  expect((await cli(['seed', '--sessions', '60', '--workspace', 'acme/main'], hasty)).code).toBe(0)
}, 180_000)

test('facets verify makes no store where there is none', async () => {
  const folder = join(await temporaryFolder(), 'none')
  expect(await cli(['facets', 'verify', '--data', folder], {})).toEqual({
    code: 1,
    stdout: '',
    stderr: `There is no store in ${folder}; start and migrate make one.\n`,
  })
  expect(existsSync(folder)).toBe(false)
})
