import { BinaryWriter } from '@bufbuild/protobuf/wire'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { otlpJson, otlpProtobuf } from './otlp.js'

const conversation = '0e100000-0000-4000-8000-000000000001'
const anyValue = (value: unknown) =>
  typeof value === 'number'
    ? { intValue: String(value) }
    : { stringValue: typeof value === 'string' ? value : JSON.stringify(value) }

function span(id: number, startMs: number, attributes: Record<string, unknown>, members: object = {}) {
  const nanoseconds = (ms: number) => String(BigInt(1_781_293_600_000 + ms) * 1_000_000n)
  return {
    ...{ traceId: 'a'.repeat(32), spanId: String(id).padStart(16, '0'), name: 'x' },
    ...{ startTimeUnixNano: nanoseconds(startMs), endTimeUnixNano: nanoseconds(startMs + 50) },
    attributes: Object.entries(attributes).map(([key, value]) => ({ key, value: anyValue(value) })),
    ...members,
  }
}

const request = (...spans: object[]) => ({ resourceSpans: [{ scopeSpans: [{ spans }] }] })
const text = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })
const calling = {
  role: 'assistant',
  parts: [{ type: 'tool_call', id: 'c', name: 'ls', arguments: { at: '.' } }],
}
const answered = { role: 'tool', parts: [{ type: 'tool_call_response', id: 'c', response: 'x' }] }

function chat(id: number, startMs: number, input: unknown, output: unknown, tokens = id) {
  return span(id, startMs, {
    ...{
      'gen_ai.operation.name': 'chat',
      'gen_ai.conversation.id': conversation,
      'gen_ai.request.model': 'gpt-a',
    },
    ...{ 'gen_ai.input.messages': input, 'gen_ai.output.messages': output, 'gen_ai.usage.output_tokens': 5 },
    ...{ 'gen_ai.usage.input_tokens': 100 + tokens, 'gen_ai.usage.cache_read.input_tokens': 60 },
    'gen_ai.system_instructions': [{ type: 'text', content: 'Be brief.' }],
  })
}

const one = chat(1, 0, [text('user', 'Go')], [calling])
const tool = span(2, 100, {
  ...{ 'gen_ai.operation.name': 'execute_tool', 'gen_ai.tool.name': 'ls', 'gen_ai.tool.call.id': 'c' },
  ...{ 'gen_ai.tool.call.arguments': '{"at":"."}', 'gen_ai.tool.call.result': 'x' },
})
const two = chat(3, 200, [text('user', 'Go'), calling, answered], [text('assistant', 'Done.')])
const three = chat(
  4,
  300,
  [text('user', 'Go'), calling, answered, text('assistant', 'Done.'), text('user', 'Go')],
  [text('assistant', 'Again.')],
)
const agent = span(5, 0, {
  'gen_ai.operation.name': 'invoke_agent',
  'gen_ai.agent.name': 'helper',
  'gen_ai.conversation.id': conversation,
})

const rows = [
  { role: 'USER', content: 'Go' },
  {
    role: 'ASSISTANT',
    content: '',
    toolCalls: [{ id: 'c', name: 'ls', arguments: '{"at":"."}' }],
    usage: { inputTokens: 41, cacheReadInputTokens: 60, outputTokens: 5 },
  },
  { role: 'TOOL', content: 'x', toolCallId: 'c', isError: false },
  { role: 'ASSISTANT', content: 'Done.', usage: { inputTokens: 43 } },
  { role: 'USER', content: 'Go' },
  { role: 'ASSISTANT', content: 'Again.', usage: { inputTokens: 44 } },
]

test('a chat repeats the conversation so far, of which only what is new makes rows', () => {
  const [session] = readWhole(otlpJson, [request(agent, one, tool), request(two, three)])
  expect(session).toMatchObject({
    ...{
      identity: { by: 'id', id: conversation },
      agent: 'helper',
      model: 'gpt-a',
      systemPrompt: 'Be brief.',
      title: 'Go',
    },
    messages: rows,
  })
  expect(session?.messages).toHaveLength(rows.length)
})

test('spans give the same transcript in any order and any number of times', () => {
  const spans = [agent, one, tool, two, three]
  fc.assert(
    fc.property(
      fc.shuffledSubarray([...spans, ...spans], { minLength: 10, maxLength: 10 }),
      fc.integer({ min: 1, max: 9 }),
      (mixed, cut) => {
        const [session] = readWhole(otlpJson, [request(...mixed.slice(0, cut)), request(...mixed.slice(cut))])
        expect(session?.messages).toMatchObject(rows)
        expect(session?.messages).toHaveLength(rows.length)
      },
    ),
  )
})

test('a result without a chat has its call, and spans of no agent are counted', () => {
  const [session] = readWhole(otlpJson, [request(tool, span(9, 0, { 'http.method': 'GET' }))])
  expect(session?.messages).toMatchObject([
    { role: 'ASSISTANT', toolCalls: [{ id: 'c', name: 'ls' }], metadata: { otel: { implied: true } } },
    { role: 'TOOL', toolCallId: 'c', content: 'x' },
  ])
  expect(session?.identity).toEqual({ by: 'id', id: 'aaaaaaaa-aaaa-aaaa-aaaa-aaaaaaaaaaaa' })
  expect(session?.leftOut).toEqual([{ what: 'spans that tell of no agent', count: 1 }])
})

test("OpenInference's names are read, and messages that older conventions write as events", () => {
  const inference = span(1, 0, {
    ...{ 'openinference.span.kind': 'LLM', 'session.id': 's-1', 'llm.model_name': 'gpt-b' },
    ...{ 'llm.input_messages.0.message.role': 'user', 'llm.input_messages.0.message.content': 'Go' },
    ...{ 'llm.output_messages.0.message.role': 'assistant' },
    'llm.output_messages.0.message.tool_calls.0.tool_call.id': 'c',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.name': 'ls',
    'llm.output_messages.0.message.tool_calls.0.tool_call.function.arguments': '{}',
    ...{
      'llm.token_count.prompt': 30,
      'llm.token_count.completion': 4,
      'llm.token_count.prompt_details.cache_read': 10,
    },
  })
  const events = span(
    2,
    100,
    { 'gen_ai.operation.name': 'chat', 'session.id': 's-1' },
    {
      events: [
        { name: 'gen_ai.user.message', attributes: [{ key: 'content', value: { stringValue: 'More' } }] },
        {
          name: 'gen_ai.choice',
          attributes: [{ key: 'message', value: { stringValue: '{"content":"Fine."}' } }],
        },
      ],
    },
  )
  const [session] = readWhole(otlpJson, [request(inference, events)])
  expect(session).toMatchObject({
    ...{ identity: { by: 'name', identityPath: ['otel', 's-1'] }, model: 'gpt-b' },
    messages: [
      { role: 'USER', content: 'Go' },
      {
        role: 'ASSISTANT',
        toolCalls: [{ id: 'c', name: 'ls', arguments: '{}' }],
        usage: { inputTokens: 20, cacheReadInputTokens: 10, outputTokens: 4 },
      },
      { role: 'USER', content: 'More' },
      { role: 'ASSISTANT', content: 'Fine.', usage: null },
    ],
  })
})

/** OTLP's protobuf of one span with text attributes. */
function encoded(traceId: string, attributes: Record<string, string>): Uint8Array {
  const nested = (writer: BinaryWriter, field: number, write: (inner: BinaryWriter) => void) => {
    const inner = new BinaryWriter()
    write(inner)
    writer.tag(field, 2).bytes(inner.finish())
  }
  const root = new BinaryWriter()
  nested(root, 1, (group) =>
    nested(group, 2, (scope) =>
      nested(scope, 2, (written) => {
        written.tag(1, 2).bytes(Buffer.from(traceId, 'hex'))
        written.tag(2, 2).bytes(Buffer.from('b'.repeat(16), 'hex'))
        written.tag(7, 1).fixed64('1781293600000000000').tag(8, 1).fixed64('1781293601000000000')
        written.tag(99, 2).string('unknown')
        for (const [key, value] of Object.entries(attributes))
          nested(written, 9, (pair) => {
            pair.tag(1, 2).string(key)
            nested(pair, 2, (any) => any.tag(1, 2).string(value))
          })
      }),
    ),
  )
  return root.finish()
}

test('the protobuf of OTLP is read like its JSON', () => {
  const bytes = encoded('a'.repeat(32), {
    ...{ 'gen_ai.operation.name': 'chat', 'gen_ai.conversation.id': conversation },
    'gen_ai.input.messages': JSON.stringify([text('user', 'Go')]),
    'gen_ai.output.messages': JSON.stringify([text('assistant', 'Done.')]),
  })
  expect(otlpProtobuf.input === 'bytes' && otlpProtobuf.recognizesBytes([bytes])).toBe(true)
  expect(readWhole(otlpProtobuf, bytes)).toMatchObject([
    {
      identity: { by: 'id', id: conversation },
      messages: [{ content: 'Go' }, { content: 'Done.', createdAt: '2026-06-12T19:46:41.000Z' }],
    },
  ])
})

test('bytes that are no traces are refused, whatever they are', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
      expect(() => readWhole(otlpProtobuf, bytes)).toThrow(/it holds no spans of OTLP|none of its spans/)
    }),
    // A length of 400 MB before a line end, as four letters of a text are.
    { examples: [[Uint8Array.from([25, 0, 0, 0, 10])], [new TextEncoder().encode('true\n[]\n')]] },
  )
  expect(
    'recognizesBytes' in otlpProtobuf &&
      otlpProtobuf.recognizesBytes([new TextEncoder().encode('true\n[]\n')]),
  ).toBe(false)
})

test('answers whose words the program kept to itself are rows with their usage, however often they are told', () => {
  const silent = (id: number, members: Record<string, unknown>) =>
    span(id, id * 100, { 'gen_ai.usage.input_tokens': 10, 'gen_ai.usage.output_tokens': id, ...members })
  const named = { 'gen_ai.operation.name': 'chat', 'gen_ai.request.model': 'gpt-a' }
  const spans = [silent(1, named), silent(2, { 'llm.request.type': 'chat' }), silent(1, named)]
  const [session] = readWhole(otlpJson, [request(...spans)])
  expect(session?.messages).toMatchObject(
    [1, 2].map((outputTokens) => ({
      role: 'ASSISTANT',
      content: '',
      usage: { inputTokens: 10, outputTokens },
    })),
  )
})

test('attributes that lists are spread over are named once', () => {
  const many = Object.fromEntries([0, 1, 2].map((at) => [`llm.tools.${at}.tool.json_schema`, '{}']))
  const [session] = readWhole(otlpJson, [
    request(span(1, 0, { 'gen_ai.operation.name': 'chat', 'gen_ai.usage.output_tokens': 1, ...many })),
  ])
  expect(session?.leftOut).toEqual([{ what: 'llm.tools.tool.json_schema of spans', count: 1 }])
})
