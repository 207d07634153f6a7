/** So long the moment at which the page was opened is now. */
const NEW_MS = 30_000

export const pageOpenedAt = new Date()

/** The moment at which a view begins: what was asked for it ahead was asked of this one. */
export function viewMoment(): Date {
  const now = new Date()
  return now.getTime() - pageOpenedAt.getTime() < NEW_MS ? pageOpenedAt : now
}
