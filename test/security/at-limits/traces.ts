import { randomUUID } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { type AtLimits, MEBIBYTE, times } from './asked.js'

let traced = 0
const span = (conversation: string, input: unknown[], output: unknown[], start: number) => {
  const attributes = {
    'gen_ai.operation.name': 'chat',
    'gen_ai.conversation.id': conversation,
    'gen_ai.input.messages': JSON.stringify(input),
    'gen_ai.output.messages': JSON.stringify(output),
  }
  return {
    ...{ traceId: (++traced).toString(16).padStart(32, '0'), spanId: traced.toString(16).padStart(16, '0') },
    ...{ name: 'chat', startTimeUnixNano: `${start}`, endTimeUnixNano: `${start + 1}` },
    attributes: Object.entries(attributes).map(([key, stringValue]) => ({ key, value: { stringValue } })),
  }
}
const said = (role: string, content: string) => ({ role, parts: [{ type: 'text', content }] })
const spans = (name: string, make: () => object[]): AtLimits[] =>
  (['json', 'gzip'] as const).map((coding) => ({
    name: `traces, ${coding}: ${name}`,
    make: () => {
      const body = Buffer.from(JSON.stringify({ resourceSpans: [{ scopeSpans: [{ spans: make() }] }] }))
      return coding === 'json'
        ? { path: '/v1/traces', body }
        : { path: '/v1/traces', body: gzipSync(body), headers: { 'Content-Encoding': 'gzip' } }
    },
  }))

/** Spans that are sound. */
export const traces: AtLimits[] = [
  ...spans('5,000 spans of one conversation', () => {
    const id = randomUUID()
    return times(5000, (n) =>
      span(id, [said('user', `question ${n}`)], [said('assistant', `answer ${n}`)], n + 1),
    )
  }),
  ...spans('300 spans that each tell all before', () => {
    const id = randomUUID()
    const told: unknown[] = []
    return times(300, (n) => {
      told.push(said('user', `question ${n}`))
      const one = span(id, [...told], [said('assistant', `answer ${n}`)], n + 1)
      told.push(said('assistant', `answer ${n}`))
      return one
    })
  }),
  ...spans('16 MiB in one text', () => [
    span(
      randomUUID(),
      [said('user', 'x'.repeat(MEBIBYTE - 10))],
      [said('assistant', 'y'.repeat(MEBIBYTE - 10))],
      1,
    ),
  ]),
  ...spans('14 texts of 1 MiB', () => {
    const id = randomUUID()
    return times(14, (n) =>
      span(id, [said('user', `${n}`.padEnd(MEBIBYTE - 10, 'x'))], [said('assistant', 'y')], n + 1),
    )
  }),
  ...spans('200 conversations', () =>
    times(200, (n) => span(randomUUID(), [said('user', `q${n}`)], [said('assistant', 'a')], n + 1)),
  ),
  ...spans('spans that tell of nothing', () =>
    times(15_000, (n) => ({
      traceId: n.toString(16).padStart(32, '0'),
      spanId: n.toString(16).padStart(16, '0'),
      name: 'x',
      attributes: [],
    })),
  ),
]
