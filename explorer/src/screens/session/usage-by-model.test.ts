import { expect, test } from 'vitest'
import { usageByModel } from './usage-by-model'
import type { OutlineRow } from './use-outline'

const row = (model: string | null, totalTokens: number | null, costUsd: number | null) =>
  ({ model, totalTokens, costUsd }) as OutlineRow

test('each model has its tokens and its cost, dearest first; rows without usage count nowhere', () => {
  const rows = [
    row('small', 10, 0.1),
    row('large', 5, 0.7),
    row('small', 1, 0.2),
    row('small', null, null),
    row(null, 3, null),
  ]
  expect(usageByModel(rows)).toEqual([
    { model: 'large', answers: 1, tokens: 5, costUsd: 0.7 },
    { model: 'small', answers: 2, tokens: 11, costUsd: 0.3 },
    { model: 'unknown', answers: 1, tokens: 3, costUsd: null },
  ])
})
