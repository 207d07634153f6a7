import { expect, test } from 'vitest'
import { readWhole } from '../read-format.js'
import { native } from './native.js'

const id = '1111aaaa-0000-4000-8000-000000000001'

/** A row as `seq`, or `seq@time` when compacted then. */
const bundle = (rows: string) => ({
  session: { id },
  messages: rows.split(' ').map((row) => {
    const [seq, time] = row.split('@')
    return { seq: Number(seq), role: 'user', content: seq, compacted_at: time ?? null }
  }),
  events: [],
})

test.each([
  ['0 1 2', '0 1 2'],
  ['0@a 1@a 3 2', '0 1 2 3>1'],
  ['0@a 1@a 2', '0 1 2>1'],
  ['0@a 1@a 3@b 2@b 4@b 6 5', '0 1 2 3>1 4 5 6>4'],
  ['0@a 1@b 2', '0 1>0 2>0'],
  ['7 5 6', '7 5 6'],
])('of the rows %s the history is %s', (rows, history) => {
  const [session] = readWhole(native, [bundle(rows)])
  const told = session?.messages.map(({ content, replacesUpTo }) =>
    replacesUpTo === undefined ? content : `${content}>${replacesUpTo}`,
  )
  expect(told?.join(' ')).toBe(history)
})
