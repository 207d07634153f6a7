import { useEffect, useState } from 'react'
import { graphql, useRelayEnvironment } from 'react-relay'
import type {
  useFurtherValuesQuery,
  useFurtherValuesQuery$data,
} from '../../__generated__/useFurtherValuesQuery.graphql'
import { askPastStore } from '../../gateway/ask'
import type { PagePath } from '../../view/path'
import type { SessionFilter } from '../../view/session-filter'

const PAGE = 1000

export type FurtherDimension = 'model' | 'agent' | 'owner' | 'project' | 'tool'
type Facets = NonNullable<useFurtherValuesQuery$data['workspace']>['sessionFacets']
export type FurtherEdge = NonNullable<
  Facets['models' | 'agents' | 'users' | 'projects' | 'toolNames']
>['edges'][number]

interface Further {
  edges: readonly FurtherEdge[]
  isWhole: boolean
}

const nothing: Further = { edges: [], isWhole: false }

/**
 * The values of a dimension behind a cursor, with what their sessions come to, page by page until all are there: the
 * dearest may have the fewest sessions. None while the cursor is null.
 */
export function useFurtherValues(
  { organization, workspace }: PagePath,
  filter: SessionFilter,
  dimension: FurtherDimension,
  cursor: string | null,
): Further {
  const environment = useRelayEnvironment()
  const [further, setFurther] = useState(nothing)
  useEffect(() => {
    setFurther(nothing)
    let isCurrent = true
    const read = async () => {
      const edges: FurtherEdge[] = []
      for (let after = cursor; after !== null; ) {
        const answer = await askPastStore<useFurtherValuesQuery>(environment, query, {
          organization,
          workspace,
          filter,
          after,
          first: PAGE,
          isModel: dimension === 'model',
          isAgent: dimension === 'agent',
          isOwner: dimension === 'owner',
          isProject: dimension === 'project',
          isTool: dimension === 'tool',
        }).toPromise()
        const facets = answer?.workspace?.sessionFacets
        const page =
          facets?.models ?? facets?.agents ?? facets?.users ?? facets?.projects ?? facets?.toolNames
        if (page == null || !isCurrent) return
        edges.push(...page.edges)
        after = page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null
      }
      setFurther({ edges, isWhole: true })
    }
    // What could not be read stays away, and is told as such below the list.
    read().catch(() => {})
    return () => {
      isCurrent = false
    }
  }, [environment, organization, workspace, filter, dimension, cursor])
  return further
}

const query = graphql`
  query useFurtherValuesQuery(
    $organization: String!
    $workspace: String!
    $filter: SessionFilter
    $after: String!
    $first: Int!
    $isModel: Boolean!
    $isAgent: Boolean!
    $isOwner: Boolean!
    $isProject: Boolean!
    $isTool: Boolean!
  ) {
    workspace(organization: $organization, slug: $workspace) {
      sessionFacets(filter: $filter) {
        models(first: $first, after: $after) @include(if: $isModel) {
          ...useFurtherValues_values @relay(mask: false)
        }
        agents(first: $first, after: $after) @include(if: $isAgent) {
          ...useFurtherValues_values @relay(mask: false)
        }
        toolNames(first: $first, after: $after) @include(if: $isTool) {
          ...useFurtherValues_values @relay(mask: false)
        }
        users(first: $first, after: $after) @include(if: $isOwner) {
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            count
            totalTokens
            totalCostUsd
            node {
              uuid
              login
            }
          }
        }
        projects(first: $first, after: $after) @include(if: $isProject) {
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            count
            totalTokens
            totalCostUsd
            node {
              uuid
              name
            }
          }
        }
      }
    }
  }
`

graphql`
  fragment useFurtherValues_values on FacetValueConnection {
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      count
      totalTokens
      totalCostUsd
      node {
        value
      }
    }
  }
`
