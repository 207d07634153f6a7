import { memo } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { type Archived, markNames, marks, type ViewFilter } from '../view/filter'
import styles from './filter-bar.module.css'

interface MarkListProps extends Pick<ViewFilter, 'marks' | 'archived' | 'workload'> {
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

const next = { null: true, true: false, false: null } as const
const nextArchived: Record<Archived, Archived> = { ACTIVE: 'ANY', ANY: 'ARCHIVED', ARCHIVED: 'ACTIVE' }
const archivedText: Record<Archived, string> = { ACTIVE: 'hidden', ANY: 'shown too', ARCHIVED: 'only' }

/** Marks that a session has or lacks; a click asks for it, a second one for its absence. */
export const MarkList = memo(function MarkList({
  marks: given,
  archived,
  workload,
  onChange,
}: MarkListProps) {
  return (
    <fieldset className={styles.dimension}>
      <legend>State</legend>
      {markNames.map((name) => {
        const mark = given[name]
        const key = String(mark) as keyof typeof next
        return (
          <Button
            key={name}
            className={styles.value ?? ''}
            data-state={mark === null ? 'null' : mark ? 'in' : 'out'}
            aria-pressed={mark !== null}
            aria-label={`${marks[name]}${mark === null ? '' : mark ? ', chosen' : ', excluded'}`}
            onPress={() => onChange({ marks: { ...given, [name]: next[key] } })}
          >
            <span className={styles.sign} aria-hidden="true">
              {mark === null ? '' : mark ? '✓' : '≠'}
            </span>
            <span className={styles.text}>{marks[name]}</span>
          </Button>
        )
      })}
      <Button
        className={styles.value ?? ''}
        data-state={archived === 'ACTIVE' ? 'null' : 'in'}
        onPress={() => onChange({ archived: nextArchived[archived] })}
      >
        <span className={styles.sign} aria-hidden="true">
          {archived === 'ACTIVE' ? '' : '✓'}
        </span>
        <span className={styles.text}>Archived</span>
        <span className="muted">{archivedText[archived]}</span>
      </Button>
      <ToggleButton
        className={styles.value ?? ''}
        data-state={workload ? 'in' : 'null'}
        isSelected={workload}
        onChange={(isShown) => onChange({ workload: isShown })}
      >
        <span className={styles.sign} aria-hidden="true">
          {workload ? '✓' : ''}
        </span>
        <span className={`${styles.text} ${styles.whole}`}>Workloads (evaluations, training …)</span>
      </ToggleButton>
    </fieldset>
  )
})
