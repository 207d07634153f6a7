import { expect, test } from 'vitest'
import { withStore } from '../../src/cli/store.js'
import { type Store, sql } from '../../src/db/prisma.js'
import { foldFacets } from '../../src/domain/facets/roll-up/fold.js'
import { cli, emptyStoreSettings } from '../support/cli.js'

test('facets verify names what differs and ends with 1, and facets rebuild mends it', async () => {
  const settings = await emptyStoreSettings()
  const facets = (...args: string[]) => cli(['facets', ...args], settings)
  await cli(['seed', '--sessions', '50', '--workspace', 'acme/main'], settings)
  await cli(['seed', '--sessions', '10', '--workspace', 'acme/other'], settings)
  expect(await facets('verify')).toEqual({
    code: 0,
    stdout: 'acme/main: exact\nacme/other: exact\n',
    stderr: '',
  })

  await onStore(settings, async (store) => {
    while ((await foldFacets(store, { limit: 1000 })) > 0);
    await store.$executeRaw(sql`
      update facet_values v set count = count + 1 from workspaces w
      where w.id = v.workspace_id and w.slug = 'main' and dimension = 'labels' and starts_with(value, 'env:')`)
  })

  const found = await facets('verify')
  expect(found.code).toBe(1)
  expect(found.stdout).toMatch(
    /^acme\/main: \d+ rows differ\n {2}facet_values \{.*"value": "env:.*\}: \d+ rolled up, \d+ counted\n/,
  )
  expect(found.stdout).toMatch(/\nacme\/other: exact\n$/)
  expect(found.stderr).toBe(
    'The roll-ups of one workspace differ from a plain count; facets rebuild mends them.\n',
  )
  expect((await facets('verify', '--workspace', 'acme/other')).code).toBe(0)

  const mended = await facets('rebuild', '--workspace', 'acme/main')
  expect(mended).toMatchObject({ code: 0, stderr: '' })
  expect(mended.stdout).toMatch(/^acme\/main: \d+ rows written in \d+\.\d s\n$/)
  expect((await facets('verify')).code).toBe(0)
  expect(await facets('verify', '--workspace', 'acme/nowhere')).toEqual({
    code: 1,
    stdout: '',
    stderr: 'There is no workspace acme/nowhere.\n',
  })
  expect((await facets('rebuild', '--workspace', 'acme')).code).toBe(2)
})

async function onStore(
  settings: Record<string, string>,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  const before = process.env
  process.env = { ...before, ...settings }
  try {
    await withStore({}, ({ store }) => work(store))
  } finally {
    process.env = before
  }
}
