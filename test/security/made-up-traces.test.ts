import { randomBytes, randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
let world: SeededWorkspace
let key: string

beforeAll(async () => {
  gateway = await listenOnTestStore()
  world = await seedWorkspace()
  key = generateSecret()
  const { organizationId, workspaceId, bob, store } = world
  const made = { organizationId, userId: bob.userId, name: 'otel', defaultWorkspaceId: workspaceId }
  await createApiKey(store, made, key)
})
afterAll(() => gateway.close())

async function send(spans: object[]): Promise<{ status: number; text: string }> {
  const answer = await fetch(`${gateway.url}/v1/traces`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
    body: JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] }),
  })
  return { status: answer.status, text: await answer.text() }
}

const attributesOf = (told: Record<string, unknown>) =>
  Object.entries(told).map(([name, value]) => ({
    key: name,
    value: { stringValue: typeof value === 'string' ? value : JSON.stringify(value) },
  }))

function chat(conversation: string, input: unknown, spanId = '1234567890abcdef') {
  return {
    ...{ traceId: 'c'.repeat(32), spanId, name: 'chat', startTimeUnixNano: '1781293600000000000' },
    attributes: attributesOf({
      'gen_ai.operation.name': 'chat',
      'gen_ai.conversation.id': conversation,
      'gen_ai.input.messages': input,
    }),
  }
}

const says = (content: string) => [{ role: 'user', parts: [{ type: 'text', content }] }]

async function contentsOf(id: string): Promise<string[]> {
  const { data } = await world.bob.graphql(
    `query ($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) {
        transcript { edges { node { content } } } } } }`,
    { ...world.place, id },
  )
  return data.workspace.session.transcript.edges.map(({ node }: any) => node.content)
}

test('U+0000 and lone surrogates within the messages of a span are stored as U+FFFD', async () => {
  const id = randomUUID()
  expect(await send([chat(id, says('a\0b\ud800c'))])).toMatchObject({ status: 200 })
  expect(await contentsOf(id)).toEqual(['a\ufffdb\ufffdc'])
})

test('a packed body that comes in many parts leaves no listener for each', async () => {
  const warnings: Error[] = []
  const note = (warning: Error) => warnings.push(warning)
  process.on('warning', note)
  const answer = await fetch(`${gateway.url}/v1/traces`, {
    method: 'POST',
    headers: {
      ...{ 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' },
      Authorization: `Bearer ${key}`,
    },
    // Random, so that packing it makes nothing of it.
    body: gzipSync(JSON.stringify({ resourceSpans: [], text: randomBytes(9_000_000).toString('base64') })),
  })
  await answer.text()
  process.off('warning', note)
  expect(answer.status).toBe(200)
  expect(warnings).toEqual([])
})

test('of a span that is told again with other words the first ones stand, in one request and in two', async () => {
  const id = randomUUID()
  expect(await send([chat(id, says('first')), chat(id, says('second'))])).toMatchObject({ status: 200 })
  expect(await send([chat(id, says('third'))])).toMatchObject({ status: 200 })
  expect(await contentsOf(id)).toEqual(['first'])
})

const texts = fc.constantFrom(
  ...[
    '',
    'a',
    '\0',
    '\ud800',
    'x'.repeat(300),
    '__proto__',
    '\u001b[31m',
    '1e400',
    '-5',
    'null',
    '[]',
    '[[]]',
    '[null]',
  ],
  ...[says('a\0'), [{ role: 1, content: 1 }], [{ parts: [null, 1, [], { type: 1 }] }]].map((value) =>
    JSON.stringify(value),
  ),
  JSON.stringify([
    {
      role: 'assistant',
      parts: [{ type: 'tool_call', id: '\0', name: 'n'.repeat(300), arguments: { '\0': 1 } }],
    },
  ]),
  JSON.stringify([
    { role: 'tool', parts: [{ type: 'tool_call_response', id: 'a', response: { a: '\udfff' } }] },
  ]),
  JSON.stringify([
    { role: 'assistant', tool_calls: [{ id: 'a', function: { name: 'x', arguments: '{"a":"\\u0000"}' } }] },
  ]),
)

const value = fc.letrec((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    texts.map((stringValue) => ({ stringValue })),
    fc.constantFrom<object | null>(
      {},
      null,
      { stringValue: null },
      { stringValue: 5 },
      { bytesValue: 'AAA=' },
      { boolValue: true },
    ),
    fc.constantFrom('1', '-1', '99999999999999999999', 5, null, 'x').map((intValue) => ({ intValue })),
    fc.constantFrom(1.5, -1e300, 'NaN', null).map((doubleValue) => ({ doubleValue })),
    fc.array(tie('any'), { maxLength: 2 }).map((values) => ({ arrayValue: { values } })),
    fc
      .array(fc.record({ key: texts, value: tie('any') }), { maxLength: 2 })
      .map((values) => ({ kvlistValue: { values } })),
  ),
})).any

const names = [
  ...['gen_ai.input.messages', 'gen_ai.output.messages', 'gen_ai.system_instructions', 'gen_ai.agent.name'],
  ...['gen_ai.request.model', 'gen_ai.tool.name', 'gen_ai.tool.call.id', 'gen_ai.tool.call.arguments'],
  ...['gen_ai.tool.call.result', 'gen_ai.usage.input_tokens', 'gen_ai.usage.output_tokens', 'session.id'],
  ...[
    'gen_ai.prompt.0.content',
    'gen_ai.prompt.0.role',
    'llm.input_messages.0.message.content',
    'llm.cost.total',
  ],
]
const time = fc.constantFrom<unknown>(
  '0',
  '1',
  '1700000000000000000',
  '99999999999999999999999',
  '-1',
  'x',
  null,
  8.65e21,
)
const attribute = fc.record({ key: fc.constantFrom(...names), value })
const span = fc.record({
  traceId: fc.constantFrom<unknown>('c'.repeat(32), 'd'.repeat(32), 'f'.repeat(5000), 'AAAA', '', null),
  spanId: fc.constantFrom('1234567890abcdef', 'eee19b7ec3c1b171', 'x'.repeat(20)),
  name: texts,
  startTimeUnixNano: time,
  endTimeUnixNano: time,
  attributes: fc
    .tuple(
      fc.constantFrom('chat', 'execute_tool', 'invoke_agent'),
      fc.constantFrom('c1', 'c2', '\0', '', 'x'.repeat(3000)),
      fc.array(attribute, { maxLength: 6 }),
    )
    .map(([operation, conversation, more]) => [
      ...attributesOf({ 'gen_ai.operation.name': operation, 'gen_ai.conversation.id': conversation }),
      ...more,
    ]),
  events: fc.array(
    fc.record({
      name: fc.constantFrom('gen_ai.user.message', 'gen_ai.choice', 'gen_ai.tool.message'),
      attributes: fc.array(
        fc.record({ key: fc.constantFrom('content', 'message', 'tool_calls', 'id'), value }),
        { maxLength: 2 },
      ),
    }),
    { maxLength: 2 },
  ),
})

test('made-up spans get no 5xx', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(span, { minLength: 1, maxLength: 4 }), async (spans) => {
      const { status, text } = await send(spans)
      expect([200, 400], text).toContain(status)
    }),
    { numRuns: 300, seed: 1 },
  )
})
