import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowIndex } from './row-index.js'
import type { SpanMessage } from './span-messages.js'
import type { SpanRow } from './span-row.js'

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

test('a row is found where a look at all of them finds it, near or far, also behind rows that are put in', () => {
  fc.assert(
    fc.property(
      fc.array(rows, { maxLength: 12 }),
      fc.integer({ min: 0, max: 150 }),
      fc.array(fc.tuple(messages, fc.boolean()), { maxLength: 12 }),
      (some, between, wanted) => {
        const far = { ...(some[0] as SpanRow), role: 'system' as const }
        const all = some.flatMap((row) => [
          ...Array.from({ length: between }, () => ({ ...far })),
          { ...row },
        ])
        const index = new RowIndex(all)
        let position = 0
        let onlyFree = false
        for (const [message, isFree] of wanted) {
          onlyFree ||= isFree
          const isFit = (row: SpanRow) => !onlyFree || row.spanId === null
          const plain = all.findIndex(
            (row, at) => at >= position && !row.implied && isFit(row) && saysTheSame(row, message),
          )
          expect(index.find(message, position, isFit)).toBe(plain)
          if (plain !== -1) position = plain + 1
          else {
            all.splice(position, 0, { ...far, ...message, implied: false })
            index.shift()
            position += 1
          }
        }
      },
    ),
    { numRuns: 300 },
  )
})
