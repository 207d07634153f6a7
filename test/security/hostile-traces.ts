import { gzipSync } from 'node:zlib'
import type { HostileBody } from './hostile-bodies.js'

const traces = (name: string, messages: () => string, spans = 1): HostileBody => ({
  name: `traces: ${name}`,
  path: '/v1/traces',
  contentType: 'application/json',
  make: () =>
    Buffer.from(
      JSON.stringify({
        resourceSpans: [{ scopeSpans: [{ spans: Array.from({ length: spans }, () => chat(messages())) }] }],
      }),
    ),
})

let made = 0

/** A call of a model in a conversation of its own. */
function chat(messages: string) {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.conversation.id': `conversation ${++made}`,
    'gen_ai.input.messages': messages,
    'gen_ai.output.messages': JSON.stringify([message('assistant', 'yes')]),
  }
  return {
    ...{ traceId: made.toString(16).padStart(32, '0'), spanId: made.toString(16).padStart(16, '0') },
    ...{ name: 'chat', startTimeUnixNano: '1', endTimeUnixNano: '2' },
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
}

const message = (role: string, content: string, more = {}) => ({
  role,
  parts: [{ type: 'text', content }, ...Object.values(more)],
})

const many = (count: number, make: (number: number) => unknown) => () =>
  JSON.stringify(Array.from({ length: count }, (_, number) => make(number)))

const MEBIBYTE = 1024 * 1024

/** What is small while it is packed. */
function packed(path: string): HostileBody[] {
  const body = (name: string, make: () => Buffer): HostileBody => ({
    name: `${path}: ${name}`,
    ...{ path, contentType: 'application/x-protobuf', contentEncoding: 'gzip', make },
  })
  const again = (hex: string) => () => gzipSync(Buffer.alloc(16 * MEBIBYTE, hex, 'hex'))
  const empty = gzipSync('')
  return [
    body('millions of empty messages', again('0a00')),
    body('millions of numbers', again('4801')),
    body('a gibibyte of zeros', () => gzipSync(Buffer.alloc(1024 * MEBIBYTE))),
    body('hundreds of thousands of empty parts of gzip', () =>
      Buffer.alloc(empty.length * Math.floor((15 * MEBIBYTE) / empty.length), empty),
    ),
  ]
}

/** Traces of a caller that is known, whose spans take what they can of the process that places their messages. */
export const hostileTraces: HostileBody[] = [
  traces(
    'a span of 4,000 messages',
    many(4000, (number) => message('user', `question ${number}`)),
  ),
  traces(
    'a span of 2,000 answers that call tools',
    many(2000, (number) =>
      message('assistant', '', { call: { type: 'tool_call', id: `c${number}`, name: 'x', arguments: {} } }),
    ),
  ),
  traces('a text of millions of objects', () => `[${'{},'.repeat(5_000_000)}{}]`),
  traces('a text of millions of levels', () => '['.repeat(15_000_000)),
  traces(
    'texts that are many values together',
    many(100_000, () => []),
    20,
  ),
]

/** Traces that are small while they are packed, on both paths that take them. */
export const packedTraces: HostileBody[] = ['/v1/traces', '/api/v1/org/acme/otel/traces'].flatMap(packed)
