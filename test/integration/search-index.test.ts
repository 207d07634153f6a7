import { expect, test } from 'vitest'
import { type Sql, sql } from '../../src/db/sql.js'
import { searchCondition, titleCondition } from '../../src/domain/session/search.js'
import { openTestStore } from '../support/store.js'

/** How PostgreSQL finds the sessions when reading the whole table is the last resort. */
async function explain(condition: Sql): Promise<string> {
  const { store } = await openTestStore()
  return store.$transaction(async (db) => {
    // A cluster has its nodes know of that; elsewhere the name is nobody's.
    await db.$executeRaw(sql`set local citus.propagate_set_commands = 'local'`)
    await db.$executeRaw(sql`set local enable_seqscan = off`)
    const lines = await db.$queryRaw<object[]>(sql`explain select s.id from sessions s where ${condition}`)
    return lines.flatMap((line) => Object.values(line)).join('\n')
  })
}

test.each([
  ['a text anywhere', searchCondition({ text: 'login' })],
  ['a text in some fields', searchCondition({ text: '100%_done', fields: ['TITLE', 'LABELS'] })],
  ['words of a title', titleCondition(['fix', 'login'])],
  ['letters above ASCII, whatever the locale', searchCondition({ text: 'ΟΔΟΣ' })],
])('the trigram index serves %s', async (_name, condition) => {
  expect(await explain(condition)).toContain('Index Scan on sessions_search_idx')
})

test('a text without a trigram does without the index, which would give every session', async () => {
  expect(await explain(searchCondition({ text: 'a%' }))).not.toContain('sessions_search_idx')
})

test('the searched text holds every text once, folded, and the values of labels without their keys', async () => {
  const { store } = await openTestStore()
  const textOf = async (title: string | null, labels: (string | null)[] | null) => {
    const [row] = await store.$queryRaw<{ text: string }[]>(
      sql`select with_trigram_key(fold_text(session_search_text(${title}::text, 'P', null, 'm', ${labels}::text[]))) as text`,
    )
    return row?.text.split('\u001f')
  }
  expect(await textOf('T', ['k:V:w', 'plain', 'empty:'])).toEqual(['t', 'p', '', 'm', 'v:w', 'plain', ''])
  expect(await textOf(null, [])).toEqual(['', 'p', '', 'm'])
  expect(await textOf('t\u001f\u001d', null)).toEqual(['t\u001e\u001e', 'p', '', 'm'])
  expect(await textOf('t', [null, 'k:v', null])).toEqual(['t', 'p', '', 'm', 'v'])
  expect(await textOf('Ü', [])).toEqual(['ü', 'p', '', 'm\u001dS', 'p', '', 'm'])
})
