import { isObject, type SourceUsage } from '../source.js'
import { type Json, looseCount, looseNumber, looseObject } from './loose.js'
import { members } from './members.js'

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

const breakdown = members(
  'usage',
  'cached_tokens reasoning_tokens text_tokens audio_tokens image_tokens accepted_prediction_tokens rejected_prediction_tokens',
)
/** What `apiUsage` takes in; what breaks a number down stands inside it. */
export const apiUsageMembers = members(
  'usage',
  'prompt_tokens completion_tokens input_tokens output_tokens total_tokens cost cost_usd cached_tokens cache_read_input_tokens cache_creation_input_tokens',
  {
    cache_creation: members('usage', 'ephemeral_5m_input_tokens ephemeral_1h_input_tokens'),
    ...{ prompt_tokens_details: breakdown, completion_tokens_details: breakdown },
    ...{ input_tokens_details: breakdown, output_tokens_details: breakdown },
  },
)

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
