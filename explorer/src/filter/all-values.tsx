import { useVirtualizer } from '@tanstack/react-virtual'
import { useEffect, useRef, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { fetchQuery, graphql, useRelayEnvironment } from 'react-relay'
import type { allValuesQuery, allValuesQuery$data } from '../__generated__/allValuesQuery.graphql'
import { exact } from '../format'
import type { PagePath } from '../frame/address'
import { Failure } from '../parts/failure-boundary'
import type { Choice, ChoiceState, Dimension } from './filter'
import styles from './filter-bar.module.css'
import type { SessionFilter } from './session-filter'
import { type FacetValue, ValueRow } from './value-row'

const PAGE = 200
const ROW_HEIGHT = 26
const PAUSE_MS = 120

interface AllValuesProps {
  dimension: Dimension | `label:${string}`
  path: PagePath
  asked: SessionFilter
  choice: Choice
  onChoose: (value: string, state: ChoiceState) => void
}

interface Found {
  values: readonly FacetValue[]
  total: number
  cursor: string | null
}

/** Every value of a dimension, thousands too: narrowed by what one types, further pages as one scrolls. */
export function AllValues({ dimension, path, asked, choice, onChoose }: AllValuesProps) {
  const environment = useRelayEnvironment()
  const [prefix, setPrefix] = useState('')
  const [found, setFound] = useState<Found | null>(null)
  const [failure, setFailure] = useState<Error | null>(null)
  const [after, setAfter] = useState<string | null>(null)
  const scroller = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: other counts begin at the first page.
  useEffect(() => setAfter(null), [asked])
  useEffect(() => {
    const ask = () =>
      fetchQuery<allValuesQuery>(environment, query, {
        organization: path.organization,
        workspace: path.workspace,
        filter: asked as never,
        prefix,
        after,
        first: PAGE,
        keys: dimension.startsWith('label:') ? [dimension.slice('label:'.length)] : [],
        ...wanted(dimension),
      }).subscribe({
        next: (data) => {
          const page = readPage(data)
          setFound((before) => ({
            ...page,
            values: after === null ? page.values : [...(before?.values ?? []), ...page.values],
          }))
        },
        error: setFailure,
      })
    let asking: { unsubscribe: () => void } | undefined
    const timer = setTimeout(() => {
      asking = ask()
    }, PAUSE_MS)
    return () => {
      clearTimeout(timer)
      asking?.unsubscribe()
    }
  }, [environment, path.organization, path.workspace, asked, prefix, after, dimension])
  const values = found?.values ?? []
  const virtual = useVirtualizer({
    count: values.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 10,
  })
  const rows = virtual.getVirtualItems()
  const last = rows.at(-1)?.index ?? 0
  const cursor = found?.cursor ?? null
  useEffect(() => {
    if (cursor !== null && last > values.length - 40) setAfter(cursor)
  }, [cursor, last, values.length])
  return (
    <>
      <SearchField
        aria-label="Find values"
        value={prefix}
        autoFocus
        onChange={(text) => {
          setPrefix(text)
          setAfter(null)
        }}
      >
        <Input className="field" placeholder="begins with…" maxLength={255} />
      </SearchField>
      {failure !== null && <Failure error={failure} />}
      <p className="muted" role="status">
        {found === null ? 'Counting…' : `${exact(found.total)} values`}
      </p>
      <div ref={scroller} className={styles.values}>
        <div className={styles.rows} style={{ height: virtual.getTotalSize() }}>
          {rows.map(({ index, start }) => {
            const value = values[index]
            return (
              value && (
                <div
                  key={value.value}
                  className={styles.slot}
                  style={{ transform: `translateY(${start}px)` }}
                >
                  <ValueRow value={value} choice={choice} onChoose={onChoose} />
                </div>
              )
            )
          })}
        </div>
      </div>
    </>
  )
}

const query = graphql`
  query allValuesQuery(
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
      sessionFacets(filter: $filter, mode: OWN_FILTER_EXCLUDED) {
        agents(first: $first, after: $after, prefix: $prefix) @include(if: $isAgent) {
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
        models(first: $first, after: $after, prefix: $prefix) @include(if: $isModel) {
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
        answeringModels(first: $first, after: $after, prefix: $prefix) @include(if: $isAnswered) {
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

function wanted(dimension: string) {
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

function readPage({ workspace }: allValuesQuery$data): Found {
  const facets = workspace?.sessionFacets
  const connection =
    facets?.agents ??
    facets?.models ??
    facets?.users ??
    facets?.projects ??
    facets?.toolNames ??
    facets?.answeringModels ??
    facets?.labels?.[0]
  if (connection == null) return { values: [], total: 0, cursor: null }
  const { totalCount, pageInfo, edges } = connection
  return {
    values: edges.map(({ count, node }) => {
      if ('login' in node) return { value: node.uuid, text: node.login, count }
      return 'name' in node
        ? { value: node.uuid, text: node.name, count }
        : { value: node.value, text: node.value, count }
    }),
    total: totalCount,
    cursor: pageInfo.hasNextPage ? (pageInfo.endCursor ?? null) : null,
  }
}
