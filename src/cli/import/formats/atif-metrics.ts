import type { SourceMessage, SourceUsage } from '../source.js'
import { numberAt, objectAt } from './exported.js'
import type { LeftOutTally } from './left-out.js'
import { type Json, looseObject, membersBut } from './loose.js'

/** Where the totals that the file tells are not the sums of its rows, alone or with those of its sub-agents. */
export function notesOn(value: Json, own: MetricSum, children: readonly MetricSum[]): string[] {
  const reported = looseObject(value.final_metrics)
  const all = emptySum()
  for (const sum of [own, ...children]) for (const key of sumKeys) all[key] += sum[key]
  const sums = [own, all] as const
  const facts = [
    ['total_prompt_tokens', 'prompt'],
    ['total_completion_tokens', 'completion'],
    ['total_cached_tokens', 'cached'],
    ['total_cost_usd', 'cost'],
  ] as const
  return facts.flatMap(([member, key]) => {
    const total = reported[member]
    if (typeof total !== 'number' || sums.some((sum) => Math.abs(sum[key] - total) < 1e-9)) return []
    return [`its ${member} of ${total} is not the sum of its steps, ${sums[0][key]}`]
  })
}

const sumKeys = ['prompt', 'completion', 'cached', 'cost'] as const
/** What the rows of a trajectory consumed. */
export type MetricSum = Record<(typeof sumKeys)[number], number>

/** The sum of no rows. */
export function emptySum(): MetricSum {
  return { prompt: 0, completion: 0, cached: 0, cost: 0 }
}

/** Adds what a row consumed. */
export function addTo(sum: MetricSum, { role, usage, replacesUpTo }: SourceMessage): void {
  if (usage == null || role !== 'ASSISTANT' || replacesUpTo !== undefined) return
  sum.prompt += usage.inputTokens + usage.cacheReadInputTokens + usage.cacheCreationInputTokens
  sum.completion += usage.outputTokens
  sum.cached += usage.cacheReadInputTokens
  sum.cost += usage.costUsd ?? 0
}

const countedMetrics = new Set(['prompt_tokens', 'completion_tokens', 'cached_tokens', 'cost_usd', 'extra'])
const bulkyMetrics = ['prompt_token_ids', 'completion_token_ids', 'logprobs']

/**
 * Metrics count cached tokens among those of the prompt; transcripts keep them apart. Of a step that was copied from the
 * trajectory which this one continues, they count there.
 */
export function readMetrics(step: Json): SourceUsage | null {
  const metrics = objectAt(step, 'metrics')
  if (metrics === null || step.is_copied_context === true) return null
  const reported = ['prompt_tokens', 'completion_tokens', 'cost_usd'].some((name) => metrics[name] != null)
  if (!reported) return null
  const cacheRead = numberAt(metrics, 'cached_tokens') ?? 0
  const cacheCreation = numberAt(objectAt(metrics, 'extra') ?? {}, 'cache_creation_input_tokens') ?? 0
  return {
    inputTokens: Math.max(0, (numberAt(metrics, 'prompt_tokens') ?? 0) - cacheRead - cacheCreation),
    outputTokens: numberAt(metrics, 'completion_tokens') ?? 0,
    cacheReadInputTokens: cacheRead,
    cacheCreationInputTokens: cacheCreation,
    costUsd: numberAt(metrics, 'cost_usd'),
  }
}

/** What metrics tell beside the usage; token ids and probabilities are left out. */
export function metricsBeside(metrics: Json | null, leftOut: LeftOutTally): Json | null {
  if (metrics === null) return null
  for (const name of bulkyMetrics) if (metrics[name] != null) leftOut.add(name)
  const others = membersBut(metrics, new Set([...countedMetrics, ...bulkyMetrics]))
  const extra = membersBut(looseObject(metrics.extra), new Set(['cache_creation_input_tokens']))
  return others === null && extra === null ? null : { ...others, ...(extra === null ? {} : { extra }) }
}
