import { expect, test } from 'vitest'
import { prepareRows } from './prepare.js'
import type { SourceHead, SourceMessage } from './source.js'

const head: SourceHead = {
  ...{ name: 's', identity: { by: 'content', beside: [] }, title: null, agent: null, model: 'm' },
  ...{ origin: 'USER', labels: {} },
}
const how = { times: true, now: Date.UTC(2030, 0, 1), isCounted: () => false }
const refusalOf = (message: SourceMessage) => [...prepareRows(head, [message], how)][0]?.refusal

test.each([
  ['letters', 'z'.repeat(17_000_000), '17.0'],
  ['characters of three bytes', '€'.repeat(6_000_000), '18.0'],
  ['characters that are escaped', '\u0001'.repeat(3_000_000), '18.0'],
])('a row of %s that no request brings is refused before, by its place', (_what, content, megabytes) => {
  expect(refusalOf({ role: 'USER', content, at: 'line 7' })).toBe(
    `line 7: with ${megabytes} MB it is larger than 16.8 MB, which is as much as one request brings`,
  )
})

test('a row that one request brings is not refused, nor are arguments', () => {
  expect(refusalOf({ role: 'USER', content: 'z'.repeat(16_700_000) })).toBeNull()
  const calls = (size: number) => [{ id: 'c', name: 'n', arguments: 'z'.repeat(size) }]
  expect(refusalOf({ role: 'ASSISTANT', content: '', toolCalls: calls(9_000_000) })).toBeNull()
  expect(refusalOf({ role: 'ASSISTANT', content: '', toolCalls: calls(17_000_000) })).toContain(
    'message 1: with',
  )
})
