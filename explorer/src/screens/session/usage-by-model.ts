import type { OutlineRow } from './use-outline'

export interface ModelUsage {
  model: string
  answers: number
  tokens: number
  /** US dollars; null when none of its answers has a price. */
  costUsd: number | null
}

/** Costs have twelve decimals, of which a double keeps all below some thousand dollars; sums are rounded to them. */
const DECIMALS = 1e12

/** What each model of a transcript consumed, dearest first; rows without usage count nowhere. */
export function usageByModel(rows: readonly OutlineRow[]): ModelUsage[] {
  const byModel = new Map<string, ModelUsage>()
  for (const { model, totalTokens, costUsd } of rows) {
    if (totalTokens == null && costUsd == null) continue
    const name = model || 'unknown'
    const sum = byModel.get(name) ?? { model: name, answers: 0, tokens: 0, costUsd: null }
    byModel.set(name, {
      model: name,
      answers: sum.answers + 1,
      tokens: sum.tokens + (totalTokens ?? 0),
      costUsd: costUsd == null ? sum.costUsd : (sum.costUsd ?? 0) + costUsd,
    })
  }
  return [...byModel.values()]
    .map((sum) => ({
      ...sum,
      costUsd: sum.costUsd === null ? null : Math.round(sum.costUsd * DECIMALS) / DECIMALS,
    }))
    .sort((a, b) => (b.costUsd ?? 0) - (a.costUsd ?? 0) || b.tokens - a.tokens)
}
