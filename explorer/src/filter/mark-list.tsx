import { Button, ToggleButton } from 'react-aria-components'
import { type Archived, markNames, marks, type ViewFilter } from '../view/filter'
import styles from './filter-bar.module.css'

interface MarkListProps {
  filter: ViewFilter
  onShow: (filter: ViewFilter) => void
}

const next = { null: true, true: false, false: null } as const
const nextArchived: Record<Archived, Archived> = { ACTIVE: 'ANY', ANY: 'ARCHIVED', ARCHIVED: 'ACTIVE' }
const archivedText: Record<Archived, string> = { ACTIVE: 'hidden', ANY: 'shown too', ARCHIVED: 'only' }

/** Marks that a session has or lacks; a click asks for it, a second one for its absence. */
export function MarkList({ filter, onShow }: MarkListProps) {
  return (
    <fieldset className={styles.dimension}>
      <legend>State</legend>
      {markNames.map((name) => {
        const mark = filter.marks[name]
        const key = String(mark) as keyof typeof next
        return (
          <Button
            key={name}
            className={styles.value ?? ''}
            data-state={mark === null ? 'null' : mark ? 'in' : 'out'}
            aria-pressed={mark !== null}
            aria-label={`${marks[name]}${mark === null ? '' : mark ? ', chosen' : ', excluded'}`}
            onPress={() => onShow({ ...filter, marks: { ...filter.marks, [name]: next[key] } })}
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
        data-state={filter.archived === 'ACTIVE' ? 'null' : 'in'}
        onPress={() => onShow({ ...filter, archived: nextArchived[filter.archived] })}
      >
        <span className={styles.sign} aria-hidden="true">
          {filter.archived === 'ACTIVE' ? '' : '✓'}
        </span>
        <span className={styles.text}>Archived</span>
        <span className="muted">{archivedText[filter.archived]}</span>
      </Button>
      <ToggleButton
        className={styles.value ?? ''}
        data-state={filter.workload ? 'in' : 'null'}
        isSelected={filter.workload}
        onChange={(workload) => onShow({ ...filter, workload })}
      >
        <span className={styles.sign} aria-hidden="true">
          {filter.workload ? '✓' : ''}
        </span>
        <span className={styles.text}>Workloads (evaluations, training …)</span>
      </ToggleButton>
    </fieldset>
  )
}
