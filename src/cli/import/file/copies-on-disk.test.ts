import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import sqlite from 'node-sqlite3-wasm'
import { afterAll, expect, test, vi } from 'vitest'
import { withDatabase } from './database-copy.js'
import { findSourceFile, openJsonFile } from './source-file.js'
import { spool } from './spool.js'

const folder = mkdtempSync(join(tmpdir(), 'session-gateway-copies-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const names = () => readdirSync(folder).filter((name) => name.startsWith('session-gateway-'))

test.skipIf(process.platform !== 'linux')(
  'a database and what waits beside it are read from copies without a name',
  () => {
    vi.stubEnv('TMPDIR', folder)
    const path = join(folder, 'notes.db')
    const owner = new sqlite.Database(path)
    owner.exec('pragma locking_mode = exclusive; pragma journal_mode = wal; pragma wal_autocheckpoint = 0')
    owner.exec('create table note (text text)')
    owner.exec('begin')
    for (let index = 0; index < 300; index += 1)
      owner.run('insert into note values (?)', [`${index} `.repeat(200)])
    owner.exec('commit')
    expect(existsSync(`${path}-wal`)).toBe(true)
    const texts: string[] = []
    for (const { text } of withDatabase(findSourceFile(path), ({ each }) =>
      each('select text from note order by text desc'),
    )) {
      expect(names()).toEqual([])
      texts.push(String(text))
    }
    expect(texts).toHaveLength(300)
    expect(names()).toEqual([])
    owner.close()
  },
)

test.skipIf(process.platform !== 'linux')(
  'what comes from a pipe is read, more than once, from a copy without a name',
  async () => {
    vi.stubEnv('TMPDIR', folder)
    const { file, remove } = await spool(
      Readable.from(['{"a":1}\n', '{"a":2}\n']),
      'stdin',
      AbortSignal.any([]),
    )
    expect(names()).toEqual([])
    for (let time = 0; time < 2; time += 1) {
      const values = [...openJsonFile(file).records(() => {})].map(({ value }) => value)
      expect(values).toEqual([{ a: 1 }, { a: 2 }])
    }
    await remove()
  },
)
