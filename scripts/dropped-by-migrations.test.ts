import { expect, test } from 'vitest'
import { readMigrations } from '../src/db/migration-files.js'
import { findTakenEarly } from './dropped-by-migrations.js'

const raise = { name: '20990101000000_raise', script: `UPDATE "least_gateway" SET "version" = '1.2.0';` }
const drop = (script: string) => ({ name: '20990201000000_drop', script })

test('no migration takes away what gateways that run may still read', async () => {
  expect(findTakenEarly(await readMigrations())).toEqual([])
})

test.each([
  'DROP TABLE "a";',
  'ALTER TABLE a DROP COLUMN b;',
  'ALTER TABLE a RENAME COLUMN b TO c;',
  'alter table a alter column b type int;',
])('%s says since when it is unread, and comes a release later', (script) => {
  expect(findTakenEarly([raise, drop(script)])).toEqual([expect.stringContaining('takes a line')])
  const said = `-- Unread since 1.2.0, when b went.\n${script}`
  expect(findTakenEarly([raise, drop(said)])).toEqual([])
  expect(findTakenEarly([drop(said)])).toEqual([expect.stringContaining('comes too early')])
  // Raising it in the same script is too late: whoever runs has started before.
  expect(findTakenEarly([drop(`${said}\n${raise.script}`)])).toHaveLength(1)
})

test('what is added, and indexes, may come and go', () => {
  const script = 'ALTER TABLE a ADD COLUMN b int; DROP INDEX c; -- DROP TABLE d\nDROP TRIGGER e ON a;'
  expect(findTakenEarly([drop(script)])).toEqual([])
})
