import { memo } from 'react'
import { graphql, useFragment } from 'react-relay'
import type {
  sessionRow_session$data,
  sessionRow_session$key,
} from '../../__generated__/sessionRow_session.graphql'
import { showControls, visibleName } from '../../parts/show-controls'
import { StateMarks } from '../../parts/state-marks'
import { type ColumnName, columnOf, factOf } from './columns'
import styles from './session-list.module.css'

interface SessionRowProps {
  session: sessionRow_session$key
  index: number
  /** Pixels from the first row. */
  start: number
  shown: readonly ColumnName[]
  /** Told in a second line. */
  facts: readonly ColumnName[]
  tracks: string
  now: number
  isSelected: boolean
  isCurrent: boolean
  isOpen: boolean
  onOpen: (index: number) => void
  /** `isRange` is true where everything from the last selected row on is meant. */
  onSelect: (index: number, isRange: boolean) => void
}

/** One session: a box to select it, its title, and its cells. */
export const SessionRow = memo(function SessionRow({
  session: key,
  index,
  start,
  shown,
  facts,
  tracks,
  now,
  isSelected,
  isCurrent,
  isOpen,
  onOpen,
  onSelect,
}: SessionRowProps) {
  const session = useFragment(
    graphql`
      fragment sessionRow_session on Session {
        title
        previewText
        agent
        model
        createdBy {
          login
        }
        labels {
          key
          values
        }
        project {
          name
        }
        messageCount
        failedCallCount
        durationMs
        annotationScores {
          name
          mean
        }
        usage {
          totalTokens
          totalCostUsd
        }
        createdAt
        lastMessageAt
        ...stateMarks_session
      }
    `,
    key,
  )
  const name = visibleName(session.title ?? session.previewText ?? 'Untitled')
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Enter opens the current row.
    <div
      role="row"
      tabIndex={-1}
      aria-rowindex={index + 2}
      aria-selected={isSelected}
      data-current={isCurrent}
      data-open={isOpen}
      data-tall={facts.length > 0}
      className={styles.row}
      style={{ transform: `translateY(${start}px)`, gridTemplateColumns: tracks }}
      onClick={({ target }) => {
        if (!(target instanceof HTMLInputElement)) onOpen(index)
      }}
    >
      <span role="gridcell" className={styles.select}>
        <input
          type="checkbox"
          checked={isSelected}
          onChange={({ nativeEvent }) => onSelect(index, (nativeEvent as MouseEvent).shiftKey === true)}
          aria-label={`Select ${name}`}
          tabIndex={-1}
        />
      </span>
      <span role="gridcell" className={styles.title}>
        <span className={session.title === null ? styles.untitled : styles.name} dir="auto">
          {name}
        </span>{' '}
        <StateMarks session={session} />
        {session.title !== null && session.previewText != null && session.previewText !== session.title && (
          <span className={styles.preview} dir="auto">
            {showControls(session.previewText)}
          </span>
        )}
      </span>
      {shown.map((name) => {
        const column = columnOf(name)
        return (
          <span key={name} role="gridcell" className={column.isNumber ? styles.number : styles.cell}>
            {column.cell(session, now)}
          </span>
        )
      })}
      {facts.length > 0 && <Facts names={facts} session={session} now={now} />}
    </div>
  )
})

/** What columns would say, one after another. */
function Facts({
  names,
  session,
  now,
}: {
  names: readonly ColumnName[]
  session: sessionRow_session$data
  now: number
}) {
  const told = names.flatMap((name) => {
    const fact = factOf(name, session, now)
    return fact === null ? [] : [{ name, fact }]
  })
  return (
    <span role="gridcell" className={styles.facts}>
      {told.map(({ name, fact }) => (
        <span key={name} dir="auto" className={styles.fact}>
          {fact}
        </span>
      ))}
    </span>
  )
}
