import { graphql, useFragment } from 'react-relay'
import type { breakdowns_workspace$key } from '../../__generated__/breakdowns_workspace.graphql'
import type { MeasureName } from '../../charts/measures'
import { writeAddress } from '../../filter/address'
import { choose, type Dimension, type ViewFilter } from '../../filter/filter'
import { type PagePath, writePath } from '../../frame/address'
import { Breakdown, type BreakdownRow } from './breakdown'
import styles from './overview-screen.module.css'

interface BreakdownsProps {
  workspace: breakdowns_workspace$key
  filter: ViewFilter
  path: PagePath
  measure: MeasureName
}

/** What sessions come to by model, agent, owner and project; each row leads to its sessions. */
export function Breakdowns({ workspace: key, filter, path, measure }: BreakdownsProps) {
  const { sessionFacets } = useFragment(
    graphql`
      fragment breakdowns_workspace on Workspace @argumentDefinitions(filter: { type: "SessionFilter" }) {
        sessionFacets(filter: $filter) {
          models(first: 100) {
            remainingCount
            edges {
              count
              totalTokens
              totalCostUsd
              node {
                value
              }
            }
          }
          agents(first: 100) {
            remainingCount
            edges {
              count
              totalTokens
              totalCostUsd
              node {
                value
              }
            }
          }
          users(first: 100) {
            remainingCount
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
  const { models, agents, users, projects } = sessionFacets
  const rowsOf = (dimension: Dimension, { edges }: { edges: readonly Edge[] }): BreakdownRow[] =>
    edges.map(({ count, totalTokens, totalCostUsd, node }) => {
      const value = node.value ?? node.uuid ?? ''
      const choices = { ...filter.choices, [dimension]: choose({ in: [], out: [] }, value, 'in') }
      return {
        key: value,
        text: node.login ?? node.name ?? value,
        href: `${writePath({ ...path, screen: 'sessions', id: null })}?${writeAddress({ ...filter, choices })}`,
        sums: { sessions: count, totalTokens, totalCostUsd: String(totalCostUsd) },
      }
    })
  const lists = [
    { title: 'Model', rows: rowsOf('model', models), remaining: models.remainingCount },
    { title: 'Agent', rows: rowsOf('agent', agents), remaining: agents.remainingCount },
    { title: 'Owner', rows: rowsOf('owner', users), remaining: users.remainingCount },
    { title: 'Project', rows: rowsOf('project', projects), remaining: projects.remainingCount },
  ]
  return (
    <div className={styles.breakdowns}>
      {lists.map((list) => (
        <Breakdown key={list.title} {...list} measure={measure} />
      ))}
    </div>
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
