import { describe, expect, test } from 'vitest'
import { type Sql, sql } from '../db/sql.js'
import { byName, byTime, type Keyset, nameCursor, readPage, timeCursor } from './keyset.js'
import type { CursorValue, PageRequest } from './page.js'

const id = '5e550000-0000-4000-8000-000000000001'
const size = { usual: 2, most: 3 }
const slugs = byName('n', 'slug')
const newest: Keyset = { ...byTime('k'), isDescending: true }

/** What follows `from` for a page, and the page of these rows. */
async function ask(request: PageRequest, keyset: Keyset, conditions: Sql[] = [], rows = ['a', 'b', 'c']) {
  let rest = sql``
  const page = await readPage(request, size, keyset, conditions, async (asked) => {
    rest = asked
    return rows
  })
  return { text: rest.text, values: rest.values, page }
}

describe('a page', () => {
  test('without a request is the first rows, one more than it shows, in the order of the keyset', async () => {
    expect(await ask({}, slugs)).toEqual({
      text: 'where true order by n.slug collate "C" asc, n.id asc limit $1::int',
      values: [3],
      page: { rows: ['a', 'b'], hasNextPage: true, hasPreviousPage: false },
    })
    expect((await ask({}, newest)).text).toContain('order by k.created_at desc, k.id desc')
  })

  test('lies behind `after` and before `before`, beside the conditions', async () => {
    const [after, before] = [nameCursor('a', id), nameCursor('z', id)]
    expect(await ask({ first: 1, after, before }, slugs, [sql`n.own = ${7}`])).toMatchObject({
      text: 'where n.own = $1 and (n.slug collate "C", n.id) > ($2, $3::uuid) and (n.slug collate "C", n.id) < ($4, $5::uuid) order by n.slug collate "C" asc, n.id asc limit $6::int',
      values: [7, 'a', id, 'z', id, 2],
    })
  })

  test('of a descending list turns both round, and so does one from its end', async () => {
    const cursor = timeCursor({ createdAt: new Date(5), id })
    const behind = await ask({ after: cursor }, newest)
    expect(behind.text).toContain(
      '(k.created_at, k.id) < ($1::timestamptz, $2::uuid) order by k.created_at desc',
    )
    expect(behind.values).toEqual([new Date(5), id, 3])
    const last = await ask({ last: 1, before: cursor }, newest)
    expect(last.text).toContain(
      '(k.created_at, k.id) > ($1::timestamptz, $2::uuid) order by k.created_at asc',
    )
    expect(last.page).toEqual({ rows: ['a'], hasNextPage: true, hasPreviousPage: true })
    expect((await ask({ last: 2 }, slugs)).text).toContain('order by n.slug collate "C" desc, n.id desc')
  })

  test('longer than the list gives, or behind no cursor of it, is refused where that stands', async () => {
    const issue = (path: string) => ({ details: { issues: [{ path: [path] }] } })
    await expect(ask({ first: 4 }, slugs)).rejects.toMatchObject(issue('first'))
    await expect(ask({ after: 'nonsense' }, slugs)).rejects.toMatchObject(issue('after'))
    await expect(ask({ before: timeCursor({ createdAt: new Date(5), id }) }, slugs)).rejects.toMatchObject(
      issue('before'),
    )
  })
})

test.each<[string, Keyset, CursorValue[]]>([
  ['no name', slugs, [5, id]],
  ['a name that cannot be stored', slugs, ['a\0', id]],
  ['a name without an id', slugs, ['a']],
  ['a name with an id that is none', slugs, ['a', 'b']],
  ['a name with a number', slugs, ['a', 5]],
  ['more than a name and an id', slugs, ['a', id, null]],
  ['no moment', newest, ['5', id]],
  ['a moment without an id', newest, [5]],
  ['a moment with an id that is none', newest, [5, 'b']],
  ['a moment with a number', newest, [5, 5]],
  ['more than a moment and an id', newest, [5, id, id]],
])('a cursor of %s is of no list', (_name, { read }, values) => {
  expect(read(values)).toBeNull()
})
