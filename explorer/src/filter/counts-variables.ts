import { timeZone } from '../charts/time-span'
import type { ViewFilter } from '../view/filter'
import type { PagePath } from '../view/path'
import { toSessionFilter } from '../view/session-filter'

/** What the counts of a view ask. */
export function countsVariables({ organization, workspace }: PagePath, filter: ViewFilter, now: Date) {
  return { organization, workspace, filter: toSessionFilter(filter, now), timeZone }
}
