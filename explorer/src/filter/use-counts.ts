import { useDeferredValue, useMemo } from 'react'
import { graphql } from 'react-relay'
import type { useCountsQuery } from '../__generated__/useCountsQuery.graphql'
import { useQuery } from '../gateway/use-query'
import type { ViewFilter } from '../view/filter'
import type { PagePath } from '../view/path'
import { countsVariables } from './counts-variables'

/**
 * What is counted under a filter, of one snapshot, for every part of the page that shows some of it: what was counted
 * last stays until it is there, and is stale meanwhile. The workspace is null where the key may not enter it.
 */
export function useCounts(path: PagePath, filter: ViewFilter, now: Date) {
  const asked = useMemo(
    () => ({ time: filter.time, variables: countsVariables(path, filter, now) }),
    [path, filter, now],
  )
  const shown = useDeferredValue(asked)
  const { workspace } = useQuery<useCountsQuery>(
    graphql`
      query useCountsQuery(
        $organization: String!
        $workspace: String!
        $filter: SessionFilter
        $timeZone: String!
      ) {
        workspace(organization: $organization, slug: $workspace) {
          ...dimensions_workspace @arguments(filter: $filter)
          ...histogram_workspace @arguments(filter: $filter, timeZone: $timeZone)
        }
      }
    `,
    shown.variables as useCountsQuery['variables'],
    { fetchPolicy: 'store-and-network', fetchKey: now.getTime() },
  )
  return { workspace, filter: shown.variables.filter, time: shown.time, isStale: asked !== shown }
}
