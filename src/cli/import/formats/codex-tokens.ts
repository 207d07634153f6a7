import { isObject, type SourceUsage } from '../source.js'
import { type Json, looseCount, looseObject } from './loose.js'

/** The totals of a rollout as it tells them, which may come twice: what each has more than the one before. */
export class TokenTotals {
  private totals: Json | null = null

  /** Usage since the totals before; null where nothing is told, or nothing new. */
  take({ total_token_usage: total, last_token_usage: last }: Json): SourceUsage | null {
    if (!isObject(total) && !isObject(last)) return null
    const reported = isObject(total) ? total : looseObject(last)
    if (isObject(total) && this.totals !== null && JSON.stringify(total) === JSON.stringify(this.totals))
      return null
    const tokens = isObject(last) ? last : tokensSince(reported, this.totals)
    if (isObject(total)) this.totals = total
    return toUsage(tokens)
  }
}

/** Tokens of one answer: the cached ones stand inside the input. */
function toUsage(tokens: Json): SourceUsage {
  const cached = looseCount(tokens.cached_input_tokens)
  return {
    inputTokens: Math.max(0, looseCount(tokens.input_tokens) - cached),
    outputTokens: looseCount(tokens.output_tokens),
    cacheReadInputTokens: cached,
    cacheCreationInputTokens: 0,
    costUsd: null,
  }
}

/** What a later total has over an earlier one; itself where counting began anew. */
function tokensSince(total: Json, before: Json | null): Json {
  const names = ['input_tokens', 'cached_input_tokens', 'output_tokens'] as const
  const grown = names.map((name) => looseCount(total[name]) - looseCount(before?.[name]))
  if (grown.some((count) => count < 0)) return total
  return Object.fromEntries(names.map((name, index) => [name, grown[index]]))
}
