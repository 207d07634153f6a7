import { randomUUID } from 'node:crypto'
import { beforeAll, expect, test } from 'vitest'
import { type DreadnodeWorld, type Person, seedDreadnodeWorld } from '../../support/rest-dreadnode-world.js'

let world: DreadnodeWorld
beforeAll(async () => {
  world = await seedDreadnodeWorld()
})

/** The sessions of a list as S1 … S8, in order. */
async function list(caller: Person, query: string): Promise<string[]> {
  const { status, body } = await world.ask(caller, `/sessions${fill(query)}`)
  expect([status, body.errors]).toEqual([200, undefined])
  return body.sessions.map(({ id }: { id: string }) => `S${world.ids.indexOf(id)}`)
}

function fill(query: string): string {
  return query.replace(/\{(\w+)\}/g, (_, name: string) =>
    name in world.users ? world.users[name as Person] : world.projects[name as 'P1'],
  )
}

const words = (text: string) => text.split(' ').filter(Boolean)

test.each<[string, Person, string, string]>([
  ['1: everything visible and active, newest update first', 'bob', '', 'S8 S6 S3 S2 S1'],
  ['2: private sessions of others are not there', 'cat', '', 'S8 S6 S4 S3 S2'],
  ['3: an ADMIN sees no private session of others', 'ana', '', 'S8 S6 S3 S2'],
  ['4: archived ones only', 'bob', '?archived=archived', 'S7'],
  ['4: archived and active', 'bob', '?archived=any', 'S8 S7 S6 S3 S2 S1'],
  [
    '5: workload sessions on request (SES-LST-009)',
    'bob',
    '?include_workload_sessions=true',
    'S8 S6 S5 S3 S2 S1',
  ],
  ['6: a workload origin alone shows none (SES-LST-009)', 'bob', '?origin=eval', ''],
  ['6: a workload origin on request', 'bob', '?origin=eval&include_workload_sessions=1', 'S5'],
  ['7: origins combine with OR (SES-LST-015)', 'bob', '?origin=user&origin=worker', 'S8 S6 S3 S2 S1'],
  ['8: a label (SES-LBL-050)', 'bob', '?label=env:prod', 'S3 S1'],
  ['9: labels of one key combine with OR', 'bob', '?label=env:prod&label=env:dev', 'S6 S3 S2 S1'],
  ['10: labels of several keys combine with AND', 'bob', '?label=env:prod&label=team:infra', 'S1'],
  ['11: OR within a key, AND across keys', 'bob', '?label=env:dev&label=env:prod&label=team:core', 'S3 S1'],
  ['12: reserved labels filter like any other', 'bob', '?label=worker:nightly', 'S6'],
  ['14: agent and model combine with AND', 'bob', '?agent=coder&model=m-small', 'S2'],
  ['14: projects combine with OR (SES-LST-006)', 'bob', '?project_id={P1}&project_id={P2}', 'S8 S6 S3 S2 S1'],
  ['15: an owner never widens what is visible', 'bob', '?user_id={cat}', 'S6 S3'],
  ['16: user_id and user must both hold', 'bob', '?user_id={bob}&user={cat}', ''],
  ['16: user_id among user', 'bob', '?user_id={cat}&user={cat}&user={bob}', 'S6 S3'],
  ['17: search ignores case (SES-LST-007)', 'bob', '?search=LOGIN', 'S2 S1'],
  ['18: search looks into label values', 'bob', '?search=infra', 'S1'],
  ['18: a percent sign means itself', 'bob', '?search=%25', 'S3'],
  ['20: the second page', 'bob', '?limit=2&page=2', 'S3 S2'],
  ['22: ties by id descending', 'bob', '?sort_by=message_count&sort_dir=asc', 'S6 S3 S2 S1 S8'],
  ['23: nulls last ascending', 'bob', '?sort_by=last_message_at&sort_dir=asc', 'S1 S2 S3 S8 S6'],
  ['23: nulls last descending', 'bob', '?sort_by=last_message_at&sort_dir=desc', 'S8 S3 S2 S1 S6'],
  ['1.3: of a plain parameter that is repeated the last counts', 'bob', '?limit=1&limit=3', 'S8 S6 S3'],
  ['1.3: booleans in any spelling and case', 'bob', '?include_workload_sessions=Off', 'S8 S6 S3 S2 S1'],
  ['1.3: integers with a sign', 'bob', '?limit=%2B2', 'S8 S6'],
  ['1.2: a uuid in any case, without hyphens', 'bob', '?user_id={CAT}', 'S6 S3'],
  ['1.2: unknown parameters are ignored', 'bob', '?colour=blue&cursor=x', 'S8 S6 S3 S2 S1'],
  ['4.1: search is trimmed, and empty is no filter', 'bob', '?search=%20%20', 'S8 S6 S3 S2 S1'],
  ['4.1: unknown ids match nothing', 'bob', '?agent=nobody', ''],
])('%s', async (_rule, caller, query, expected) => {
  const filled = query.replace('{CAT}', world.users.cat.replaceAll('-', '').toUpperCase())
  expect(await list(caller, filled)).toEqual(words(expected))
})

test.each([
  [
    '1: the first page',
    '',
    { total: 5, page: 1, limit: 20, total_pages: 1, has_next: false, has_previous: false },
  ],
  ['6: nothing found', '?origin=eval', { total: 0, total_pages: 0, has_next: false, has_previous: false }],
  ['7: a total over all pages', '?origin=user&origin=worker', { total: 5 }],
  ['14: a total under a filter', '?project_id={P1}&project_id={P2}', { total: 5 }],
  ['16: no total without a match', '?user_id={bob}&user={cat}', { total: 0 }],
  [
    '20: pages on both sides',
    '?limit=2&page=2',
    { total: 5, total_pages: 3, has_next: true, has_previous: true },
  ],
  ['21: past the end', '?limit=2&page=9', { sessions: [], total: 5, has_next: false, has_previous: true }],
])('%s', async (_rule, query, expected) => {
  const { status, body } = await world.ask('bob', `/sessions${fill(query)}`)
  expect(status).toBe(200)
  expect(body).toMatchObject(expected)
})

test.each<[string, string, [string, (string | number)[]][]]>([
  ['13: a label without a colon', '?label=env', [['value_error', ['query', 'label', 0]]]],
  [
    '13: a label key outside the pattern',
    '?label=env:prod&label=Env:prod',
    [['value_error', ['query', 'label', 1]]],
  ],
  ['13: a label without a value', '?label=env:', [['value_error', ['query', 'label', 0]]]],
  [
    '19: a search of 201 characters',
    `?search=${'x'.repeat(201)}`,
    [['string_too_long', ['query', 'search']]],
  ],
  ['24: a limit of 101', '?limit=101', [['less_than_equal', ['query', 'limit']]]],
  ['24: an unknown archived state', '?archived=inactive', [['enum', ['query', 'archived']]]],
  [
    '25: two violations',
    '?limit=x&page=0',
    [
      ['int_parsing', ['query', 'limit']],
      ['greater_than_equal', ['query', 'page']],
    ],
  ],
  ['26: a project that is no uuid', '?project_id=p1', [['uuid_parsing', ['query', 'project_id', 0]]]],
  [
    '1.3: a boolean that is none',
    '?include_workload_sessions=maybe',
    [['bool_parsing', ['query', 'include_workload_sessions']]],
  ],
  ['1.3: 51 repeats', `?${'agent=a&'.repeat(51)}`, [['too_long', ['query', 'agent']]]],
  ['1.2: U+0000', '?search=%00', [['value_error', ['query', 'search']]]],
  [
    '4.1: an unknown sort key',
    '?sort_by=title&sort_dir=up',
    [
      ['enum', ['query', 'sort_by']],
      ['enum', ['query', 'sort_dir']],
    ],
  ],
  [
    '1.7: an agent of 256 characters',
    `?agent=${'é'.repeat(256)}`,
    [['string_too_long', ['query', 'agent', 0]]],
  ],
  ['4.1: an origin that is none', '?origin=user&origin=bot', [['enum', ['query', 'origin', 1]]]],
])('%s is 422', async (_rule, query, expected) => {
  const { status, body } = await world.ask('bob', `/sessions${query}`)
  expect(status).toBe(422)
  expect(body.errors.map(({ type, loc }: { type: string; loc: string[] }) => [type, loc])).toEqual(expected)
  const more = expected.length > 1 ? ` (and ${expected.length - 1} more)` : ''
  expect(body).toMatchObject({ code: 422, type: 'validation_error' })
  expect(body.detail).toBe(`${body.errors[0].loc.join('.')}: ${body.errors[0].msg}${more}`)
})

test('99: a search looks into previews', async () => {
  const id = randomUUID()
  await world.ask('bob', '/sessions', { method: 'POST', json: { id, model: 'm' } })
  const messages = [{ role: 'user', content: 'Wo bleibt das ÜBERPRÜFTE Straßenschild?' }]
  await world.ask('bob', `/sessions/${id}/transcript`, { method: 'POST', json: { messages } })
  for (const text of ['überprüfte', 'STRASSENSCHILD', 'ÜB'])
    expect(
      (await world.ask('bob', `/sessions?search=${encodeURIComponent(text)}`)).body.sessions,
    ).toMatchObject([{ id }])
  await world.ask('bob', `/sessions/${id}`, { method: 'DELETE' })
})
