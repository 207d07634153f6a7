import { expect, test } from 'vitest'
import { summaryOf } from './traced-store.js'

test.each([
  ['select s.id from sessions s where s.id = $1', 'select sessions'],
  ['insert into messages (id) values ($1)', 'insert messages'],
  ['with x as (select 1) update sessions set title = $1', 'update sessions'],
  ['select id from sessions s for update of s', 'select sessions'],
  ['insert into a (b) values ($1) on conflict do update set b = 1', 'insert a'],
  ['update only "sessions" set title = $1', 'update sessions'],
  ['delete from pins where user_id = $1', 'delete pins'],
  ['select $1::text', 'select'],
  ['vacuum', 'statement'],
])('a statement is told by what it does and to which table: %s', (text, told) => {
  expect(summaryOf(text)).toBe(told)
})
