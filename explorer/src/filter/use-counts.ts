import { use, useDeferredValue, useMemo } from 'react'
import { graphql, useFragment } from 'react-relay'
import type { useCounts_total$key } from '../__generated__/useCounts_total.graphql'
import type { useCountsQuery } from '../__generated__/useCountsQuery.graphql'
import { OwnActs } from '../acts/own-acts'
import { useQuery } from '../gateway/use-query'
import type { ViewFilter } from '../view/filter'
import type { PagePath } from '../view/path'
import { countsVariables } from './counts-variables'

const query = graphql`
  query useCountsQuery(
    $organization: String!
    $workspace: String!
    $filter: SessionFilter
    $timeZone: String!
  ) {
    workspace(organization: $organization, slug: $workspace) {
      ...dimensions_workspace @arguments(filter: $filter)
      ...useCounts_total @arguments(filter: $filter)
      ...histogram_workspace @arguments(filter: $filter, timeZone: $timeZone)
    }
  }
`

/**
 * What is counted under a filter, of one snapshot, for every part of the page that shows some of it: what was counted
 * last stays until it is there, and is stale meanwhile. The workspace is null where the key may not enter it.
 */
export function useCounts(path: PagePath, filter: ViewFilter, now: Date) {
  const { times } = use(OwnActs)
  const asked = useMemo(
    () => ({ time: filter.time, variables: countsVariables(path, filter, now) }),
    [path, filter, now],
  )
  const shown = useDeferredValue(asked)
  const { workspace } = useQuery<useCountsQuery>(query, shown.variables as useCountsQuery['variables'], {
    fetchPolicy: 'store-and-network',
    fetchKey: `${now.getTime()} ${times}`,
  })
  return { workspace, filter: shown.variables.filter, time: shown.time, isStale: asked !== shown }
}

/** How many sessions a view has by what was counted last; null where it was not. Neither asks nor fails. */
export function useCountedTotal(path: PagePath, filter: ViewFilter, now: Date): number | null {
  const variables = useMemo(() => countsVariables(path, filter, now), [path, filter, now])
  const { workspace } = useQuery<useCountsQuery>(query, variables as useCountsQuery['variables'], {
    fetchPolicy: 'store-only',
  })
  const found = useFragment(
    graphql`
      fragment useCounts_total on Workspace @argumentDefinitions(filter: { type: "SessionFilter" }) {
        sessions(first: 0, filter: $filter) {
          totalCount
        }
      }
    `,
    (workspace ?? null) as useCounts_total$key | null,
  )
  return found?.sessions?.totalCount ?? null
}
