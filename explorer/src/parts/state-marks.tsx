import { graphql, useFragment } from 'react-relay'
import type { stateMarks_session$key } from '../__generated__/stateMarks_session.graphql'
import { absolute, exact } from '../format'
import styles from './state-marks.module.css'

/** What state a session is in, a sign each, its words in the title. */
export function StateMarks({ session: key }: { session: stateMarks_session$key }) {
  const session = useFragment(
    graphql`
      fragment stateMarks_session on Session {
        frozenAt
        archivedAt
        pinnedAt
        visibility
        status
        failedCallCount
      }
    `,
    key,
  )
  const marks = [
    session.status === 'ACTIVE' && { sign: '●', name: 'A turn is running', style: styles.live },
    session.pinnedAt != null && {
      sign: '★',
      name: `Pinned ${absolute(session.pinnedAt)}`,
      style: styles.pinned,
    },
    session.frozenAt != null && {
      sign: '❄',
      name: `Frozen ${absolute(session.frozenAt)}`,
      style: styles.frozen,
    },
    session.archivedAt != null && {
      sign: '▣',
      name: `Archived ${absolute(session.archivedAt)}`,
      style: styles.quiet,
    },
    session.failedCallCount > 0 && {
      sign: '⚠',
      name: `${exact(session.failedCallCount)} failed ${session.failedCallCount === 1 ? 'call' : 'calls'}`,
      style: styles.failed,
    },
    // A word, since few fonts have a sign for it.
    session.visibility === 'PRIVATE' && { sign: 'private', name: 'Private', style: styles.quiet },
  ]
  return (
    <>
      {marks.map(
        (mark) =>
          mark !== false && (
            <span
              key={mark.sign}
              role="img"
              aria-label={mark.name}
              title={mark.name}
              className={`${styles.mark} ${mark.style}`}
            >
              {mark.sign}
            </span>
          ),
      )}
    </>
  )
}
