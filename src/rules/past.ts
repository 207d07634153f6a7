import type { Issue } from './issue.js'
import { isStorableTime } from './time.js'

/** How far the clocks of a caller and the gateway may differ; what is ahead within it counts as now. */
export const CLOCK_DIFFERENCE_MS = 300_000

/** What is wrong with a moment that a caller says something happened at: it is not past, or no time that can be stored. */
export function findPastIssues(
  moment: Date | null | undefined,
  path: readonly (string | number)[],
  now = Date.now(),
): Issue[] {
  if (moment === null || moment === undefined) return []
  if (!isStorableTime(moment)) return [{ path, message: 'Takes a moment of the years 1 to 9999' }]
  if (moment.getTime() <= now + CLOCK_DIFFERENCE_MS) return []
  return [{ path, message: 'Takes a moment that is past' }]
}
