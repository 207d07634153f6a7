import { describe, expect, it } from 'vitest'
import { CostColumn } from './cost-column.js'
import { costWithin } from './cost-pass.js'
import { RecordReader } from './record.js'

const dollar = 1_000_000_000_000n
/** As float, 2^53 and one more are the same. */
const large = 2n ** 53n

describe('a column of costs', () => {
  const costs = [0n, null, 1n, dollar, large - 1n, large, large + 1n, -5n, 12_345n * dollar + 7n, 0n]
  const column = new CostColumn(costs.length)
  for (const [row, cost] of costs.entries()) column.put(row, recordOf(cost))

  const rowsWithin = (min: bigint | undefined, max: bigint | undefined) => {
    const rows = Uint32Array.from(costs.keys())
    return [...rows.subarray(0, costWithin(column, min, max)(rows, rows.length, rows))]
  }
  const expected = (min: bigint | undefined, max: bigint | undefined) =>
    [...costs.keys()].filter((row) => {
      const cost = costs[row] ?? null
      return cost !== null && (min === undefined || cost >= min) && (max === undefined || cost <= max)
    })

  const bounds = [undefined, ...costs.filter((cost) => cost !== null), large + 2n, -large, 13_000n * dollar]

  it.each(bounds)('tells what lies from %s on, beyond floats too', (min) => {
    for (const max of bounds) expect(rowsWithin(min, max)).toEqual(expected(min, max))
  })

  it('keeps what floats round', () => {
    expect([5, 6, 8].map((row) => column.largeOf(row))).toEqual([large, large + 1n, 12_345n * dollar + 7n])
  })

  it('knows which rows cost something, as they change', () => {
    const into = new Uint32Array(64)
    const costly = (some: CostColumn, end: number) => [...into.subarray(0, some.costlyRows(0, end, into))]
    expect(costly(column, costs.length)).toEqual([2, 3, 4, 5, 6, 7, 8])
    const changing = new CostColumn(33)
    for (const row of [0, 31, 32]) changing.put(row, recordOf(dollar))
    changing.put(0, recordOf(null))
    changing.put(31, recordOf(2n))
    changing.grow(64)
    changing.put(63, recordOf(1n))
    expect(costly(changing, 64)).toEqual([31, 32, 63])
    expect(changing.costly).toBe(3)
    changing.put(31, recordOf(0n))
    changing.put(63, recordOf(0n))
    expect(costly(changing, 64)).toEqual([32])
    expect(changing.costly).toBe(1)
  })

  it('forgets a large cost that a smaller one takes the place of', () => {
    const changing = new CostColumn(1)
    changing.put(0, recordOf(large + 1n))
    const before = changing.memory
    changing.put(0, recordOf(1n))
    expect(changing.values[0]).toBe(1)
    expect(changing.memory).toBeLessThan(before)
  })
})

/** A record whose next field is a cost in 10^-12 US dollars, as PostgreSQL sends a numeric. */
function recordOf(cost: bigint | null): RecordReader {
  const reader = new RecordReader()
  const groups = cost === null ? [] : groupsOf(cost < 0n ? -cost : cost)
  const bytes = Buffer.alloc(12 + 8 + groups.length * 2)
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(cost === null ? -1 : 8 + groups.length * 2, 8)
  bytes.writeInt16BE(groups.length, 12)
  bytes.writeInt16BE(groups.length - 4, 14)
  bytes.writeUInt16BE(cost !== null && cost < 0n ? 0x4000 : 0, 16)
  for (const [at, group] of groups.entries()) bytes.writeInt16BE(group, 20 + at * 2)
  reader.open(bytes, 0)
  return reader
}

/** Groups of four digits, the last three of them behind the point. */
function groupsOf(units: bigint): number[] {
  const groups: number[] = []
  for (let left = units; left > 0n || groups.length < 3; left /= 10_000n)
    groups.unshift(Number(left % 10_000n))
  return groups
}
