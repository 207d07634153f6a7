/** Lines of a stream of server-sent events that say nothing of their own: comments, names of events, the end. */
const around = /^(?:event|id|retry)(?::|$)|^:|^data:\s*(?:\[DONE\]\s*)?$/

/** The text that a line of server-sent events carries; null for one that carries none, undefined for lines of anything else. */
export function dataOfEvent(line: string): string | null | undefined {
  const text = line.trimEnd()
  if (around.test(text)) return null
  return text.startsWith('data:') ? text.slice('data:'.length) : undefined
}
