import type { ReactNode } from 'react'
import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type { breakdowns_workspace$key } from '../../__generated__/breakdowns_workspace.graphql'
import type { MeasureName } from '../../charts/measures'
import { visibleName } from '../../parts/show-controls'
import { writeAddress } from '../../view/address'
import { choose, type ViewFilter } from '../../view/filter'
import { type PagePath, writePath } from '../../view/path'
import type { SessionFilter } from '../../view/session-filter'
import { Breakdown, type BreakdownRow } from './breakdown'
import styles from './overview-screen.module.css'
import { type FurtherDimension, useFurtherValues } from './use-further-values'

interface BreakdownsProps {
  workspace: breakdowns_workspace$key
  filter: ViewFilter
  /** The filter as the gateway was asked. */
  asked: SessionFilter
  path: PagePath
  measure: MeasureName
}

/** What sessions come to by model, agent, owner, project and tool, of whose calls a session may have several; each row leads to its sessions. */
export function Breakdowns({ workspace: key, filter, asked, path, measure }: BreakdownsProps) {
  const { sessionFacets } = useFragment(
    graphql`
      fragment breakdowns_workspace on Workspace @argumentDefinitions(filter: { type: "SessionFilter" }) {
        sessionFacets(filter: $filter) {
          models(first: 100) {
            ...breakdowns_values @relay(mask: false)
          }
          agents(first: 100) {
            ...breakdowns_values @relay(mask: false)
          }
          toolNames(first: 100) {
            ...breakdowns_values @relay(mask: false)
          }
          users(first: 100) {
            remainingCount
            pageInfo {
              endCursor
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
          projects(first: 100) {
            remainingCount
            pageInfo {
              endCursor
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
    `,
    key,
  )
  const { models, agents, users, projects, toolNames } = sessionFacets
  const lists = [
    { title: 'Model', dimension: 'model', found: models },
    { title: 'Agent', dimension: 'agent', found: agents },
    { title: 'Owner', dimension: 'owner', found: users },
    { title: 'Project', dimension: 'project', found: projects },
    { title: 'Tool', dimension: 'tool', found: toolNames },
  ] as const
  return (
    <div className={styles.breakdowns}>
      {lists.map((list) => (
        <DimensionBreakdown
          key={list.title}
          {...list}
          filter={filter}
          asked={asked}
          path={path}
          measure={measure}
          note={list.dimension === 'tool' && <FailedOnly filter={filter} path={path} />}
        />
      ))}
    </div>
  )
}

/** One click to the tools of the sessions in which calls failed, and back. */
function FailedOnly({ filter, path }: { filter: ViewFilter; path: PagePath }) {
  const isOn = (filter.ranges.failed?.min ?? 0) > 0
  const failed = isOn ? null : { min: 1, max: null }
  const address = writeAddress({ ...filter, ranges: { ...filter.ranges, failed } })
  return (
    <p className={styles.note}>
      {isOn && 'Sessions with failed calls, by the tools that they used. '}
      <Link to={`${writePath({ ...path, screen: 'overview', id: null })}?${address}`}>
        {isOn ? 'Of all sessions' : 'Only of sessions with failed calls'}
      </Link>
    </p>
  )
}

graphql`
  fragment breakdowns_values on FacetValueConnection {
    remainingCount
    pageInfo {
      endCursor
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

interface DimensionBreakdownProps {
  title: string
  dimension: FurtherDimension
  found: {
    readonly edges: readonly Edge[]
    readonly remainingCount: number
    readonly pageInfo: { readonly endCursor?: string | null }
  }
  filter: ViewFilter
  asked: SessionFilter
  path: PagePath
  measure: MeasureName
  note: ReactNode
}

function DimensionBreakdown(props: DimensionBreakdownProps) {
  const { title, dimension, found, filter, asked, path, measure, note } = props
  const cursor =
    found.remainingCount > 0 && measure !== 'sessions' ? (found.pageInfo.endCursor ?? null) : null
  const further = useFurtherValues(path, asked, dimension, cursor)
  const toRow = ({ count, totalTokens, totalCostUsd, node }: Edge): BreakdownRow => {
    const value = node.value ?? node.uuid ?? ''
    const choices = { ...filter.choices, [dimension]: choose({ in: [], out: [] }, value, 'in') }
    return {
      key: value,
      text: visibleName(node.login ?? node.name ?? value),
      href: `${writePath({ ...path, screen: 'sessions', id: null })}?${writeAddress({ ...filter, choices })}`,
      sums: { sessions: count, totalTokens, totalCostUsd: String(totalCostUsd) },
    }
  }
  return (
    <Breakdown
      title={title}
      rows={[...found.edges, ...(further.edges as readonly Edge[])].map(toRow)}
      remaining={further.isWhole ? 0 : found.remainingCount}
      measure={measure}
      note={note}
    />
  )
}

interface Edge {
  readonly count: number
  readonly totalTokens: number
  readonly totalCostUsd: unknown
  readonly node: {
    readonly value?: string
    readonly uuid?: string
    readonly login?: string
    readonly name?: string
  }
}
