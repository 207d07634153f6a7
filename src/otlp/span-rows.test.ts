import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { GenAiSpan } from './gen-ai.js'
import type { SpanMessage } from './span-messages.js'
import type { SpanRow } from './span-row.js'
import { SpanRows } from './span-rows.js'
import { addingSpans } from './transcript.js'

const messages = fc.record({
  role: fc.constantFrom('user' as const, 'assistant' as const, 'tool' as const),
  text: fc.constantFrom('', 'a', ' a ', 'b'),
  toolCallId: fc.constantFrom(null, 'x', 'y'),
  toolCalls: fc.constantFrom<SpanMessage['toolCalls']>(
    [],
    [{ id: 'x', name: 'n', arguments: '' }],
    [{ id: '', name: 'n', arguments: '' }],
  ),
  reasoning: fc.constant(null),
  parts: fc.constant<unknown[]>([]),
})
const rows = fc.record({ of: messages, implied: fc.boolean(), isTold: fc.boolean() }).map(
  ({ of, implied, isTold }): SpanRow => ({
    ...of,
    implied,
    spanId: isTold ? 's' : null,
    key: '',
    timeMs: 0,
    model: null,
    usage: null,
    isError: null,
  }),
)

/** The rule itself, for one row and one message. */
function saysTheSame(row: SpanRow, message: SpanMessage): boolean {
  if (row.role !== message.role) return false
  if (row.role === 'tool' && row.toolCallId !== null && message.toolCallId !== null)
    return row.toolCallId === message.toolCallId
  const calls = ({ toolCalls }: SpanMessage) => toolCalls.map(({ id, name }) => id || name).join()
  return row.text.trim() === message.text.trim() && calls(row) === calls(message)
}

test('a row is found where a look at all of them finds it, also behind rows that are put in, and taken away', () => {
  const steps = fc.tuple(rows, fc.nat(40), fc.boolean())
  fc.assert(
    fc.property(
      fc.array(steps, { maxLength: 40 }),
      fc.array(fc.tuple(messages, fc.nat(40), fc.boolean()), { maxLength: 12 }),
      (changes, wanted) => {
        const all: SpanRow[] = []
        const index = new SpanRows()
        for (const [row, at, isTaken] of changes) {
          if (isTaken && all.length > 0) {
            all.splice(at % all.length, 1)
            index.remove(at % (all.length + 1))
          }
          all.splice(at % (all.length + 1), 0, row)
          index.insert(at % all.length, row)
        }
        expect(index.rows).toEqual(all)
        expect(all.map((row) => index.positionOf(row))).toEqual(all.map((_, at) => at))
        for (const [message, from, isFree] of wanted) {
          const isFit = (row: SpanRow) => !isFree || row.spanId === null
          const says = (row: SpanRow) => !row.implied && isFit(row) && saysTheSame(row, message)
          expect(index.find(message, from, isFit)).toBe(all.findIndex((row, at) => at >= from && says(row)))
        }
      },
    ),
    { numRuns: 300 },
  )
})

test('a hundred rows put into one place stay in their order', () => {
  const row = fc.sample(rows, { numRuns: 1, seed: 1 })[0] as SpanRow
  const index = new SpanRows()
  const all: SpanRow[] = []
  for (let count = 0; count < 100; count++) {
    const next = { ...row, key: `${count}` }
    index.insert(Math.min(count, 1), next)
    all.splice(Math.min(count, 1), 0, next)
  }
  expect(all.map((one) => index.positionOf(one))).toEqual(all.map((_, at) => at))
})

test('spans of one conversation take no more time each the more there are', { timeout: 10_000 }, () => {
  const said = (role: 'user' | 'assistant', text: string): SpanMessage => ({
    role,
    text,
    reasoning: null,
    toolCalls: [],
    toolCallId: null,
    parts: [],
  })
  const spans = Array.from({ length: 10_000 }, (_, n) => ({
    span: { spanId: `${n}`, startMs: n + 1, endMs: n + 2 },
    kind: 'chat',
    model: 'm',
    usage: null,
    input: [said('user', `question ${n}`)],
    output: [said('assistant', `answer ${n}`)],
  })) as unknown as GenAiSpan[]
  const adding = addingSpans([], spans)
  let step = adding.next()
  while (!step.done) step = adding.next()
  expect(step.value.map(({ text }) => text).slice(-2)).toEqual(['question 9999', 'answer 9999'])
})
