import { isObject, type SourceUsage } from '../source.js'
import { type Json, looseCount, looseName, looseNumber, looseObject, looseObjects } from './loose.js'
import { sumOf } from './token-usage.js'

const counts = ['prompt_tokens', 'completion_tokens', 'cache_read_tokens', 'cache_write_tokens'] as const
/** Requests that are not the agent's own: their model answers nobody. */
const aside = new Set(['condenser'])

/**
 * What the requests of a conversation consumed, as its states tell it: totals, told right before the answer that they grew by, and
 * in whole states the tokens of every answer by its id.
 */
export class ConversationStats {
  model: string | null = null
  /** What the totals have grown by since the answer before. */
  private grown: SourceUsage | null = null
  private readonly totals = new Map<string, Json>()
  private readonly byAnswer = new Map<string, SourceUsage>()
  private readonly given = new Set<string>()

  /** How many requests were told of that no answer came of. */
  get rest(): number {
    const answers = [...this.byAnswer.keys()].filter((answer) => !this.given.has(answer))
    return answers.length + (this.grown === null ? 0 : 1)
  }

  /** Takes in a state's `stats`; `isBefore` tells that they were consumed before the first event. */
  take(stats: unknown, isBefore = false): void {
    for (const [usageId, metrics] of Object.entries(looseObject(looseObject(stats).usage_to_metrics))) {
      if (!isObject(metrics)) continue
      const answers = looseObjects(metrics.token_usages).filter(({ response_id }) => looseName(response_id))
      const before = this.totals.get(usageId) ?? {}
      const total: Json = {
        ...looseObject(metrics.accumulated_token_usage),
        cost: looseNumber(metrics.accumulated_cost),
      }
      this.totals.set(usageId, total)
      const used = since(total, before)
      if (used === null) continue
      const model = looseName(metrics.model_name)
      if (!aside.has(usageId) && model !== 'default') this.model = model ?? this.model
      if (answers.length > 0) this.takeAnswers(answers, looseObjects(metrics.costs))
      else if (!isBefore) this.grown = sumOf(this.grown, used)
    }
  }

  /** What an answer consumed, once: by its id where states tell that, else what the totals have grown by. */
  of(answer: string | null): SourceUsage | null {
    const reported = answer === null ? null : this.reported(answer)
    if (reported !== null) return reported
    const { grown } = this
    this.grown = null
    return grown
  }

  /** What a whole state tells of an answer, once. */
  reported(answer: string): SourceUsage | null {
    const usage = this.given.has(answer) ? undefined : this.byAnswer.get(answer)
    if (usage === undefined) return null
    this.given.add(answer)
    return usage
  }

  private takeAnswers(answers: readonly Json[], costs: readonly Json[]): void {
    for (const [index, tokens] of answers.entries()) {
      const cost = costs.length === answers.length ? looseNumber(costs[index]?.cost) : null
      this.byAnswer.set(String(tokens.response_id), toUsage(tokens, cost))
    }
  }
}

/** The growth of a total; null for none. */
function since(total: Json, before: Json): SourceUsage | null {
  const grown = Object.fromEntries(
    counts.map((name) => [name, Math.max(0, looseCount(total[name]) - looseCount(before[name]))]),
  )
  const cost = Math.max(0, (looseNumber(total.cost) ?? 0) - (looseNumber(before.cost) ?? 0))
  return cost > 0 || Object.values(grown).some((count) => count > 0) ? toUsage(grown, cost) : null
}

/** What was cached stands inside the prompt, but for agents that tell it beside. A cost of 0 is one that nobody knows. */
function toUsage(tokens: Json, cost: number | null): SourceUsage {
  const [prompt, output, read, written] = counts.map((name) => looseCount(tokens[name])) as [
    ...[number, number, number, number],
  ]
  const cached = read + written
  return {
    inputTokens: cached > prompt ? prompt : prompt - cached,
    outputTokens: output,
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    costUsd: cost !== null && cost > 0 ? cost : null,
  }
}
