import { isObject, type SourceUsage } from '../source.js'
import { type Json, looseCount, looseNumber, looseObject } from './loose.js'

/**
 * Usage as providers' APIs name it: OpenAI's (cached tokens stand inside the input) or Anthropic's (beside it). A cost stands
 * in it, or beside it. Null where neither tokens nor a cost are told.
 */
export function apiUsage(usage: unknown, cost?: unknown): SourceUsage | null {
  const reported = looseObject(usage)
  const costUsd = looseNumber(cost) ?? looseNumber(reported.cost_usd) ?? looseNumber(reported.cost)
  const names = ['prompt_tokens', 'completion_tokens', 'input_tokens', 'output_tokens']
  const hasTokens = isObject(usage) && names.some((name) => looseNumber(usage[name]) !== null)
  if (!hasTokens && costUsd === null) return null
  const read = cachedIn(reported)
  const written = looseCount(reported.cache_creation_input_tokens)
  const isAnthropic = 'cache_read_input_tokens' in reported || 'cache_creation_input_tokens' in reported
  const input = looseCount(reported.prompt_tokens ?? reported.input_tokens)
  return {
    inputTokens: isAnthropic && !('prompt_tokens' in reported) ? input : Math.max(0, input - read - written),
    outputTokens: looseCount(reported.completion_tokens ?? reported.output_tokens),
    cacheReadInputTokens: read,
    cacheCreationInputTokens: written,
    costUsd,
  }
}

/** Usage of several requests together; a cost is known where one is. */
export function sumOf(a: SourceUsage | null | undefined, b: SourceUsage): SourceUsage {
  if (a == null) return b
  return {
    inputTokens: a.inputTokens + b.inputTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    cacheReadInputTokens: a.cacheReadInputTokens + b.cacheReadInputTokens,
    cacheCreationInputTokens: a.cacheCreationInputTokens + b.cacheCreationInputTokens,
    costUsd: a.costUsd == null && b.costUsd == null ? null : (a.costUsd ?? 0) + (b.costUsd ?? 0),
  }
}

function cachedIn(usage: Json): number {
  const details = looseObject(usage.prompt_tokens_details ?? usage.input_tokens_details)
  return looseCount(usage.cache_read_input_tokens ?? details.cached_tokens ?? usage.cached_tokens)
}
