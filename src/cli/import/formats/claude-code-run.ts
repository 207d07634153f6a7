import { isObject, type SourceUsage } from '../source.js'
import { type Json, looseCount, looseNumber, looseObject } from './loose.js'
import { sumOf } from './token-usage.js'

/** What runs whose output is a stream tell as they end, beside what their answers told. */
export class RunTotals {
  private told: SourceUsage | null = null
  private usageBefore: Json = {}
  private costBefore = 0

  /** Counts an answer. */
  add(usage: SourceUsage | null | undefined): void {
    if (usage != null) this.told = sumOf(this.told, usage)
  }

  /**
   * The output tokens that answers of the run have lacked, as streams tell those of an answer's beginning, and the cost of the
   * run. Totals that are not of the same answers, which their input shows, tell no tokens.
   */
  end({ usage, total_cost_usd: cost }: Json): { missingTokens: number; costUsd: number | null } {
    const { told } = this
    const total = looseObject(usage)
    const isOfTold = (totals: Json) =>
      told !== null &&
      looseCount(totals.input_tokens) === told.inputTokens &&
      looseCount(totals.cache_read_input_tokens) === told.cacheReadInputTokens &&
      looseCount(totals.cache_creation_input_tokens) === told.cacheCreationInputTokens
    const totals = [total, since(this.usageBefore, total)].find(isOfTold)
    const sum = looseNumber(cost)
    const costUsd = sum === null ? null : sum >= this.costBefore ? sum - this.costBefore : sum
    this.told = null
    if (isObject(usage)) this.usageBefore = usage
    this.costBefore = sum ?? this.costBefore
    return {
      missingTokens: Math.max(0, looseCount(totals?.output_tokens) - (told?.outputTokens ?? 0)),
      costUsd,
    }
  }
}

function since(before: Json, total: Json): Json {
  return Object.fromEntries(
    Object.keys(total).map((name) => [name, looseCount(total[name]) - looseCount(before[name])]),
  )
}
