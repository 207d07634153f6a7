import type { SourcePiece } from '../format.js'
import type { SourceMessage, SourceUsage } from '../source.js'

/**
 * Gives the usage of a whole run, where its answers tell none of their own, to the last answer: so the session's totals are
 * right. Answers that tell their own make it up already.
 */
export function* withRunUsage(
  key: string,
  messages: Iterable<SourceMessage>,
  usage: SourceUsage | null,
): Generator<Extract<SourcePiece, { message: SourceMessage }>> {
  let last: { message: SourceMessage; index: number } | null = null
  let isTold = false
  let index = 0
  for (const message of messages) {
    isTold ||= message.usage != null
    if (message.role === 'ASSISTANT') last = { message, index }
    index += 1
    yield { key, message }
  }
  if (usage !== null && last !== null && !isTold)
    yield { key, message: { ...last.message, usage }, index: last.index }
}
