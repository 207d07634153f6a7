import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readMigrations } from '../../src/db/migration-files.js'

/** Where sessions began to tell of their changes. */
const EVENTS = '20261123033000_session_events'

test('a migration that rewrites sessions tells nobody of it', async () => {
  const rewriting = (await readMigrations())
    .filter(({ name }) => name > EVENTS)
    .map(({ name }) => ({ name, text: readFileSync(`prisma/migrations/${name}/migration.sql`, 'utf8') }))
    // Bodies of functions run later.
    .map(({ name, text }) => ({ name, text: text.replace(/\$\$.*?\$\$/gs, '') }))
    .filter(({ text }) => /^update "?sessions"?/im.test(text))

  expect(rewriting.length).toBeGreaterThanOrEqual(2)
  for (const { name, text } of rewriting)
    expect(text, name).toMatch(
      /alter table "sessions" disable trigger user;.*^update "?sessions"?.*alter table "sessions" enable trigger user;/ims,
    )
})
