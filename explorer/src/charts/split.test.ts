import { expect, test } from 'vitest'
import { splitUp } from './split'

const sums = (sessions: number, totalCostUsd: string) => ({
  sessions,
  totalTokens: 10 * sessions,
  totalCostUsd,
})

test('buckets of a split have the shares of every value in one order, the others last', () => {
  const { parts, others, buckets } = splitUp([
    { split: [{ value: 'a', ...sums(1, '0.1') }], others: sums(0, '0') },
    {
      split: [
        { value: 'b', ...sums(3, '0.3') },
        { value: 'a', ...sums(1, '0.2') },
      ],
      others: sums(2, '5'),
    },
  ])
  expect(parts).toEqual([
    { value: 'b', ...sums(3, '0.3') },
    { value: 'a', ...sums(2, '0.3') },
  ])
  expect(others).toEqual(sums(2, '5'))
  expect(buckets.map(({ shares }) => shares.map(({ sessions }) => sessions))).toEqual([
    [0, 1, 0],
    [3, 1, 2],
  ])
})
