import { Button } from 'react-aria-components'
import { compact, exact } from '../format'
import { visibleName } from '../parts/show-controls'
import { type Choice, type ChoiceState, stateOf } from '../view/filter'
import styles from './filter-bar.module.css'

export interface FacetValue {
  /** As the filter takes it. */
  value: string
  /** As people read it. */
  text: string
  count: number
}

interface ValueRowProps {
  value: { value: string; text: string; count: number | null }
  choice: Choice
  onChoose: (value: string, state: ChoiceState) => void
}

const next = { null: 'in', in: 'out', out: null } as const
const words = { null: '', in: ', chosen', out: ', excluded' } as const

/** A value: a click chooses it, a second one excludes it, a third one takes it off. */
export function ValueRow({ value: { value, text, count }, choice, onChoose }: ValueRowProps) {
  const state = stateOf(choice, value)
  const name = String(state) as keyof typeof next
  return (
    <Button
      className={styles.value ?? ''}
      data-state={name}
      aria-pressed={state !== null}
      onPress={() => onChoose(value, next[name])}
    >
      <span className={styles.sign} aria-hidden="true">
        {state === 'in' ? '✓' : state === 'out' ? '≠' : ''}
      </span>
      <span className={styles.text} dir="auto" title={text}>
        {visibleName(text)}
      </span>
      <span className="unseen">{words[name]}</span>
      {count !== null && (
        <span className={styles.count} title={exact(count)}>
          {count < 100_000 ? exact(count) : compact(count)}
          <span className="unseen"> sessions</span>
        </span>
      )}
    </Button>
  )
}
