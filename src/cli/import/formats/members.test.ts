import { expect, test } from 'vitest'
import { LeftOutTally } from './left-out.js'
import { kept, members } from './members.js'

test('members that nobody takes in are named with what they stand in, at every level', () => {
  const tally = new LeftOutTally()
  const part = members('parts', 'type text')
  const message = kept({ content: (given) => (given.type === 'text' ? part : { left: 'odd parts' }) })
  tally.addUnread(
    [
      {
        ...{ whatever: 1, content: [{ type: 'text', text: 'a', logprobs: [1], empty: [], none: null }] },
      },
      { content: [{ type: 'odd', more: 1 }, 'a text'] },
      'a text',
    ],
    message,
  )
  expect(tally.list()).toEqual([
    { what: 'logprobs of parts', count: 1 },
    { what: 'odd parts', count: 1 },
  ])
})

test('names of a stranger are cut, and beyond so many counted together', () => {
  const tally = new LeftOutTally()
  for (let number = 0; number < 100; number += 1) tally.add(`${'n'.repeat(200)}${number}`)
  for (let number = 0; number < 100; number += 1) tally.add(`member ${number}`)
  const found = tally.list()
  expect(found).toHaveLength(61)
  expect(found[0]).toEqual({ what: `${'n'.repeat(80)}…`, count: 100 })
  expect(found.at(-1)).toEqual({ what: 'other members', count: 41 })
})
