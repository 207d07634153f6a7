import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { foreignFile } from './foreign-file.js'

const tar = Buffer.concat([Buffer.alloc(257, 'x'), Buffer.from('ustar')])

test.each<[string, Uint8Array, RegExp | null]>([
  ['gzip', gzipSync('{}'), /^packed by gzip/],
  ['a zip archive', Buffer.from('PK\u0003\u0004rest'), /^a zip archive/],
  ['a tar archive', tar, /^a tar archive/],
  ['a database', Buffer.from('SQLite format 3\0'), /^an SQLite database/],
  ['HTML', Buffer.from('\n<!DOCTYPE html>'), /HTML/],
  ['bytes', Buffer.from([1, 0, 2, 0]), /^a binary file/],
  ['UTF-16 with its mark', Buffer.from('\uFEFF{}', 'utf16le'), null],
  ['JSON', Buffer.from('{"<html>": 1}'), null],
  ['Latin-1', Buffer.from('{"caf\u00e9": 1}', 'latin1'), null],
  ['nothing', new Uint8Array(), null],
])('tells %s by its beginning', (_name, start, expected) => {
  if (expected === null) expect(foreignFile(start)).toBeNull()
  else expect(foreignFile(start)).toMatch(expected)
})
