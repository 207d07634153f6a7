import { apart } from '../work.js'

/** Answers kept at a time; the oldest go first. */
const MOST = 10_000

/**
 * The question, whose answers are kept for some milliseconds from when it was asked; calls at the same time share one.
 * Failures are not kept. Zero keeps nothing.
 */
export function remember<Subject, Answer>(
  ask: (subject: Subject) => Promise<Answer>,
  keyOf: (subject: Subject) => string,
  milliseconds: number,
): (subject: Subject) => Promise<Answer> {
  if (milliseconds === 0) return ask
  const kept = new Map<string, { answer: Promise<Answer>; until: number }>()
  return (subject) => {
    const key = keyOf(subject)
    const now = performance.now()
    const cached = kept.get(key)
    if (cached !== undefined && now < cached.until) return cached.answer
    kept.delete(key)
    for (const oldest of kept.keys()) {
      if (kept.size < MOST) break
      kept.delete(oldest)
    }
    const answer = apart(() => ask(subject))
    kept.set(key, { answer, until: now + milliseconds })
    answer.catch(() => {
      if (kept.get(key)?.answer === answer) kept.delete(key)
    })
    return answer
  }
}
