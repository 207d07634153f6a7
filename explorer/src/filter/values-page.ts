import { graphql } from 'react-relay'
import type { valuesPageOthersQuery$data } from '../__generated__/valuesPageOthersQuery.graphql'
import type { valuesPageQuery$data } from '../__generated__/valuesPageQuery.graphql'
import type { Dimension } from '../view/filter'
import { unescapeName } from '../view/verdict'
import { type FacetValue, personText, toValues } from './values'

export interface Found {
  values: readonly FacetValue[]
  total: number
  cursor: string | null
  /** Of owners: who may enter the workspace and is called so, with or without sessions. */
  members: readonly Person[]
}

// Two questions, as the gateway takes five directives in one.
const textsQuery = graphql`
  query valuesPageQuery(
    $organization: String!
    $workspace: String!
    $filter: SessionFilter
    $search: String!
    $prefix: String
    $after: String
    $first: Int!
    $isAgent: Boolean!
    $isModel: Boolean!
    $isTool: Boolean!
    $isAnswered: Boolean!
    $isAnnotation: Boolean!
  ) {
    workspace(organization: $organization, slug: $workspace) {
      sessionFacets(filter: $filter, mode: OWN_FILTER_EXCLUDED) {
        agents(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isAgent) {
          ...valuesPage_values @relay(mask: false)
        }
        models(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isModel) {
          ...valuesPage_values @relay(mask: false)
        }
        toolNames(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isTool) {
          ...valuesPage_values @relay(mask: false)
        }
        answeringModels(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isAnswered) {
          ...valuesPage_values @relay(mask: false)
        }
        annotationNames(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isAnnotation) {
          ...valuesPage_values @relay(mask: false)
        }
      }
    }
  }
`
const othersQuery = graphql`
  query valuesPageOthersQuery(
    $organization: String!
    $workspace: String!
    $filter: SessionFilter
    $search: String!
    $prefix: String
    $after: String
    $first: Int!
    $keys: [String!]!
    $isOwner: Boolean!
    $isProject: Boolean!
    $isLabel: Boolean!
    $isVerdict: Boolean!
  ) {
    workspace(organization: $organization, slug: $workspace) {
      members(search: $search, first: 100) @include(if: $isOwner) {
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
        users(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isOwner) {
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
        projects(first: $first, after: $after, search: $search, prefix: $prefix) @include(if: $isProject) {
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
        labels(first: $first, after: $after, search: $search, prefix: $prefix, keys: $keys) @include(if: $isLabel) {
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
        annotationLabels(first: $first, after: $after, search: $search, prefix: $prefix, names: $keys) @include(if: $isVerdict) {
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

const ofTexts = {
  agent: 'isAgent',
  model: 'isModel',
  tool: 'isTool',
  answered: 'isAnswered',
  annotation: 'isAnnotation',
} as const

/** A dimension, a label key as `label:env`, or the name of annotations with labels as `verdict:helpfulness`. */
export type ListedDimension = Dimension | `${'label' | 'verdict'}:${string}`

/** The question for the values of a dimension, and the variables that say which it is. */
export function valuesOf(dimension: ListedDimension) {
  if (Object.hasOwn(ofTexts, dimension)) {
    const flags = Object.entries(ofTexts).map(([name, flag]) => [flag, name === dimension])
    return { query: textsQuery, variables: Object.fromEntries(flags) as Record<string, boolean> }
  }
  const [kind = '', key = ''] = dimension.split(/:(.*)/s)
  const [isLabel, isVerdict] = [kind === 'label', kind === 'verdict']
  const keys = isLabel ? [key] : isVerdict ? [unescapeName(key)] : []
  return {
    query: othersQuery,
    variables: { keys, isOwner: kind === 'owner', isProject: kind === 'project', isLabel, isVerdict },
  }
}

type Answer = valuesPageQuery$data | valuesPageOthersQuery$data

/** Either of the questions. */
export interface ValuesQuestion {
  variables: Record<string, unknown>
  response: Answer
}

/** The page that an answer holds; of owners also members without a session, behind all who have one. */
export function readPage({ workspace }: Answer): Found {
  const { labels, annotationLabels, ...pages } = {
    labels: undefined,
    annotationLabels: undefined,
    ...workspace?.sessionFacets,
  }
  const connection = (labels ?? annotationLabels)?.[0] ?? Object.values(pages).find((page) => page != null)
  if (connection == null) return { values: [], total: 0, cursor: null, members: [] }
  const { totalCount, pageInfo, edges } = connection
  const values = toValues(edges)
  const cursor = pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null
  const members = workspace != null && 'members' in workspace ? (workspace.members?.edges ?? []) : []
  return { values, total: totalCount, cursor, members: members.map(({ node: { user } }) => user) }
}

type Person = NonNullable<
  NonNullable<valuesPageOthersQuery$data['workspace']>['members']
>['edges'][number]['node']['user']

/** Members who are not among the values, with no session each. */
export function idleMembers(values: readonly FacetValue[], members: readonly Person[]): FacetValue[] {
  const known = new Set(values.map(({ value }) => value))
  return members
    .filter(({ uuid }) => !known.has(uuid))
    .map((person) => ({ value: person.uuid, text: personText(person), count: 0 }))
}
