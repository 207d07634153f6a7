import { randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import fc from 'fast-check'
import { expect, inject, onTestFinished, test } from 'vitest'
import { foldingFunction, foldingModule } from '../../scripts/case-folding.js'
import { openStore } from '../../src/db/connect.js'
import { type ModelStore, sql } from '../../src/db/sql.js'
import { searchCondition, titleCondition } from '../../src/domain/session/search.js'
import { foldText } from '../../src/rules/case-folding.js'
import { createDatabase } from '../support/databases.js'
import { openTestStore } from '../support/store.js'

test('the table and the function are what the data of Unicode makes', async () => {
  expect(await readFile('src/rules/case-folding.generated.ts', 'utf8')).toBe(foldingModule())
  const scripts = await Promise.all(
    (await readdir('prisma/migrations'))
      .sort()
      .map((name) => readFile(`prisma/migrations/${name}/migration.sql`, 'utf8').catch(() => '')),
  )
  expect(scripts.filter((script) => script.includes('FUNCTION fold_text(')).at(-1)).toContain(
    foldingFunction(),
  )
})

/** The migrated test store, and on PostgreSQL one in the locale C, whatever that of the cluster. */
async function stores(): Promise<ModelStore[]> {
  const { store } = await openTestStore()
  const postgresql = inject('postgresql')
  if (postgresql === null) return [store]
  const url = await createDatabase(
    postgresql.serverUrl,
    postgresql.prefix,
    "template0 encoding 'UTF8' lc_collate 'C' lc_ctype 'C'",
  )
  const limits = { poolSize: 2, statementTimeoutMs: 30_000, connectTimeoutMs: 10_000 }
  const opened = await openStore({ url, folder: null, ...limits })
  onTestFinished(() => opened.close())
  await opened.migrate()
  return [store, opened.store]
}

async function foldInStore(store: ModelStore, texts: readonly string[]): Promise<string[]> {
  const rows = await store.$queryRaw<{ text: string }[]>(sql`
    select fold_text(t) as text from unnest(${[...texts]}::text[]) with ordinality u(t, place) order by place`)
  return rows.map(({ text }) => text)
}

test('a store folds as the gateway does: every character alone, between marks, and any text', async () => {
  const characters = Array.from({ length: 0x110000 }, (_, code) => code)
    .filter((code) => code > 0 && (code < 0xd800 || code > 0xdfff))
    .map((code) => String.fromCodePoint(code))
    .filter((character) => /\p{L}|\p{M}|\p{N}|\p{S}/u.test(character) && !/\p{Lo}|\p{So}/u.test(character))
  const drawn = fc.sample(
    fc.array(fc.string({ unit: 'binary', maxLength: 12 }).map(withoutNul), { minLength: 50 }),
    20,
  )
  const texts = [...characters.map((one) => `\u0345${one}\u0334 ${one}`), ...drawn.flat()]
  for (const store of await stores()) expect(await foldInStore(store, texts)).toEqual(texts.map(foldText))
})

const withoutNul = (text: string) => text.replaceAll('\0', '')

test('folding follows Unicode: full foldings, alike for what looks alike, and done after once', () => {
  expect(foldText('Straße STRASSE ẞ')).toBe('strasse strasse ss')
  expect(foldText('ΟΔΟΣ')).toBe(foldText('οδος'))
  expect(foldText('İstanbul')).toBe('i\u0307stanbul')
  expect(foldText('I\u0307stanbul')).toBe('i\u0307stanbul')
  expect(foldText('PRÜFER')).toBe(foldText('pru\u0308fer'))
  expect(foldText('ΐ')).toBe(foldText('\u03aa\u0301'))
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      expect(foldText(foldText(text))).toBe(foldText(text))
      expect(foldText(text.normalize('NFD'))).toBe(foldText(text))
    }),
  )
})

test('a title is found by its own words and by its whole text, in any script, case and locale', async () => {
  const titles = [
    'ΟΔΟΣ',
    'İstanbul trip',
    'STRASSE',
    'Prüfer',
    '日本語 テスト',
    'Ωmega ﬁsh \u001f x',
    '100%_ÄÖ\\',
  ]
  const words = fc.array(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }), {
    minLength: 1,
    maxLength: 4,
  })
  const drawn = fc.sample(words, 40).map((parts) => withoutNul(parts.join(' ')))
  for (const store of await stores()) {
    for (const title of [...titles, ...drawn].filter((one) => one.trim() !== '')) {
      const own = sql`(select ${randomUUID()}::uuid as id,
        with_trigram_key(fold_text(session_search_text(${title}::text, null, null, null, null))) as search_text) s`
      const found = async (condition: Parameters<typeof holds>[2]) => holds(store, own, condition)
      for (const written of [title, title.toUpperCase(), title.normalize('NFD')]) {
        // The capital of a dotless i folds to one with a dot.
        if (foldText(written) !== foldText(title)) continue
        expect([written, await found(searchCondition({ text: written.trim() }))]).toEqual([written, true])
        const parts = written.trim().split(/\s+/)
        expect([written, await found(titleCondition(parts))]).toEqual([written, true])
      }
      expect(await found(searchCondition({ text: `${title}x` }))).toBe(false)
    }
  }
})

async function holds(
  store: ModelStore,
  from: ReturnType<typeof sql>,
  condition: ReturnType<typeof sql>,
): Promise<boolean> {
  const rows = await store.$queryRaw<unknown[]>(sql`select s.id from ${from} where ${condition}`)
  return rows.length === 1
}
