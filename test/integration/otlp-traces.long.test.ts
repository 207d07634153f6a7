import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { BinaryWriter } from '@bufbuild/protobuf/wire'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { createApiKey, generateSecret } from '../../src/domain/tenancy/api-key.js'
import { type ListeningGateway, listenOnTestStore } from '../support/listening-gateway.js'
import { type SeededWorkspace, saveSession, seedWorkspace } from '../support/seed.js'

let gateway: ListeningGateway
beforeAll(async () => {
  gateway = await listenOnTestStore({ GRAPHQL_BODY_LIMIT_BYTES: '1000000' })
})
afterAll(() => gateway.close())

/** A workspace, and a key of a writer whose default it is. */
async function seedSender() {
  const world = await seedWorkspace()
  const key = generateSecret()
  const { organizationId, workspaceId, bob, store } = world
  await createApiKey(
    store,
    { organizationId, userId: bob.userId, name: 'otel', defaultWorkspaceId: workspaceId },
    key,
  )
  return { world, key }
}

async function send(
  key: string | null,
  body: string | Uint8Array,
  headers: Record<string, string> = { 'Content-Type': 'application/json' },
  url = gateway.url,
) {
  const response = await fetch(`${url}/v1/traces`, {
    method: 'POST',
    body: body as BodyInit,
    headers: { ...headers, ...(key === null ? {} : { Authorization: `Bearer ${key}` }) },
  })
  return {
    status: response.status,
    type: response.headers.get('content-type'),
    body: Buffer.from(await response.arrayBuffer()),
  }
}

const text = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })
const calling = { role: 'assistant', parts: [{ type: 'tool_call', id: 'c', name: 'ls', arguments: {} }] }
const answered = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'x' }] }

function span(id: number, attributes: Record<string, unknown>) {
  const nanoseconds = (ms: number) => String(BigInt(1_781_293_600_000 + ms) * 1_000_000n)
  return {
    ...{ traceId: 'c'.repeat(32), spanId: String(id).padStart(16, '0'), name: 'x' },
    ...{ startTimeUnixNano: nanoseconds(id * 100), endTimeUnixNano: nanoseconds(id * 100 + 50) },
    attributes: Object.entries(attributes).map(([key, value]) => ({
      key,
      value:
        typeof value === 'number'
          ? { intValue: String(value) }
          : { stringValue: typeof value === 'string' ? value : JSON.stringify(value) },
    })),
  }
}

const request = (...spans: object[]) => JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans }] }] })

function spansOf(conversation: string) {
  const chat = (id: number, input: unknown, output: unknown) =>
    span(id, {
      ...{
        'gen_ai.operation.name': 'chat',
        'gen_ai.conversation.id': conversation,
        'gen_ai.request.model': 'gpt-a',
      },
      ...{
        'gen_ai.agent.name': 'helper',
        'gen_ai.input.messages': input,
        'gen_ai.output.messages': [output],
      },
      ...{ 'gen_ai.usage.input_tokens': 100, 'gen_ai.usage.output_tokens': 5 },
    })
  const go = text('user', 'Go')
  return [
    chat(1, [go], calling),
    span(2, {
      ...{
        'gen_ai.operation.name': 'execute_tool',
        'gen_ai.conversation.id': conversation,
        'gen_ai.tool.name': 'ls',
      },
      ...{ 'gen_ai.tool.call.id': 'c', 'gen_ai.tool.call.result': 'x' },
    }),
    chat(3, [go, calling, answered], text('assistant', 'Done.')),
    chat(
      4,
      [go, calling, answered, text('assistant', 'Done.'), text('user', 'More')],
      text('assistant', 'Fine.'),
    ),
  ]
}

async function readSession({ bob, place }: SeededWorkspace, id: string) {
  const { data } = await bob.graphql(
    `query ($organization: String!, $workspace: String!, $id: String!) {
      workspace(organization: $organization, slug: $workspace) { session(id: $id) {
        title model agent usage { totalInputTokens totalOutputTokens totalToolCallCount }
        transcript { edges { node { role content toolCallId } } } } } }`,
    { ...place, id },
  )
  const { transcript, ...session } = data.workspace.session
  return {
    ...session,
    rows: transcript.edges.map(({ node }: any) => [node.role, node.content, node.toolCallId]),
  }
}

const whole = {
  ...{ title: 'Go', model: 'gpt-a', agent: 'helper' },
  usage: { totalInputTokens: 300, totalOutputTokens: 15, totalToolCallCount: 1 },
  rows: [
    ['USER', 'Go', null],
    ['ASSISTANT', '', null],
    ['TOOL', 'x', 'c'],
    ['ASSISTANT', 'Done.', null],
    ['USER', 'More', null],
    ['ASSISTANT', 'Fine.', null],
  ],
}

test.each([
  ['in their order', [0, 1, 2, 3]],
  ['the newest first', [3, 2, 1, 0]],
  ['out of order and twice', [2, 0, 2, 3, 1, 0, 3]],
])('spans that come one by one %s make the same session', async (_how, order) => {
  const { world, key } = await seedSender()
  const id = randomUUID()
  const spans = spansOf(id)

  for (const index of order) {
    const answer = await send(key, request(spans[index] ?? {}))
    expect([answer.status, answer.body.toString()]).toEqual([200, '{}'])
  }

  expect(await readSession(world, id)).toEqual(whole)
})

test('packed traces are taken in, and those sent again change nothing', async () => {
  const { world, key } = await seedSender()
  const id = randomUUID()
  const packed = gzipSync(request(...spansOf(id)))
  const headers = { 'Content-Type': 'application/json', 'Content-Encoding': 'gzip' }

  expect(await send(key, packed, headers)).toMatchObject({ status: 200, type: 'application/json' })
  expect(await send(key, packed, headers)).toMatchObject({ status: 200 })

  expect(await readSession(world, id)).toEqual(whole)
})

test('protobuf is answered in protobuf', async () => {
  const { world, key } = await seedSender()
  const id = randomUUID()
  const nested = (writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void) => {
    const inner = new BinaryWriter()
    write(inner)
    writer.tag(field, 2).bytes(inner.finish())
  }
  const root = new BinaryWriter()
  const attributes = {
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': id },
    ...{
      'gen_ai.input.messages': '[{"role":"user","content":"Go"}]',
      'gen_ai.output.messages': '[{"role":"assistant","content":"Done."}]',
    },
  }
  nested(root, 1, (group) =>
    nested(group, 2, (scope) =>
      nested(scope, 2, (one) => {
        one
          .tag(1, 2)
          .bytes(Buffer.from('d'.repeat(32), 'hex'))
          .tag(2, 2)
          .bytes(Buffer.from('d'.repeat(16), 'hex'))
        for (const [name, value] of Object.entries(attributes))
          nested(one, 9, (pair) => {
            pair.tag(1, 2).string(name)
            nested(pair, 2, (any) => any.tag(1, 2).string(value))
          })
      }),
    ),
  )

  const answer = await send(key, root.finish(), { 'Content-Type': 'application/x-protobuf' })

  expect(answer).toEqual({ status: 200, type: 'application/x-protobuf', body: Buffer.alloc(0) })
  expect((await readSession(world, id)).rows.map(([role, content]: string[]) => [role, content])).toEqual([
    ['USER', 'Go'],
    ['ASSISTANT', 'Done.'],
  ])
})

test('a conversation that is somebody else is rejected, and the others of the request are stored', async () => {
  const [own, others] = [await seedSender(), randomUUID()]
  const { world, key } = own
  const { ana, place } = world
  await ana.graphql(
    'mutation ($input: SaveSessionInput!) { saveSession(input: $input) { session { uuid } } }',
    { input: { ...place, id: others, model: 'm' } },
  )
  const id = randomUUID()

  const answer = await send(
    key,
    request(...spansOf(others), ...spansOf(id).map((one) => ({ ...one, traceId: 'e'.repeat(32) }))),
  )

  expect(answer.status).toBe(200)
  expect(JSON.parse(answer.body.toString())).toMatchObject({ partialSuccess: { rejectedSpans: '4' } })
  expect(await readSession(world, id)).toEqual(whole)
})

test('a conversation whose id is a whole text is rejected, as ids of conversations are remembered', async () => {
  const { key } = await seedSender()
  const answer = await send(key, request(...spansOf('x'.repeat(257))))
  expect(JSON.parse(answer.body.toString())).toMatchObject({
    partialSuccess: { rejectedSpans: '4', errorMessage: expect.stringContaining('at most 256 characters') },
  })
})

test('a span finds no place in a transcript that is too large to be read whole', async () => {
  const { world, key } = await seedSender()
  const { bob, place } = world
  const id = await saveSession(world, bob)
  const content = 'x'.repeat(12 * 1024 * 1024)
  for (const role of ['USER', 'ASSISTANT', 'USER'])
    await bob.graphql(
      'mutation ($input: AppendTranscriptInput!) { appendTranscript(input: $input) { lastSeq } }',
      { input: { ...place, id, messages: [{ role, content }] } },
    )
  const answer = await send(key, request(...spansOf(id)))
  expect(JSON.parse(answer.body.toString())).toMatchObject({
    partialSuccess: { rejectedSpans: '4', errorMessage: expect.stringContaining('32 MiB') },
  })
})

test('a batch of spans that each repeat a long conversation is taken in', async () => {
  const { world, key } = await seedSender()
  const id = randomUUID()
  const told = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })
  const input = Array.from({ length: 700 }, (_, number) =>
    told(number % 2 ? 'assistant' : 'user', `${number}`),
  )
  const spans = Array.from({ length: 60 }, (_, number) => ({
    ...{ traceId: 'f'.repeat(32), spanId: (number + 1).toString(16).padStart(16, '0'), name: 'chat' },
    ...{ startTimeUnixNano: `${number}000000`, endTimeUnixNano: `${number}500000` },
    attributes: Object.entries({
      'gen_ai.operation.name': 'chat',
      'gen_ai.conversation.id': id,
      'gen_ai.input.messages': JSON.stringify(input.slice(0, 640 + number)),
      'gen_ai.output.messages': JSON.stringify([input[640 + number]]),
    }).map(([name, stringValue]) => ({ key: name, value: { stringValue } })),
  }))
  const roomy = await listenOnTestStore()
  onTestFinished(roomy.close)
  expect((await send(key, request(...(spans as never[])), undefined, roomy.url)).body.toString()).toBe('{}')
  const rows = await world.store.message.findMany({ where: { sessionId: id }, orderBy: { seq: 'asc' } })
  expect(rows.map(({ content }) => content)).toEqual(input.map((_, number) => `${number}`))
})

test.each([
  ['nobody', null, '{}', {}, 401, 16],
  ['an unknown key', 'sgw_unknown', '{}', {}, 401, 16],
  ['text', '', 'x', { 'Content-Type': 'text/plain' }, 415, 3],
  ['another packing', '', '{}', { 'Content-Encoding': 'br' }, 415, 3],
  ['what is not packed as it says', '', '{}', { 'Content-Encoding': 'gzip' }, 400, 3],
  ['no JSON', '', '{', {}, 400, 3],
  ['JSON that is no request', '', '{"spans":[]}', {}, 400, 3],
  ['too much', '', `"${'x'.repeat(1_000_001)}"`, {}, 413, 3],
  [
    'what unpacks to too much',
    '',
    gzipSync(Buffer.alloc(20_000_000, ' ')),
    { 'Content-Encoding': 'gzip' },
    413,
    3,
  ],
])('%s is refused in the words of OTLP', async (_what, given, body, headers, status, code) => {
  const key = given === '' ? (await seedSender()).key : given

  const answer = await send(key, body, {
    'Content-Type': 'application/json',
    ...(headers as Record<string, string>),
  })

  expect(answer.status).toBe(status)
  expect(JSON.parse(answer.body.toString())).toMatchObject({ code, message: expect.stringMatching(/./) })
})

test('traces are sent by POST, and a key without a default workspace cannot', async () => {
  expect((await fetch(`${gateway.url}/v1/traces`)).status).toBe(405)
  const { world } = await seedSender()
  const key = generateSecret()
  await createApiKey(
    world.store,
    { organizationId: world.organizationId, userId: world.bob.userId, name: 'none' },
    key,
  )
  expect(await send(key, request(...spansOf(randomUUID())))).toMatchObject({ status: 400 })
})

test('spans leave an entry of the audit for each conversation that they change', async () => {
  const { world, key } = await seedSender()
  const body = request(...spansOf('audited'))
  await send(key, body, { 'Content-Type': 'application/json', 'User-Agent': 'exporter/1' })
  await send(key, body)
  const { organizationId } = world
  const entries = await world.store.auditEntry.findMany({
    where: { organizationId },
    orderBy: { seq: 'asc' },
  })
  expect(entries.map(({ act, face, userAgent }) => [act, face, userAgent])).toEqual([
    ['create_session', 'otlp', 'exporter/1'],
    ['append_messages', 'otlp', 'exporter/1'],
  ])
})
