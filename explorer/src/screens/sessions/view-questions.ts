import sessionsScreenQuery from '../../__generated__/sessionsScreenQuery.graphql'
import useCountsQuery from '../../__generated__/useCountsQuery.graphql'
import { countsVariables } from '../../filter/counts-variables'
import type { Question } from '../../gateway/ahead'
import type { ViewFilter } from '../../view/filter'
import type { PagePath } from '../../view/path'
import { toSessionFilter, toSessionOrder } from '../../view/session-filter'

export const ROW_HEIGHT = 36
/** Of a row with a second line. */
export const TALL_ROW_HEIGHT = 52
/** Rows that come along with those that fit the screen. */
const MORE = 8

/** What the list of a view asks: as many rows as the screen has room for. */
export function listVariables({ organization, workspace }: PagePath, filter: ViewFilter, now: Date) {
  return {
    organization,
    workspace,
    count: Math.ceil(window.innerHeight / ROW_HEIGHT) + MORE,
    filter: toSessionFilter(filter, now),
    orderBy: toSessionOrder(filter),
  }
}

/** What the parts of a view ask: its list and its counts. */
export function viewQuestions(path: PagePath, filter: ViewFilter, now: Date): readonly Question[] {
  return [
    [sessionsScreenQuery.params, listVariables(path, filter, now)],
    [useCountsQuery.params, countsVariables(path, filter, now)],
  ]
}
