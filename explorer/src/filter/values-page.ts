import { graphql } from 'react-relay'
import type { valuesPageQuery$data } from '../__generated__/valuesPageQuery.graphql'
import { type FacetValue, personText, toValues } from './values'

export interface Found {
  values: readonly FacetValue[]
  total: number
  cursor: string | null
  /** Of owners: who may enter the workspace and is called so, with or without sessions. */
  members: readonly Person[]
}

export const valuesQuery = graphql`
  query valuesPageQuery(
    $organization: String!
    $workspace: String!
    $filter: SessionFilter
    $prefix: String!
    $after: String
    $first: Int!
    $keys: [String!]!
    $isAgent: Boolean!
    $isModel: Boolean!
    $isOwner: Boolean!
    $isProject: Boolean!
    $isTool: Boolean!
    $isAnswered: Boolean!
    $isLabel: Boolean!
  ) {
    workspace(organization: $organization, slug: $workspace) {
      members(search: $prefix, first: 100) @include(if: $isOwner) {
        edges {
          node {
            user {
              uuid
              login
              fullName
            }
          }
        }
      }
      sessionFacets(filter: $filter, mode: OWN_FILTER_EXCLUDED) {
        agents(first: $first, after: $after, prefix: $prefix) @include(if: $isAgent) {
          ...valuesPage_values @relay(mask: false)
        }
        models(first: $first, after: $after, prefix: $prefix) @include(if: $isModel) {
          ...valuesPage_values @relay(mask: false)
        }
        users(first: $first, after: $after, prefix: $prefix) @include(if: $isOwner) {
          totalCount
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            count
            node {
              uuid
              login
              fullName
            }
          }
        }
        projects(first: $first, after: $after, prefix: $prefix) @include(if: $isProject) {
          totalCount
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            count
            node {
              uuid
              name
            }
          }
        }
        toolNames(first: $first, after: $after, prefix: $prefix) @include(if: $isTool) {
          ...valuesPage_values @relay(mask: false)
        }
        answeringModels(first: $first, after: $after, prefix: $prefix) @include(if: $isAnswered) {
          ...valuesPage_values @relay(mask: false)
        }
        labels(first: $first, after: $after, prefix: $prefix, keys: $keys) @include(if: $isLabel) {
          key
          totalCount
          pageInfo {
            endCursor
            hasNextPage
          }
          edges {
            count
            node {
              value
            }
          }
        }
      }
    }
  }
`

graphql`
  fragment valuesPage_values on FacetValueConnection {
    totalCount
    pageInfo {
      endCursor
      hasNextPage
    }
    edges {
      count
      node {
        value
      }
    }
  }
`

/** The members of the question that say which dimension is meant. */
export function wanted(dimension: string) {
  return {
    isAgent: dimension === 'agent',
    isModel: dimension === 'model',
    isOwner: dimension === 'owner',
    isProject: dimension === 'project',
    isTool: dimension === 'tool',
    isAnswered: dimension === 'answered',
    isLabel: dimension.startsWith('label:'),
  }
}

/** The page that an answer holds; of owners also members without a session, behind all who have one. */
export function readPage({ workspace }: valuesPageQuery$data): Found {
  const facets = workspace?.sessionFacets
  const connection =
    facets?.agents ??
    facets?.models ??
    facets?.users ??
    facets?.projects ??
    facets?.toolNames ??
    facets?.answeringModels ??
    facets?.labels?.[0]
  if (connection == null) return { values: [], total: 0, cursor: null, members: [] }
  const { totalCount, pageInfo, edges } = connection
  const values = toValues(edges)
  const cursor = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null
  const members = (workspace?.members?.edges ?? []).map(({ node: { user } }) => user)
  return { values, total: totalCount, cursor, members }
}

type Person = NonNullable<
  NonNullable<valuesPageQuery$data['workspace']>['members']
>['edges'][number]['node']['user']

/** Members who are not among the values, with no session each. */
export function idleMembers(values: readonly FacetValue[], members: readonly Person[]): FacetValue[] {
  const known = new Set(values.map(({ value }) => value))
  return members
    .filter(({ uuid }) => !known.has(uuid))
    .map((person) => ({ value: person.uuid, text: personText(person), count: 0 }))
}
