import { isObject, type SourceMessage, type SourceUsage } from '../source.js'
import { type Json, looseCount, looseName, looseObject, membersBut, metadataOf } from './loose.js'

const FORMAT = 'gemini-cli'

/** The event that names the session. */
export function isBeginning(value: unknown): boolean {
  if (!isObject(value) || value.type !== 'init' || looseName(value.session_id) === null) return false
  return typeof value.timestamp === 'string' || typeof value.model === 'string'
}

/** An event of a run. */
export function isOfRun(value: unknown): boolean {
  if (!isObject(value)) return false
  if (value.type === 'init') return 'session_id' in value
  return value.type === 'tool_use' && 'tool_name' in value && 'tool_id' in value
}

const resultMembers = new Set(['type', 'timestamp', 'tool_id', 'status', 'output', 'error'])

/** What became of a call. */
export function resultOf(
  event: Json,
): Pick<SourceMessage, 'role' | 'content' | 'toolCallId' | 'isError' | 'metadata'> {
  const error = looseObject(event.error)
  const isTold = event.status === 'success' || event.status === 'error'
  return {
    role: 'TOOL',
    content: looseName(event.output) ?? looseName(error.message) ?? '',
    toolCallId: looseName(event.tool_id),
    isError: isTold ? event.status === 'error' : null,
    metadata: metadataOf(FORMAT, { ...membersBut(event, resultMembers), error_type: error.type }),
  }
}

/** Usage of a run: the input holds what was cached; thoughts stand in the total alone. */
export function usageOf(stats: unknown): SourceUsage | null {
  if (!isObject(stats)) return null
  const input = looseCount(stats.input_tokens)
  const cached = Math.min(input, looseCount(stats.cached))
  return {
    inputTokens: input - cached,
    outputTokens: Math.max(looseCount(stats.output_tokens), looseCount(stats.total_tokens) - input),
    cacheReadInputTokens: cached,
    cacheCreationInputTokens: 0,
    costUsd: null,
  }
}
