import { expect, test } from 'vitest'
import { createTestYoga } from '../support/seed.js'

const listed = `query L($filter: SessionFilter) {
  workspace(organization: "a", slug: "b") { sessions(filter: $filter) { totalCount } } }`
const watched = `subscription W($filter: SessionFilter) {
  sessionEvents(organization: "a", workspace: "b", filter: $filter) { __typename } }`

async function post(query: string, filter: unknown) {
  const yoga = await createTestYoga()
  const response = await yoga.fetch('http://gateway.test/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream' },
    body: JSON.stringify({ query, variables: { filter } }),
  })
  return { status: response.status, text: await response.text() }
}

const unknown = Object.fromEntries(Array.from({ length: 5000 }, (_, number) => [`k${number}`, 1]))
const hostile: readonly [string, unknown][] = [
  ['thousands of unknown members', unknown],
  ['a long text beside unknown members', { search: 'x'.repeat(1_000_000), ...unknown }],
  ['a long name of a member', { ['k'.repeat(1_000_000)]: 1 }],
  ['long texts in place of values of an enum', { origins: Array(20).fill('x'.repeat(50_000)) }],
  ['a long text in place of a date', { updatedAfter: 'x'.repeat(1_000_000) }],
  ['thousands of wrong values', { origins: Array(5000).fill('NOPE') }],
]

test.each(hostile)(
  'variables with %s are refused in a few kilobytes, asked once or listened to',
  async (_what, filter) => {
    for (const query of [listed, watched]) {
      const { status, text } = await post(query, filter)
      expect(text.length, text.slice(0, 500)).toBeLessThan(10_000)
      expect(text).toContain('got invalid value')
      expect(text).toContain('BAD_USER_INPUT')
      expect(status).toBe(query === listed ? 400 : status)
    }
  },
)

test('what is wrong with short variables is told whole', async () => {
  const { text } = await post(listed, { nope: 'short', origins: ['NOPE'] })
  const [first] = JSON.parse(text).errors
  expect(first.message).toContain('"NOPE"')
  expect(text).toContain('short')
})
