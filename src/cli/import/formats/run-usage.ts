import type { SourcePiece } from '../format.js'
import type { SourceMessage, SourceUsage } from '../source.js'
import { sumOf } from './token-usage.js'

/**
 * Gives the usage of a whole run, where its answers tell none of their own, to the last answer, or its cost alone where they
 * tell tokens without one: so the session's totals are right. Answers that tell their own make it up already.
 */
export function* withRunUsage(
  key: string,
  messages: Iterable<SourceMessage>,
  usage: SourceUsage | null,
): Generator<Extract<SourcePiece, { message: SourceMessage }>> {
  let last: { message: SourceMessage; index: number } | null = null
  let isTold = false
  let hasCost = false
  let index = 0
  for (const message of messages) {
    isTold ||= message.usage != null
    hasCost ||= message.usage?.costUsd != null
    if (message.role === 'ASSISTANT') last = { message, index }
    index += 1
    yield { key, message }
  }
  if (usage === null || last === null || hasCost) return
  const { message } = last
  if (!isTold) yield { key, message: { ...message, usage, ofRun: true }, index: last.index }
  else if (usage.costUsd != null) {
    const sum = sumOf(message.usage, onlyCost(usage))
    yield { key, message: { ...message, usage: sum, ofRun: true }, index: last.index }
  }
}

function onlyCost({ costUsd }: SourceUsage): SourceUsage {
  return { inputTokens: 0, outputTokens: 0, cacheReadInputTokens: 0, cacheCreationInputTokens: 0, costUsd }
}
