import { memo } from 'react'
import { Button, ToggleButton } from 'react-aria-components'
import { readScore } from '../view/address'
import { type Archived, markNames, marks, type ViewFilter } from '../view/filter'
import styles from './filter-bar.module.css'
import { decimal, RangeField, RangeFields } from './range-fields'

interface LowerPartsProps {
  filter: ViewFilter
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

/** What the bar has below its counts, where it comes behind the first look. */
export default function LowerParts({ filter, onChange }: LowerPartsProps) {
  return (
    <>
      <ScoreFields names={filter.choices.annotation.in} scores={filter.scores} onChange={onChange} />
      <RangeFields ranges={filter.ranges} onChange={onChange} />
      <MarkList
        marks={filter.marks}
        archived={filter.archived}
        workload={filter.workload}
        onChange={onChange}
      />
    </>
  )
}

interface MarkListProps extends Pick<ViewFilter, 'marks' | 'archived' | 'workload'> {
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

const next = { null: true, true: false, false: null } as const
const nextArchived: Record<Archived, Archived> = { ACTIVE: 'ANY', ANY: 'ARCHIVED', ARCHIVED: 'ACTIVE' }
const archivedText: Record<Archived, string> = { ACTIVE: 'hidden', ANY: 'shown too', ARCHIVED: 'only' }

/** Marks that a session has or lacks; a click asks for it, a second one for its absence. */
const MarkList = memo(function MarkList({ marks: given, archived, workload, onChange }: MarkListProps) {
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

interface ScoreFieldsProps {
  /** Of annotations that are chosen. */
  names: readonly string[]
  scores: ViewFilter['scores']
  /** Stays the same function. */
  onChange: (change: Partial<ViewFilter>) => void
}

/** From and to of the scores under each name of annotations that is chosen. */
const ScoreFields = memo(function ScoreFields({ names, scores, onChange }: ScoreFieldsProps) {
  return [...new Set([...names, ...Object.keys(scores)])].map((name) => (
    <RangeField
      key={name}
      title={`Score of ${name}`}
      range={scores[name] ?? null}
      read={readScore}
      takes={decimal}
      onChange={(range) => {
        const others = Object.entries(scores).filter(([other]) => other !== name)
        onChange({ scores: Object.fromEntries(range === null ? others : [...others, [name, range]]) })
      }}
    />
  ))
})
