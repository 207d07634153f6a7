import type { SourceMessage, SourceUsage } from '../source.js'

/**
 * Gives the usage of a whole run, where its answers tell none of their own, to the last answer: so the session's totals are
 * right. Answers that tell their own make it up already.
 */
export function withRunUsage(messages: readonly SourceMessage[], usage: SourceUsage | null): SourceMessage[] {
  const last = messages.findLastIndex(({ role }) => role === 'ASSISTANT')
  if (usage === null || last === -1 || messages.some((message) => message.usage != null)) return [...messages]
  return messages.map((message, index) => (index === last ? { ...message, usage } : message))
}
