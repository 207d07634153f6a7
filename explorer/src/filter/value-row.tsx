import { createContext, memo, use } from 'react'
import { Button } from 'react-aria-components'
import { compact, exact } from '../format'
import { visibleName } from '../parts/show-controls'
import type { ChoiceState } from '../view/filter'
import styles from './filter-bar.module.css'

interface ValueRowProps<Name> {
  /** Of the list that it stands in. */
  name: Name
  value: string
  text: string
  /** Null where it is not known. */
  count: number | null
  state: ChoiceState
  onChoose: (name: Name, value: string, state: ChoiceState, text: string) => void
}

const next = { null: 'in', in: 'out', out: null } as const
const words = { null: '', in: ', chosen', out: ', excluded' } as const

/** Past the button, which need not render anew for another count. */
const CountOfRow = createContext<number | null>(null)

function Row<Name>({ name, value, text, state, onChoose }: Omit<ValueRowProps<Name>, 'count'>) {
  const key = String(state) as keyof typeof next
  return (
    <Button
      className={styles.value ?? ''}
      data-state={key}
      aria-pressed={state !== null}
      onPress={() => onChoose(name, value, next[key], text)}
    >
      <span className={styles.sign} aria-hidden="true">
        {state === 'in' ? '✓' : state === 'out' ? '≠' : ''}
      </span>
      <span className={styles.text} dir="auto" title={visibleName(text)}>
        {visibleName(text)}
      </span>
      <span className="unseen">{words[key]}</span>
      <Count />
    </Button>
  )
}

function Count() {
  const count = use(CountOfRow)
  if (count === null) return null
  return (
    <span className={styles.count} title={exact(count)}>
      {count < 100_000 ? exact(count) : compact(count)}
      <span className="unseen"> sessions</span>
    </span>
  )
}

// A hundred stand in the bar, and a click changes few of them besides their counts.
const Kept = memo(Row) as typeof Row

/** A value: a click chooses it, a second one excludes it, a third one takes it off. */
export function ValueRow<Name>({ count, ...row }: ValueRowProps<Name>) {
  return (
    <CountOfRow value={count}>
      <Kept {...row} />
    </CountOfRow>
  )
}
