import sessionsScreenQuery from '../../__generated__/sessionsScreenQuery.graphql'
import useCountsQuery from '../../__generated__/useCountsQuery.graphql'
import { countsVariables } from '../../filter/counts-variables'
import { askAhead } from '../../gateway/ahead'
import type { ViewFilter } from '../../view/filter'
import type { PagePath } from '../../view/path'
import { toSessionFilter, toSessionOrder } from '../../view/session-filter'

export const ROW_HEIGHT = 36
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

/** Asks for the list and the counts of a view before its parts do. */
export async function askView(path: PagePath, filter: ViewFilter, now: Date): Promise<void> {
  await Promise.all([
    askAhead(sessionsScreenQuery.params, listVariables(path, filter, now)),
    askAhead(useCountsQuery.params, countsVariables(path, filter, now)),
  ])
}
