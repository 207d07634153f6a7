import { graphql, useFragment } from 'react-relay'
import type { extremes_workspace$key } from '../../__generated__/extremes_workspace.graphql'
import { writeAddress } from '../../view/address'
import type { Sort, ViewFilter } from '../../view/filter'
import { type PagePath, writePath } from '../../view/path'
import { ExtremeList } from './extreme-list'
import styles from './overview-screen.module.css'

interface ExtremesProps {
  workspace: extremes_workspace$key
  filter: ViewFilter
  path: PagePath
}

/** The dearest sessions, the longest ones, and those with the most failed calls. */
export function Extremes({ workspace: key, filter, path }: ExtremesProps) {
  const found = useFragment(
    graphql`
      fragment extremes_workspace on Workspace @argumentDefinitions(filter: { type: "SessionFilter" }) {
        dearest: sessions(first: 5, filter: $filter, orderBy: { field: TOTAL_COST, direction: DESC }) {
          edges {
            node {
              ...extremeList_sessions
            }
          }
        }
        slowest: sessions(first: 5, filter: $filter, orderBy: { field: DURATION, direction: DESC }) {
          edges {
            node {
              ...extremeList_sessions
            }
          }
        }
        failing: sessions(first: 5, filter: $filter, orderBy: { field: FAILED_CALL_COUNT, direction: DESC }) {
          edges {
            node {
              ...extremeList_sessions
            }
          }
        }
      }
    `,
    key,
  )
  const all = (sort: Sort) =>
    `${writePath({ ...path, screen: 'sessions', id: null })}?${writeAddress({ ...filter, sort, descending: true })}`
  const lists = [
    { title: 'Dearest', sort: 'cost', sessions: found.dearest },
    { title: 'Longest', sort: 'duration', sessions: found.slowest },
    { title: 'Most failed calls', sort: 'failed', sessions: found.failing },
  ] as const
  return (
    <div className={styles.extremes}>
      {lists.map(({ title, sort, sessions }) => (
        <ExtremeList
          key={sort}
          title={title}
          sort={sort}
          sessions={sessions.edges.map(({ node }) => node)}
          path={path}
          all={all(sort)}
        />
      ))}
    </div>
  )
}
