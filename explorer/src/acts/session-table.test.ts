import { describe, expect, test } from 'vitest'
import { type TableRow, toCsv } from './session-table'

const row: TableRow = {
  uuid: '5e551000-0000-4000-8000-000000000001',
  title: 'Plain',
  labels: [],
  messageCount: 2,
  failedCallCount: 0,
  usage: { totalTokens: 10, totalCostUsd: 0.5 },
  annotationScores: [],
  createdAt: '2026-01-01T00:00:00.000Z',
}
const cellsOf = (more: Partial<TableRow>) =>
  toCsv([{ ...row, ...more }])
    .split('\r\n')[1]
    ?.split(',') ?? []

describe('a table of sessions', () => {
  test('has a line of titles and one a session, what is not known left empty', () => {
    expect(toCsv([row])).toBe(
      'id,title,first words,agent,model,owner,project,labels,messages,tokens,cost in USD,failed calls,length in ms,began,last message\r\n' +
        '5e551000-0000-4000-8000-000000000001,Plain,,,,,,,2,10,0.5,0,,2026-01-01T00:00:00.000Z,\r\n',
    )
  })

  test('has a column of each name of scores', () => {
    const scored = { ...row, annotationScores: [{ name: 'quality', mean: 0.25 }] }
    const [head, first, second] = toCsv([scored, row]).split('\r\n')
    expect(head).toMatch(/,score quality$/)
    expect(first).toMatch(/,0\.25$/)
    expect(second).toMatch(/,$/)
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', ' =1', '\t=1', '\n=1'])('begins no formula with %j', (title) => {
    expect(toCsv([{ ...row, title }])).toContain(`'${title}`)
  })

  test('quotes what would end a cell', () => {
    expect(toCsv([{ ...row, title: 'a "b", c\nd' }])).toContain('"a ""b"", c\nd"')
    expect(cellsOf({ labels: [{ key: 'team', values: ['core'] }] })[7]).toBe('team:core')
    expect(cellsOf({ labels: [{ key: 'team', values: ['core', 'web'] }] })[7]).toBe('"team:core; team:web"')
  })
})
