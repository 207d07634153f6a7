import { readFileSync } from 'node:fs'
import { beforeAll, describe, expect, test } from 'vitest'
import type { Gateway } from '../../src/app.js'
import { readTables } from '../docs/markdown.js'
import { callRest, openTestGateway } from '../support/rest-client.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

const append = `mutation Append($input: AppendTranscriptInput!) {
  appendTranscript(input: $input) { appendedCount }
}`
const listed = readTables(readFileSync('docs/contracts/dreadnode.md', 'utf8'), 'what refuses a row')

/** A message as the workspace API takes it; the same for GraphQL is made from it. */
type Row = Record<string, unknown>

const call = { id: 'c1', name: 'ls', arguments: '{}' }
const calls = (count: number) => Array.from({ length: count }, () => call)
const nested = (levels: number): object => (levels === 1 ? {} : { a: nested(levels - 1) })
const uuid = '5e551000-0000-4000-8000-000000000001'
const tokens = ['input_tokens', 'output_tokens', 'cache_read_input_tokens', 'cache_creation_input_tokens']

/** By the first cell of the contract's table: rows that are taken at the bound, and rows that are refused beyond it. */
const cases: Record<string, { taken: Row[]; refused: Row[] }> = {
  role: {
    taken: ['user', 'assistant', 'tool', 'system'].map((role) => ({ role })),
    refused: [{ role: 'bot' }, { role: '' }, { role: null }, { role: undefined }, { role: 5 }],
  },
  'id, parent_id': {
    taken: [{ id: uuid }, { parent_id: uuid.toUpperCase() }, { id: null, parent_id: null }],
    refused: [{ id: 'x' }, { id: `${uuid}0` }, { parent_id: 'x' }, { parent_id: 5 }],
  },
  'tool_call_id, id of a call': {
    taken: [
      { role: 'tool', tool_call_id: 'ü'.repeat(256) },
      { tool_calls: [{ ...call, id: 'ü'.repeat(256) }] },
    ],
    refused: ['x'.repeat(257), 'a\u0000', '\ud800'].flatMap((id) => [
      { role: 'tool', tool_call_id: id },
      { tool_calls: [{ ...call, id }] },
    ]),
  },
  tool_calls: {
    taken: [{ tool_calls: calls(1000) }, { tool_calls: [] }, { tool_calls: null }],
    refused: [{ tool_calls: calls(1001) }, { tool_calls: [{ id: 'c', name: 'ls' }] }, { tool_calls: 'ls' }],
  },
  metadata: {
    taken: [{ metadata: nested(200) }, { metadata: { text: 'x'.repeat(300_000) } }, { metadata: null }],
    refused: [{ metadata: nested(201) }, { metadata: [] }, { metadata: 'text' }],
  },
  'token counts of usage': {
    taken: tokens.map((name) => ({ usage: { [name]: 2_147_483_647 } })),
    refused: tokens.flatMap((name) =>
      [-1, 1.5, 2_147_483_648, '7'].map((value) => ({ usage: { [name]: value } })),
    ),
  },
  'cost_usd of usage': {
    taken: [{ usage: { cost_usd: 1_000_000 } }, { usage: { cost_usd: 0 } }, { usage: { cost_usd: null } }],
    refused: [
      { usage: { cost_usd: -0.01 } },
      { usage: { cost_usd: 1_000_000.01 } },
      { usage: { cost_usd: '1' } },
    ],
  },
  content: {
    taken: [{ content: '' }, { content: 'a\u0000b\ud800' }, { content: 'x'.repeat(2_000_000) }],
    refused: [{ content: 5 }, { content: null }, { content: ['x'] }],
  },
}

let gateway: Gateway
let seeded: SeededWorkspace
beforeAll(async () => {
  gateway = await openTestGateway()
  seeded = await seedWorkspace()
})

/** `tool_call_id` as GraphQL has it: `toolCallId`. */
function toGraphql(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(toGraphql)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value).map(([key, member]) => {
      const name = key.replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())
      if (key === 'role' && typeof member === 'string') return [name, member.toUpperCase()]
      return [name, key === 'metadata' ? member : toGraphql(member)]
    }),
  )
}

/** Whether each face takes the row, appended behind a good one to a session of its own, and how many rows are there then. */
async function outcomes(row: Row) {
  const rows = [
    { role: 'user', content: 'good' },
    { role: 'assistant', ...row },
  ]
  const [first, second] = [await saveSession(seeded, seeded.bob), await saveSession(seeded, seeded.bob)]
  const path = `/api/v1/org/${seeded.place.organization}/ws/main/sessions/`
  const headers = { authorization: `Bearer ${seeded.bob.key}` }
  const json = { messages: rows }
  const { status } = await callRest(gateway.rest, `${path}${first}/transcript`, {
    method: 'POST',
    json,
    headers,
  })
  const input = { ...seeded.place, id: second, messages: toGraphql(rows) }
  const { errors } = await seeded.bob.graphql(append, { input })
  const counts = await Promise.all(
    [first, second].map(
      async (id) => (await callRest(gateway.rest, path + id, { headers })).body.message_count,
    ),
  )
  return { rest: status, graphql: errors === undefined ? 'taken' : 'refused', counts }
}

test('the contract lists what refuses a row, and each has its cases', () => {
  expect(listed.map(([what]) => what)).toEqual(Object.keys(cases))
})

describe.each(Object.entries(cases))('%s', (_what, { taken, refused }) => {
  test('is taken at its bounds by both faces', async () => {
    for (const row of taken)
      expect(await outcomes(row), show(row)).toEqual({ rest: 200, graphql: 'taken', counts: [2, 2] })
  })

  test('is refused beyond them by both faces, and nothing of the call is stored', async () => {
    for (const row of refused)
      expect(await outcomes(row), show(row)).toEqual({ rest: 422, graphql: 'refused', counts: [0, 0] })
  })
})

const show = (row: Row) => JSON.stringify(row).slice(0, 100)
