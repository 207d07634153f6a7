import { expect, test } from 'vitest'
import { sql } from '../../../db/sql.js'
import { Work } from '../../../work.js'
import { type Question, takeTurn } from './waiting.js'

const names = new Map<Question, string>()

function question(name: string, { owner = name[0] ?? '', rows = false, isOver = false } = {}): Question {
  const by = new Work()
  by.owner = owner
  if (isOver) by.end()
  const made: Question = {
    by,
    rows: rows ? sql`select 1` : null,
    lookups: () => ({}),
    work: async () => {},
    settle: () => {},
    fail: (error) => names.set(made, `${name}: ${(error as Error).name}`),
  }
  names.set(made, name)
  return made
}

const named = (questions: readonly Question[]) => questions.map((one) => names.get(one))

test('keys come in turn, however many questions one has', () => {
  const waiting = [
    question('a1'),
    question('a2'),
    question('a3'),
    question('b1'),
    question('c1'),
    question('b2'),
  ]
  expect(named(takeTurn(waiting, 4))).toEqual(['a1', 'b1', 'c1', 'a2'])
  expect(named(waiting)).toEqual(['a3', 'b2'])
})

test('one question a turn reads rows along, and none of a key overtakes another of it', () => {
  const waiting = [
    question('a1', { rows: true }),
    question('a2', { rows: true }),
    question('a3'),
    question('b1'),
  ]
  expect(named(takeTurn(waiting, 10))).toEqual(['a1', 'b1'])
  expect(named(takeTurn(waiting, 10))).toEqual(['a2', 'a3'])
})

test('whose request is over leaves', () => {
  const gone = question('a1', { isOver: true })
  const waiting = [gone, question('a2')]
  expect(named(takeTurn(waiting, 10))).toEqual(['a2'])
  expect(waiting).toEqual([])
  expect(names.get(gone)).toBe('a1: WorkOver')
})
