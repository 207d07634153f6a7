import { graphql, useFragment } from 'react-relay'
import { Link } from 'wouter'
import type {
  extremes_sessions$data,
  extremes_sessions$key,
} from '../../__generated__/extremes_sessions.graphql'
import type { extremes_workspace$key } from '../../__generated__/extremes_workspace.graphql'
import { date, duration, exact, money } from '../../format'
import { visibleName } from '../../parts/show-controls'
import { Time } from '../../parts/time'
import { writeAddress } from '../../view/address'
import type { Sort, ViewFilter } from '../../view/filter'
import { type PagePath, writePath } from '../../view/path'
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
              ...extremes_sessions
            }
          }
        }
        slowest: sessions(first: 5, filter: $filter, orderBy: { field: DURATION, direction: DESC }) {
          edges {
            node {
              ...extremes_sessions
            }
          }
        }
        failing: sessions(first: 5, filter: $filter, orderBy: { field: FAILED_CALL_COUNT, direction: DESC }) {
          edges {
            node {
              ...extremes_sessions
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

type Row = extremes_sessions$data[number]

/** What stands beside a title: by what the list is ordered. */
const shownBy = {
  cost: ({ usage }: Row) =>
    usage.totalCostUsd == null ? null : { text: money(usage.totalCostUsd), whole: `$${usage.totalCostUsd}` },
  duration: ({ durationMs }: Row) =>
    durationMs == null ? null : { text: duration(durationMs), whole: `${exact(durationMs)} ms` },
  failed: ({ failedCallCount }: Row) =>
    failedCallCount === 0
      ? null
      : { text: exact(failedCallCount), whole: `${exact(failedCallCount)} failed calls` },
}

interface ExtremeListProps {
  title: string
  sort: keyof typeof shownBy
  sessions: extremes_sessions$key
  path: PagePath
  /** The list of all sessions in this order. */
  all: string
}

/** The first sessions in an order; those that lack what it is by are left out. */
function ExtremeList({ title, sort, sessions: key, path, all }: ExtremeListProps) {
  const sessions = useFragment(
    graphql`
      fragment extremes_sessions on Session @relay(plural: true) {
        uuid
        title
        previewText
        agent
        createdAt
        durationMs
        failedCallCount
        usage {
          totalCostUsd
        }
      }
    `,
    key,
  )
  const rows = sessions.flatMap((session) => {
    const value = shownBy[sort](session)
    return value === null ? [] : [{ session, value }]
  })
  return (
    <section className={styles.card}>
      <h2 className={styles.title}>
        {title}{' '}
        <Link to={all} className={styles.all ?? ''} aria-label={`All, ${title.toLowerCase()} first`}>
          all
        </Link>
      </h2>
      <ol className={styles.sessions}>
        {rows.map(({ session, value }) => (
          <li key={session.uuid}>
            <Link
              to={writePath({ ...path, screen: 'sessions', id: session.uuid })}
              className={styles.session ?? ''}
            >
              <span className={styles.name} dir="auto">
                {visibleName(session.title ?? session.previewText ?? 'Untitled')}
              </span>
              <span className={styles.value} title={value.whole}>
                {value.text}
              </span>
              <span className={styles.by}>
                {session.agent == null ? 'no agent' : visibleName(session.agent)} ·{' '}
                <Time at={session.createdAt}>{date(session.createdAt)}</Time>
              </span>
            </Link>
          </li>
        ))}
      </ol>
      {rows.length === 0 && <p className="muted">None among these sessions.</p>}
    </section>
  )
}
